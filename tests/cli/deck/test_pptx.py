"""Decks for PowerPoint: what is in the file, read by python-pptx, as XML and by a validator."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest
from lxml import etree
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE_TYPE

from cli.console.failures import BadData
from cli.deck.pptx.texts import clean
from cli.deck.pptx.writing import DeckWriter
from cli.deck.request import DeckRequest
from cli.deck.slides import Deck, Kind, Shown
from tests.cli.deck.clips import HEIGHT, SECONDS, WIDTH, deck

Clips = list[tuple[Kind, Shown]]
PIXEL = 9525  # EMU


def written(made: Deck, folder: Path, **options: Any) -> Path:
    """The file of a deck; with ``printed`` the one for printing."""
    writer = DeckWriter(DeckRequest(None, "gd deck", **options))
    outputs = writer.outputs(made, folder / "lecture.pptx")
    writer.write(made, outputs[0], outputs)
    return outputs[-1]


def check(path: Path) -> None:
    """Nothing in the file makes PowerPoint repair it: schema, numbers, relationships."""
    result = validate_pptx(path)
    assert result.is_valid, [error.description for error in result.errors]
    with ZipFile(path) as file:
        names = file.namelist()
        assert len(names) == len(set(names))
        for name in (name for name in names if name.endswith(".rels")):
            base = Path(name).parent.parent
            for relation in etree.fromstring(file.read(name)):
                assert relation.get("TargetMode") != "External"
                target = relation.get("Target")
                full = target.lstrip("/") if target.startswith("/") else str(base / target)
                assert _plain(full) in names, (name, target)
        for name in (name for name in names if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)):
            slide = etree.fromstring(file.read(name))
            shapes = [each.get("id") for each in slide.iter("{*}cNvPr")]
            nodes = [each.get("id") for each in slide.iter("{*}cTn")]
            assert len(shapes) == len(set(shapes)) and len(nodes) == len(set(nodes))
            assert len(list(slide.iter("{*}timing"))) <= 1
            targets = {each.get("spid") for each in slide.iter("{*}spTgt")}
            pictures = {
                each.get("id") for pic in slide.iter("{*}pic") for each in pic.iter("{*}cNvPr")
            }
            assert targets <= pictures
            used = set(
                re.findall(r'r:(?:link|embed|id)="(rId\d+)"', etree.tostring(slide).decode())
            )
            rels = etree.fromstring(file.read(f"ppt/slides/_rels/{Path(name).name}.rels"))
            assert used <= {each.get("Id") for each in rels}


def _plain(path: str) -> str:
    parts: list[str] = []
    for part in Path(path).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def digests(path: Path, ending: str) -> Counter[str]:
    """The hashes of the media with this ending, as often as they are in the file."""
    with ZipFile(path) as file:
        names = (name for name in file.namelist() if name.endswith(ending))
        return Counter(hashlib.sha256(file.read(name)).hexdigest() for name in names)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("aspect", "size"), [("16:9", (1280, 720)), ("4:3", (960, 720))])
def test_a_deck_is_read_again(
    clips: Clips, tmp_path: Path, aspect: str, size: tuple[int, int]
) -> None:
    made = deck([*clips, clips[0]], aspect=aspect)  # one clip is on two slides
    path = written(made, tmp_path)
    check(path)
    file = Presentation(str(path))
    assert (file.slide_width, file.slide_height) == tuple(side * PIXEL for side in size)
    first, *shown, last = file.slides
    assert [shape.text_frame.text for shape in first.shapes] == [
        "A lecture", "One film\nAnother film"
    ]  # fmt: skip
    assert [shape.text_frame.text for shape in last.shapes] == [
        "This deck was made with", "gd deck one another"
    ]  # fmt: skip
    for number, slide in enumerate(shown, 1):
        title, movie = slide.shapes
        assert title.text_frame.text == movie.name == f"One film · {number}"
        assert title.top + title.height <= 0  # seen in the outline only
        assert movie.shape_type == MSO_SHAPE_TYPE.MEDIA
        assert (movie.left, movie.top) == (0, 0)
        assert (movie.width, movie.height) == (file.slide_width, file.slide_height)
        assert movie._element.nvPicPr.cNvPr.get("descr") == f"caption {number}"
        notes = slide.notes_slide.notes_text_frame.text
        assert notes == "Look.\nWhere is it?\n\nFormula:\nJ = w²\n\nQuestion:\nWhy?"
        durations = {each.get("dur") for each in slide.element.iter("{*}cTn")}
        assert str(round(SECONDS * 1000)) in durations
    repeating = [any(each.get("repeatCount") for each in s.element.iter("{*}cTn")) for s in shown]
    assert repeating == [False, False, True, False]
    assert digests(path, ".mp4") == Counter({digest(clip.clip): 1 for _, clip in clips})
    assert file.core_properties.title == "A lecture" and file.core_properties.author == ""


def test_posters_show_the_first_pictures_and_the_deck_to_print_the_last(
    clips: Clips, tmp_path: Path
) -> None:
    path = written(deck(clips), tmp_path, printed=True)
    assert path.name == "lecture-print.pptx"
    check(path)
    assert digests(path, ".png") == Counter({digest(clip.last): 1 for _, clip in clips})
    assert not digests(path, ".mp4")
    _, *shown, _ = Presentation(str(path.with_name("lecture.pptx"))).slides
    for (_, clip), slide in zip(clips, shown, strict=True):
        movie = slide.shapes[1]
        poster = tmp_path / "poster.png"
        poster.write_bytes(movie.poster_frame.blob)
        with Image.open(poster) as found, Image.open(clip.first) as wanted:
            assert found.size == (WIDTH, HEIGHT)
            assert np.array_equal(found.convert("RGB"), wanted)


def test_the_master_has_the_colours_of_the_films(clips: Clips, tmp_path: Path) -> None:
    file = Presentation(str(written(deck(clips[:1]), tmp_path)))
    master = file.slide_master.element
    mapping = master.find("{*}clrMap")
    assert (mapping.get("bg1"), mapping.get("tx1")) == ("dk1", "lt1")
    (page,) = master.iter("{*}bgRef")
    assert page[0].get("val") == "bg1"
    with ZipFile(tmp_path / "lecture.pptx") as zipped:
        theme = etree.fromstring(zipped.read("ppt/theme/theme1.xml"))
    dark, ink = (theme.find(f".//{{*}}{name}")[0].get("val") for name in ("dk1", "lt1"))
    assert (dark, ink) == ("10141B", "ECEFF4")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A lecturer's deck, with a master of its own and one slide."""
    file = Presentation()
    page = file.slide_master.background.fill
    page.solid()
    page.fore_color.rgb = RGBColor(0xE8, 0xF0, 0xE0)
    slide = file.slides.add_slide(file.slide_layouts[1])
    slide.shapes.title.text = "An old slide"
    slide.notes_slide.notes_text_frame.text = "Old notes"
    path = tmp_path / "theirs.pptx"
    file.save(str(path))
    return path


