"""Handouts, read by poppler's programs: real text, embedded fonts, the trace's numbers, A4."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from PIL import Image

from cli.making.pictures import Pictures, pictures_of
from cli.paper import making
from cli.paper.handout import FilmOnPaper, SectionOnPaper
from cli.paper.pages import pdf_of
from cli.paper.updates import Updates, about_updates, first_updates
from scenes import FILMS

HOSTILE = (
    '#import "x": y $a$ *b* _c_ [d] "e" `f` @g <h> = i // k \\n #{panic()}',
    "= no heading\n- no list\n+ no list\n/ no: term",
    "x" * 300,
    "很长的名字" * 60,
    "~ -- --- ... https://example.org/a?b=c 'q' ŷ = w₀·x²",
)


def said_by(program: str, *words: str) -> str:
    """What one of poppler's programs prints; it must be installed (./gd test does it)."""
    return subprocess.run(
        [program, *words], capture_output=True, text=True, check=True, timeout=60
    ).stdout


def text_of(pdf: Path) -> str:
    """All text of a PDF without any space, as it also stands at the ends of lines."""
    return plain(said_by("pdftotext", "-raw", str(pdf), "-"))


def plain(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def check_pages(pdf: Path) -> int:
    """Each page is A4 and each font is embedded; the number of pages."""
    told = said_by("pdfinfo", "-l", "999", str(pdf))
    sizes = re.findall(r"Page +\d+ size: +(\S+) x (\S+) pts", told)
    assert sizes and all(
        (round(float(wide)), round(float(high))) == (595, 842) for wide, high in sizes
    )
    _, _, *fonts = said_by("pdffonts", str(pdf)).splitlines()
    assert fonts and all(re.search(r" yes (yes|no ) yes +\d+ +\d+$", line) for line in fonts)
    return len(sizes)


@pytest.fixture
def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (160, 90), "silver").save(file, "png")
    return file.getvalue()


def test_texts_are_never_read_as_markup(png: bytes, tmp_path: Path) -> None:
    """Names, captions and notes of any kind come out as they are, on pages that hold them."""
    sections = tuple(
        SectionOnPaper(str(number), name, png, HOSTILE * number, HOSTILE, HOSTILE, HOSTILE)
        for number, name in enumerate(HOSTILE, 1)
    )
    wide = Updates("a", tuple("abcdefgh"), (("-1.09333e+100",) * 8,) * 2)
    film = FilmOnPaper(HOSTILE[0], HOSTILE[1], sections, (wide, wide), HOSTILE)
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(pdf_of([film, replace(film, title="🎈\ufe0f b")], HOSTILE[2], "zh"))
    found = text_of(pdf)
    for text in HOSTILE:
        assert found.count(plain(text)) >= 2 * (4 + len(HOSTILE)), text
    assert "[U+1F388]b" in found and found.count("-1.09333e+100") == 2 * 2 * 16
    assert check_pages(pdf) > 4
    boxes = said_by("pdftotext", "-bbox", str(pdf), "-")
    edges = [tuple(map(float, edge)) for edge in re.findall(r'xMin="(\S+)".*xMax="(\S+)"', boxes)]
    assert min(left for left, _ in edges) >= 56 and max(right for _, right in edges) <= 540


def test_equal_handouts_are_equal_files(png: bytes) -> None:
    section = SectionOnPaper("1", "start", png, ("a",), (), (), ())
    film = FilmOnPaper("Film", "", (section,), (), ())
    assert pdf_of([film], "Film", "en") == pdf_of([film], "Film", "en")


@pytest.mark.parametrize("name", [name for name, film in FILMS.items() if name != "landscape"])
def test_the_numbers_are_the_traces(name: str) -> None:
    traces = FILMS[name].traces(FILMS[name].lesson())
    tables = list(first_updates(traces))
    assert len(tables) == min(len(traces), 4)
    for table, trace in zip(tables, traces.values(), strict=False):
        assert len(table.rows) == min(5, trace.updates)
        for k, row in enumerate(table.rows):
            w, *b = trace.theta[k]
            slopes, after = trace.gradient[k], trace.theta[k + 1]
            numbers = [k, w, *b, *slopes, trace.cost[k], *after]
            assert row == tuple(f"{number:.6g}" for number in numbers)
            assert len(row) == len(table.head)
    left = max(len(traces) - 4, 0)
    assert (f"{left} more" in " ".join(about_updates(traces))) == (left > 0)


def test_what_would_be_made(
    invoke: Callable[..., Result], refusal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    """One file for all films; its name, and what is refused."""
    for words, path in (
        (["batch@start..chart"], "batch-start..chart-handout.pdf"),
        (["batch", "sgd@why", "-o", "out/"], "out/handout.pdf"),
        (["batch", "sgd", "--lang", "en", "-o", "a.pdf"], "a.pdf"),
    ):
        rows = json.loads(invoke("handout", *words, "--dry-run", "--json").stdout)["files"]
        assert {row["path"] for row in rows} == {path}
    assert refusal("handout", "batch", "-o", "a.png")[0] == 2
    (tmp_path / "sgd.md").write_text("# sgd · en\n")
    code, line = refusal("handout", "batch", "--lang", "en", "--script", "sgd.md")
    assert code == 65 and "sgd.md" in line


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_film(
    invoke: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """Every caption and every note of the cues is found, and the first updates."""
    film, found = FILMS["gradient"], []

    def noted(*arguments: Any) -> Pictures:
        found.append(pictures_of(*arguments))
        return found[0]

    monkeypatch.setattr(making, "pictures_of", noted)
    done = invoke("handout", "gradient", "--lang", lang, "--json", "--quiet")
    assert done.exit_code == 0, done.stderr
    (file,) = json.loads(done.stdout)["files"]
    assert file["path"] == f"gradient-handout-{lang}.pdf" and file["films"] == ["gradient"]
    pdf = tmp_path / file["path"]
    text = text_of(pdf)
    for cue in found[0].rendered.cues:
        assert cue.caption and plain(cue.caption) in text, cue.caption
        assert all(plain(cue.notes.get(kind, "")) in text for kind in ("formula", "numbers", "ask"))
    table = next(first_updates(film.traces(film.lesson())))
    assert all("".join(row) in text for row in table.rows)
    assert check_pages(pdf) == -(-len(film.sections) // 2)
    assert said_by("pdfimages", "-list", str(pdf)).count(" 1280 ") == len(film.sections)
