"""Scripts: texts come back exactly, what is edited is said, and mistakes are named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cli.console.failures import BadData
from cli.lecture.script import script
from cli.lecture.script_reading import Script, script_in
from cli.lecture.speech import CHARACTERS, WORDS, lacking, seconds_to_say
from pipeline import Cue
from tests.cli.lecture.conftest import Run
from tests.cli.lecture.spoken_scene import WORDS as SPOKEN
from tests.cli.lecture.test_subtitles import read

Refusal = Callable[..., tuple[int, str]]
HOSTILE = [
    "", "# heading", "---", "- ask: me", "> quoted", "1. one\n2) two", "  indented\n\n\nlines  ",
    "\n\nabout\n", "سلام # שלום", "🎈👩\u200d🔬\u200b", "a\r\nb\rc", "\ufeffmark\u2028", "```\n~~~",
    "<b>&amp;*_", "\\# \\frac{1}{2} \\", "| a |\n===", "## batch/first/1 · 0:00 · 1 s · play",
    "$x$ [y](z)", "\t\v\x00",
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),
    st.text(st.sampled_from("#-+*>=|:·\\`&;$ \t\r\n12.)a梯"), max_size=12),
)


def cue(section: str, number: int, caption: str, narration: str, notes: dict[str, str]) -> Cue:
    name = f"batch/{section}/{number}"
    return Cue(name, section, 60 * (number - 1), 60, "play", caption, narration, notes)


def written(path: Path, text: str, form: str = "utf-8") -> Script:
    path.write_bytes(text.encode(form))
    return script_in(path)


@given(
    texts, st.lists(st.tuples(texts, texts, st.dictionaries(texts, texts, max_size=2)), max_size=3)
)
def test_texts_come_back_exactly(
    tmp_path_factory: pytest.TempPathFactory,
    section: str,
    said: list[tuple[str, str, dict[str, str]]],
) -> None:
    """From Linux and from Windows, with and without a byte order mark; times may be edited away."""
    cues = [cue(section, number, *each) for number, each in enumerate(said, 1)]
    emptied = [cue(section, number, "", "old", {"old": "x"}) for number in range(1, len(cues) + 1)]
    text = script("batch", "en", section, cues, 60)
    for form, ends in (("utf-8", "\n"), ("utf-8-sig", "\r\n")):
        path = tmp_path_factory.getbasetemp() / "script.md"
        found = written(path, text.replace("\n", ends), form).told(emptied, "batch", "en")
        assert [(each.narration, each.notes) for each in found] == [
            (narration, notes) for _, narration, notes in said
        ]
        assert [each.caption for each in found] == [""] * len(said)  # it is the picture's


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip() and "\x00" not in text])
def test_markdown_shows_the_text(text: str) -> None:
    """Another program that reads Markdown finds two headings, and the words as they are."""
    shown = MarkdownIt().parse(
        script("batch", "en", "t", [cue("a", 1, text, text, {"n": text})], 60)
    )
    kinds = [token.type for token in shown]
    assert kinds.count("heading_open") == 2 and kinds.count("bullet_list_open") == 1
    assert not {"fence", "code_block", "hr", "html_block", "ordered_list_open"} & {*kinds}
    inline = [
        "".join(child.content or " " for child in token.children or ())
        for token in shown
        if token.type == "inline"
    ]
    assert "".join("".join(inline[2:]).split()).count("".join(text.split())) == 3


def test_an_edited_script_is_said(spoken: Run, tmp_path: Path) -> None:
    """Printed, read back unchanged, edited, as cues and as subtitles; it is never overwritten."""
    printed = spoken("script", "batch", "--lang", "en")
    assert printed.exit_code == 0
    assert "batch: sections too short for what is spoken (en), by: first 4.4 s, " in printed.stderr
    assert "## batch/first/1 · 0:00.0 · 2.0 s · ask · lacks 4.4 s\n" in printed.stdout
    path = tmp_path / "mine.md"
    path.write_text(printed.stdout, encoding="utf-8")
    plain = spoken("cues", "batch", "--lang", "en", "--json", "--quiet").stdout
    told = ("--lang", "en", "--script", "mine.md")
    assert spoken("cues", "batch", *told, "--json", "--quiet").stdout == plain
    edited = re.sub("This is the start.*", "Just one word: 下降!", printed.stdout)
    path.write_text(edited.replace("- ask: Why?", "- formula: w < 1"), encoding="utf-8")
    cues = json.loads(spoken("cues", "batch", *told, "--json").stdout)["cues"]
    assert (cues[0]["narration"], cues[0]["notes"]) == (
        "Just one word: 下降!",
        {"formula": "w < 1"},
    )
    assert cues[1:] == json.loads(plain)["cues"][1:] and cues[0]["kind"] == "ask"
    small = ("-q", "480p15", "--speed", "draft", "--lang", "en", "-o", "batch.mp4")
    made = spoken("video", "batch", *small, "--script", "mine.md", "--subtitles", "zh,en")
    assert made.exit_code == 0 and "(zh), by: first 2.5 s, second 4.5 s" in made.stderr
    assert read(tmp_path / "batch.en.srt")[0][2] == "Just one word: 下降!"
    assert read(tmp_path / "batch.zh.srt")[0][2] == "这是起点。"
    before = path.read_bytes()
    refused = spoken("script", "batch", *told, "-o", "mine.md")
    assert refused.exit_code == 2 and "would be lost" in refused.stderr
    assert path.read_bytes() == before


def test_what_is_to_be_recorded(spoken: Run) -> None:
    """A cue that says nothing needs no file. Also for a part, the number is that in the film."""
    asked = ("--lang", "en", "--record-list")
    lines = spoken("script", "batch", *asked).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["batch-01.wav", "batch-02.wav"]
    assert lines[1].endswith(SPOKEN["en"][1][1])
    assert spoken("script", "batch@second", *asked).stdout == lines[1] + "\n"


GOOD = "# batch · en\n\n## batch/first/1 · x\n\n> c\n\nwords\n\n- ask: Why?\n"


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 1, "a script begins with a film"), (b"\n\nsome notes\n", 3, "a script begins"),
        (b"# batch\n", 1, "a script begins"), (b"## batch/first/1\n", 1, "a script begins"),
        ("# batch · fr".encode(), 1, "must be one of zh, en, not 'fr'"),
        (GOOD.replace("first/1", "frist/1").encode(), 3, "did you mean 'batch/first/1'?"),
        (GOOD.replace("## batch", "## sgd").encode(), 3, "'sgd/first/1' is no cue of batch"),
        ((GOOD + GOOD).encode(), 12, "there twice, first in line 3"),
        (GOOD.replace("words", "words\n### more").encode(), 8, "write \\# for a #"),
        (GOOD.replace("ask: ", "").encode(), 9, "a note has a name and a colon"),
        ((GOOD + "- ask: Who?").encode(), 10, "the note 'ask' is there twice"),
        ((GOOD + "\nmore").encode(), 11, "the narration comes before the notes"),
        (GOOD.encode("utf-16"), 1, "this is no UTF-8"),
        ((GOOD + "代价").encode("gbk"), 1, "this is no UTF-8"),
        (GOOD.replace("batch", "sgd").encode(), 1, "(en) (there is: sgd (en))"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(
    spoken: Run, refusal: Refusal, tmp_path: Path, data: bytes, line: int, said: str
) -> None:
    (tmp_path / "my.md").write_bytes(data)
    code, message = refusal("cues", "batch", "--script", "my.md", "--quiet")
    assert code == 65 and message.startswith(f"--script: my.md:{line}: ") and said in message


def test_a_script_needs_a_use_and_a_file(refusal: Refusal, tmp_path: Path) -> None:
    (tmp_path / "my.md").write_text(GOOD, encoding="utf-8")
    said = "--script needs --subtitles with the languages, or a voice"
    assert refusal("video", "batch", "--script", "my.md") == (2, said)
    code, message = refusal("cues", "batch", "--script", "none.md")
    assert code == 65 and "'none.md' cannot be read" in message


def test_a_part_may_have_the_script_of_the_whole_film(tmp_path: Path) -> None:
    found = written(tmp_path / "a.md", GOOD + "\n## batch/second/1\n\nmore\n")
    first = [cue("first", 1, "", "", {})]
    assert found.told(first, "batch", "en", left_out=["second"])[0].narration == "words"
    with pytest.raises(BadData, match="no cue 'batch/second/1'"):
        found.told(first, "batch", "en")
    assert found.told(first, "batch", "zh") == tuple(first)


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("", 0, 0), ("...", 0, 0), ("It's well-known: go on.", 4, 0), ("J = 0.05", 6, 0),
        ("1,000 steps", 5, 0), ("梯度下降，好。", 0, 5), ("令 w = 2", 1, 3),
    ],
)  # fmt: skip
def test_how_long_a_text_takes(text: str, words: int, characters: int) -> None:
    assert seconds_to_say(text) == pytest.approx(60 * (words / WORDS + characters / CHARACTERS))


def test_a_section_lacks_what_its_cues_lack() -> None:
    five = "one two three four five"  # takes two seconds; a cue has one
    cues = [cue("a", 1, "", five, {}), cue("a", 2, "", five, {}), cue("b", 3, "", "one", {})]
    assert lacking(cues, 60) == {"a": pytest.approx(2.0)}