def test_a_template_gives_its_master_and_none_of_its_slides(
    clips: Clips, tmp_path: Path, theirs: Path
) -> None:
    potx = tmp_path / "theirs.potx"
    with ZipFile(theirs) as old, ZipFile(potx, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"presentation.main+xml", b"template.main+xml"))
    for template in (theirs, potx):
        path = written(deck(clips), tmp_path, template=template)
        check(path)
        file = Presentation(str(path))
        assert file.slide_master.background.fill.fore_color.rgb == RGBColor(0xE8, 0xF0, 0xE0)
        assert len(file.slides) == len(clips) + 2
        with ZipFile(path) as zipped:
            assert not any(b"An old slide" in zipped.read(name) for name in zipped.namelist())
        content = next(x for x in file.slide_layouts if x.name == "Title and Content")
        place = content.placeholders[1]
        title, movie = file.slides[1].shapes
        assert title.top >= 0  # as the lecturer's own slides have it
        assert place.left <= movie.left and movie.left + movie.width <= place.left + place.width
        assert place.top <= movie.top and movie.top + movie.height <= place.top + place.height
        assert abs(movie.width / movie.height - WIDTH / HEIGHT) < 0.001


def test_a_file_that_is_no_template_is_refused(tmp_path: Path, theirs: Path) -> None:
    wrong = tmp_path / "wrong.pptx"
    with ZipFile(wrong, "w") as file:
        file.writestr("hello.txt", "hello")
    broken = tmp_path / "broken.pptx"
    with ZipFile(theirs) as old, ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<p:" if name == "ppt/presentation.xml" else old.read(name))
    text = tmp_path / "text.pptx"
    text.write_text("PK no zip")
    for path in (wrong, broken, text, tmp_path, tmp_path / "missing.pptx"):
        with pytest.raises(BadData, match=path.name):
            DeckWriter(DeckRequest(None, "gd deck", template=path))


def test_any_text_is_shown(clips: Clips, tmp_path: Path) -> None:
    hostile = '<script>alert("&\'")</script> \x00\x0b\x1b\ud800\ufffe 🎈 ' + "w" * 300
    arabic = "الانحدار التدرجي"
    made = deck(clips[:1])
    first, shown, last = made.slides
    slides = (
        replace(first, title=hostile, lines=(arabic, hostile)),
        replace(shown, title=hostile, alt=hostile, narration=hostile, notes=((hostile, arabic),)),
        replace(last, lines=(hostile,)),
    )
    path = written(replace(made, title=hostile, slides=slides), tmp_path)
    check(path)
    file = Presentation(str(path))
    words, clip, end = file.slides
    shown_text = clean(hostile)
    assert '<script>alert("&\'")</script> \ufffd\ufffd\ufffd\ufffd\ufffd 🎈' in shown_text
    title, below = words.shapes
    assert title.text_frame.text == shown_text
    assert below.text_frame.text == f"{arabic}\n{shown_text}"
    directions = [p._p.pPr is not None and p._p.pPr.get("rtl") for p in below.text_frame.paragraphs]
    assert directions == ["1", False]
    assert title.text_frame.paragraphs[0].runs[0].font.size.pt < 30  # 350 letters fit
    assert clip.shapes[1]._element.nvPicPr.cNvPr.get("descr") == shown_text
    assert shown_text in clip.notes_slide.notes_text_frame.text
    assert end.shapes[1].text_frame.text == shown_text
    assert len(file.core_properties.title) == 255
