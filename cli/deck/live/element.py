"""The live slide as an element of any page: its markup, its style and its script."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib.resources import files
from string import Template

from cli.deck.live.numbers import numbers
from scenes import Lesson
from scenes.catalogue.theme import Theme

_STYLES = ("plots.css", "live.css")
_SCRIPTS = (
    "descent.js", "state.js", "picture.js", "readouts.js", "input.js", "dragging.js", "player.js",
    "live.js",
)  # fmt: skip


@dataclass(frozen=True)
class Element:
    """`body` goes into the page wherever it is to be shown; it fills a box of definite height.

    `style` goes into the page once, and so does `script`, as a module behind the element. They
    name nothing outside of the element, and the element needs no other file. Keys pressed in it do
    not reach the page, but for Escape and the keys that change slides (Page Up, Page Down).
    """

    body: str
    style: str
    script: str


def live_element(lesson: Lesson, lang: str, theme: Theme, in_url: bool = False) -> Element:
    """The element that begins with `lesson`, in the language `lang`, which `say` speaks as well.

    `in_url`: its state stands in the page's address, behind the #. In a deck that is the slide's
    place.
    """
    said = json.dumps(numbers(lesson, theme, in_url), allow_nan=False)
    body = Template(asset("live.html")).substitute(
        lang=lang,
        colours=_colours(theme),
        numbers=said.replace("<", "\\u003c"),  # so that no text ends the script element
    )
    return Element(body, _joined(_STYLES), _joined(_SCRIPTS))


def asset(name: str) -> str:
    """The text of a file beside this one."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(map(asset, names))


def _colours(theme: Theme) -> str:
    """The theme's colours by their roles, as CSS variables."""
    roles = {role: colour for role, colour in asdict(theme).items() if isinstance(colour, str)}
    return " ".join(f"--gd-{role}: {colour};" for role, colour in roles.items())
