"""Subtitles: what is in them and when, as another program reads them; tracks of an mp4."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import av
import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.lecture.sentences import LINE, fitting, lines, sentences
from cli.lecture.subtitle_files import srt, vtt
from cli.lecture.subtitles import LEAST, shared, subtitles
from pipeline import Caption, Cue
from programs.columns import columns_of
from tests.cli.lecture.conftest import Run
from tests.cli.lecture.spoken_scene import WORDS

Shown = list[tuple[int, int, str]]
"""Start and end in milliseconds, and the text."""
SMALL = ("-q", "480p15", "--speed", "draft", "--quiet")


def cue(first: int, frames: int, caption: str = "", narration: str = "") -> Cue:
    return Cue(f"film/part/{first}", "part", first, frames, "play", caption, narration, {})


def read(path: Path) -> Shown:
    """What pysubs2 finds in a file."""
    found = pysubs2.load(str(path), encoding="utf-8")
    return [(each.start, each.end, each.plaintext) for each in found]


def tracks(path: Path) -> dict[str, Shown]:
    """What libav finds in an mp4: the texts of each track, by its language."""
    found: dict[str, Shown] = {}
    with av.open(path) as film:
        for stream in film.streams.subtitles:
            found[stream.language] = [
                (packet.pts, packet.pts + packet.duration, bytes(packet)[2:].decode())
                for packet in film.demux(stream)
                if packet.size > 2
            ]
            film.seek(0)
    return found


def times(shown: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in shown]


def test_a_film_gets_its_captions_in_both_languages(spoken: Run, tmp_path: Path) -> None:
    """Files and tracks say the same; a second run takes all of it from the cache."""
    asked = ("video", "batch", *SMALL, "--lang", "zh", "--subtitles", "en,zh", "--json")
    first = json.loads(spoken(*asked, "-o", "a/batch.mp4").stdout)["files"][0]
    again = json.loads(spoken(*asked, "-o", "b/batch.mp4").stdout)["files"][0]
    assert not first["cached"] and again["cached"]
    names = ["batch.zh.srt", "batch.zh.vtt", "batch.en.srt", "batch.en.vtt"]
    assert [Path(path).name for path in first["subtitles"]] == names
    for name in ("batch.mp4", *names):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    found = tracks(tmp_path / "a/batch.mp4")
    assert list(found) == ["zho", "eng"]  # the film's own language first
    for lang, code in (("zh", "zho"), ("en", "eng")):
        wanted = ["".join(text.split()) for text, _ in WORDS[lang]]
        files = [read(tmp_path / f"a/batch.{lang}.{ending}") for ending in ("srt", "vtt")]
        for shown in (found[code], *files):
            assert times(shown) == [(0, 2000), (2000, 4000)]
            assert ["".join(text.split()) for *_, text in shown] == wanted


def test_other_subtitles_are_another_film(spoken: Run, tmp_path: Path) -> None:
    """What is spoken, of one section. Without the option a film has its captions as one track."""
    told = ("--subtitles", "en", "--subtitles-from", "narration", "--lang", "zh")
    assert spoken("video", "batch", *SMALL, *told, "--only", "second").exit_code == 0
    found = read(tmp_path / "batch-second-zh.en.srt")
    assert [text for *_, text in found] == [
        "Each step takes a share of what is left.", "So none arrives.",
    ]  # fmt: skip
    assert found[0][0] == 0 and found[0][1] == found[1][0] and found[1][1] == 1000
    assert tracks(tmp_path / "batch-second-zh.mp4") == {"eng": found}
    assert spoken("video", "batch", *SMALL, "--only", "second", "--lang", "zh").exit_code == 0
    assert list(tracks(tmp_path / "batch-second-zh.mp4")) == ["zho"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--subtitles", "fr"), "--subtitles must be one of zh, en, not 'fr'"),
        (
            ("--subtitles-from", "narration"),
            "--subtitles-from needs --subtitles with the languages",
        ),
        (("--subtitles", "en", "--format", "gif"), "--subtitles are for videos: a GIF has none"),
    ],
)
def test_what_cannot_be(refusal: Run, words: tuple[str, ...], said: str) -> None:
    assert refusal("video", "batch", *words) == (2, said)


def test_a_scene_file_has_one_language(refusal: Run) -> None:
    code, line = refusal("video", str(Path(__file__).with_name("spoken_scene.py")),
                         "--subtitles", "zh,en")  # fmt: skip
    assert code == 2 and "one language" in line


def test_an_unchanged_caption_is_one_subtitle() -> None:
    shown = subtitles([cue(0, 30, "a"), cue(30, 30, "b"), cue(60, 15, "b")], 15, "captions")
    assert shown == (Caption(0, 2, "a"), Caption(2, 5, "b"))


def test_what_is_spoken_is_cut_at_sentences_and_at_punctuation() -> None:
    said = "It is 0.05, e.g. here. We enlarge the picture whenever half of the remaining error is "
    said += "gone, and each time the picture looks as it did before."
    assert sentences(said)[0] == "It is 0.05, e.g. here."
    assert fitting(sentences(said)[1]) == [
        "We enlarge the picture whenever half of the remaining error is gone,",
        "and each time the picture looks as it did before.",
    ]
    assert sentences("先走一步。再走“一步。”好！") == ["先走一步。", "再走“一步。”", "好！"]
    assert lines("最后把整个下降过程再放一遍，三幅图同步变化：") == [
        "最后把整个下降过程再放一遍，", "三幅图同步变化：",
    ]  # fmt: skip


texts = st.text(st.sampled_from("ab c. ,\n好。，x\u00a0أ🎈<&\\"), max_size=400)


@given(st.lists(st.tuples(st.integers(1, 900), texts), max_size=4), st.sampled_from([15, 60]))
def test_nothing_overlaps_and_nothing_is_lost(told: list[tuple[int, str]], fps: int) -> None:
    """Each piece is shown long enough, within its cue, and no line is too long for its words."""
    cues, first = [], 0
    for frames, text in told:
        cues.append(cue(first, frames, narration=text))
        first += frames
    shown = subtitles(cues, fps, "narration")
    assert all(one.end <= two.start for one, two in pairwise(shown))
    for each in cues:
        start, end = each.first / fps, each.end / fps
        inside = [one for one in shown if start <= one.start < end]
        assert "".join("".join(one.text.split()) for one in inside) == "".join(
            each.narration.split()
        )
        if inside:
            assert inside[0].start == start and inside[-1].end == end
            if end - start >= LEAST * len(inside):
                assert min(one.end - one.start for one in inside) >= LEAST - 1e-9
    rows = [row for one in shown for row in one.text.split("\n")]
    assert all(columns_of(row) <= LINE or len(row.split(" ")) == 1 for row in rows)


def test_time_that_is_just_enough_is_enough_for_each() -> None:
    assert shared(2.0, [1, 3]) == [LEAST, LEAST]


@given(st.floats(0.01, 100), st.lists(st.integers(1, 80), min_size=1, max_size=9))
def test_the_time_is_shared(seconds: float, weights: list[int]) -> None:
    found = shared(seconds, weights)
    assert sum(found) == pytest.approx(seconds)
    assert min(found) >= min(LEAST, seconds / sum(weights)) - 1e-9
    order = sorted(range(len(weights)), key=weights.__getitem__)
    assert [found[k] for k in order] == pytest.approx(sorted(found))  # a longer one has no less


def test_another_program_reads_hostile_texts() -> None:
    said = [Caption(0, 1.0005, "a < b & <i>c"), Caption(3599.9996, 3661.25, "两行\nסוף")]
    for text, form in ((srt(said), "srt"), (vtt(said), "vtt")):
        found = pysubs2.SSAFile.from_string(text, format_=form)
        assert [(each.start, each.end) for each in found] == [(0, 1000), (3600000, 3661250)]
        assert found[1].plaintext == "两行\nסוף"
    assert "a &lt; b &amp; &lt;i&gt;c" in vtt(said)
    assert srt([]) == "" and vtt([]) == "WEBVTT\n"
