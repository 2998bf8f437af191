"""Adds slides to a presentation of python-pptx: words or a clip, with the lecturer's notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.parts.image import Image
from pptx.util import Emu, Pt

from cli.console.language import say
from cli.deck.pptx.texts import clean, fill, write
from cli.deck.pptx.timing import timing
from cli.deck.request import Autoplay
from cli.deck.slides import Shown, Slide
from pipeline.files.pictures import in_few_colours

_OF_WORDS = ("title", "obj")
_OF_CLIPS = ("titleOnly", "obj", "blank")
_OF_CLIPS_ON_A_TEMPLATE = ("obj", "titleOnly", "blank")
_FONT_OF_COMMANDS = "Courier New"
_HEADING, _TEXT, _SMALL, _SMALLEST = 44, 32, 20, 8  # points, in a usual master
_WIDTH_OF_ONE = 0.62  # of the size of the type: a letter where all have one width
_ANIMATED = ".gif"

Box = tuple[int, int, int, int]
"""Left, top, width and height in EMU."""


@dataclass(frozen=True)
class Pages:
    """The slides of a `file` of python-pptx.

    own       whether its master is ours: then a clip fills the slide
    printed   whether a clip is a picture, of its last frame
    """

    file: Any
    own: bool
    autoplay: Autoplay
    printed: bool

    def add(self, slide: Slide) -> None:
        """Add a slide at the end."""
        if slide.shown is None:
            self._add_words(slide)
        else:
            self._add_clip(slide, slide.shown)

    def _add_words(self, slide: Slide) -> None:
        page = self.file.slides.add_slide(self._layout(_OF_WORDS))
        others = _named(page, slide)
        if slide.lines:
            place = others[0] if others else self._text_box(page)
            fill(place, slide.lines, _TEXT)
            if slide.kind == "end":
                _as_command(place)
        for place in others[bool(slide.lines) :]:
            _remove(place)

    def _add_clip(self, slide: Slide, shown: Shown) -> None:
        layout = self._layout(_OF_CLIPS if self.own else _OF_CLIPS_ON_A_TEMPLATE)
        page = self.file.slides.add_slide(layout)
        others = _named(page, slide)
        room = self._room(page.shapes.title, others)
        for place in others:
            _remove(place)
        if self.own:
            _lift(page.shapes.title)
        box = room if self.own else _fitted(shown, room)
        picture = self._show(page, shown, slide.kind == "loop", box)
        picture.name = clean(slide.title)
        picture._element.nvPicPr.cNvPr.set("descr", clean(slide.alt))
        _write_notes(page, slide)

    def _room(self, title: Any, others: Sequence[Any]) -> Box:
        """Where the clip may be: the whole slide, or the place that the layout has for it."""
        width, height = self.file.slide_width, self.file.slide_height
        if self.own:
            return 0, 0, width, height
        if others:
            place = others[0]
            return place.left, place.top, place.width, place.height
        top = 0 if title is None else title.top + title.height
        return 0, top, width, height - top

    def _text_box(self, page: Any) -> Any:
        """A place for text on a slide whose layout has none: the lower half."""
        width, height = self.file.slide_width, self.file.slide_height
        return page.shapes.add_textbox(width // 10, height // 2, width * 8 // 10, height * 4 // 10)

    def _show(self, page: Any, shown: Shown, repeats: bool, box: Box) -> Any:
        """The shape of the clip, or of its last picture."""
        if self.printed:
            return page.shapes.add_picture(str(shown.last), *box)
        if shown.clip.suffix == _ANIMATED:
            return page.shapes.add_picture(str(shown.clip), *box)
        # From memory: python-pptx would write the name of a file into the XML as it stands.
        film = BytesIO(shown.clip.read_bytes())
        # The poster is seen for a moment only, and many large ones would be a tenth of the deck.
        poster = BytesIO(in_few_colours(shown.first))
        movie = page.shapes.add_movie(film, *box, poster, "video/mp4")
        sheet = page.element
        sheet.remove(sheet.find(qn("p:timing")))  # that of python-pptx
        sheet.append(timing(self.autoplay, movie.shape_id, shown.seconds, repeats))
        if self.autoplay != "pause":
            # Without an action of its own a click on the clip goes on, as one beside it does.
            named = movie._element.nvPicPr.cNvPr
            named.remove(named.find(qn("a:hlinkClick")))
        return movie

    def _layout(self, kinds: Sequence[str]) -> Any:
        """The first layout of the first of these kinds that there is, else the first of all."""
        layouts = [*self.file.slide_layouts]
        found = (each for kind in kinds for each in layouts if each.element.get("type") == kind)
        return next(found, layouts[0])


def _named(page: Any, slide: Slide) -> list[Any]:
    """Write the title of a slide, if it has a place for it; all other placeholders."""
    title = page.shapes.title
    if title is not None:
        fill(title, (slide.title,), _HEADING)
    return [place for place in page.placeholders if title is None or place != title]


def _as_command(place: Any) -> None:
    """Small type, of one width, in which the longest line fits: a command has lines of its own."""
    frame = place.text_frame
    room = place.width - frame.margin_left - frame.margin_right
    longest = max(len(paragraph.text) for paragraph in frame.paragraphs)
    size = min(_SMALL, int(Emu(room).pt / (_WIDTH_OF_ONE * longest)))
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.name = _FONT_OF_COMMANDS
            run.font.size = Pt(max(_SMALLEST, size))


def _remove(place: Any) -> None:
    place._element.getparent().remove(place._element)


def _lift(title: Any) -> None:
    """Put a title above the slide: readers of the outline see it, the class does not."""
    left, width, height = title.left, title.width, title.height
    title.left, title.top, title.width, title.height = left, -height, width, height


def _fitted(shown: Shown, room: Box) -> Box:
    """The largest box of the clip's shape in the middle of `room`."""
    across, down = Image.from_file(str(shown.first)).size
    left, top, width, height = room
    scale = min(width / across, height / down)
    wide, high = round(across * scale), round(down * scale)
    return left + (width - wide) // 2, top + (height - high) // 2, wide, high


def _write_notes(page: Any, slide: Slide) -> None:
    """Write what is spoken, and then each note under its heading."""
    notes = (f"{say('{heading}:', heading=heading)}\n{text}" for heading, text in slide.notes)
    lines = [line for text in (slide.narration, *notes) if text for line in (*text.split("\n"), "")]
    frame = page.notes_slide.notes_text_frame
    for number, line in enumerate(lines[:-1]):
        write(frame.paragraphs[0] if number == 0 else frame.add_paragraph(), line)
