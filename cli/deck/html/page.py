"""The page of a deck. Texts are data: the template escapes all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from cli.console.language import say
from cli.deck.html.reveal import reveal_js
from cli.deck.live.element import live_element
from cli.deck.slides import Deck
from cli.html.templates import policy, rendered, within
from scenes import Lesson
from scenes.catalogue.theme import THEMES

_FOLDER = Path(__file__).parent
_PAGE = {"16:9": (1280, 720), "4:3": (960, 720)}
"""Width and height of a printed page in CSS pixels."""


@dataclass(frozen=True)
class Media:
    """Where the page finds the clip of a slide and its two pictures: addresses."""

    clip: str
    first: str
    last: str


def page_of(deck: Deck, media: Sequence[Media | None], live: Lesson | None = None) -> str:
    """The HTML of `deck`; `media` has one entry for each slide, None for one without a clip.

    A live slide begins with the lesson `live`.

    It asks for nothing but `media`: style and scripts are in it, and a policy forbids the rest.
    """
    reveal = reveal_js()
    theme = THEMES[deck.theme]
    element = None if live is None else live_element(live, deck.lang, theme)
    scripts, styles = [reveal.script, _own("deck.js")], [reveal.style, _own("deck.css")]
    if element is not None:
        styles.append(element.style)
    scripts = [within("script", text) for text in scripts]
    modules = [] if element is None else [within("script", element.script)]
    width, height = _PAGE[deck.aspect]
    return rendered(
        _FOLDER / "deck.jinja",
        deck=deck,
        slides=list(zip(deck.slides, media, strict=True)),
        theme=theme,
        width=width,
        height=height,
        policy=policy([*scripts, *modules], connect="'self' data:"),
        licence=Markup(reveal.licence),
        styles=[within("style", text) for text in styles],
        speaker_style=within("style", _own("speaker.css")),
        scripts=scripts,
        modules=modules,
        live=None if element is None else Markup(element.body),
        words=_words(),
        keys=_keys(),
    )


def _own(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _words() -> dict[str, str]:
    """What the page itself says."""
    return {
        "start": say("Start"),
        "bar": say("Controls"),
        "back": say("Back"),
        "next": say("Next"),
        "pause": say("Play or pause"),
        "overview": say("All slides"),
        "speaker": say("Speaker's window"),
        "full": say("Full screen"),
        "help": say("Keys"),
        "close": say("Close"),
        "blocked": say(
            "The browser did not open the speaker's window: allow pop-ups for this page."
        ),
        "slide": say("Slide"),
        "left": say("Clip ends in"),
        "clock": say("Time"),
        "elapsed": say("Elapsed"),
        "now": say("Now"),
        "after": say("After this"),
    }


def _keys() -> list[tuple[str, str]]:
    """The keys, and what each does."""
    return [
        ("→", say("go on: the clip's end, the question, the next slide")),
        ("←", say("play the clip again; from its start: the slide before")),
        (say("space bar"), say("pause, play on, play again")),
        ("Alt + ← →", say("the slide before, the next slide")),
        ("S", say("the speaker's window: notes, the next slide, a clock")),
        ("F", say("full screen")),
        ("O", say("all slides")),
        ("B", say("a black screen")),
        ("Home, End", say("the first and the last slide")),
    ]
