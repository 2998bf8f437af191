"""A page of its own for the live slide: one file, which asks for no other."""

from __future__ import annotations

from html import escape
from string import Template

from cli.console.language import say
from cli.deck.live.element import asset, live_element
from cli.deck.live.words import words
from scenes import Lesson
from scenes.catalogue.theme import THEMES


def live_page(lesson: Lesson, lang: str, theme: str) -> str:
    """The page that begins with `lesson`, in the language that `say` speaks; `theme` by name."""
    colours = THEMES[theme]
    element = live_element(lesson, lang, colours, in_url=True)
    around = Template(asset("page.css")).substitute(background=colours.background)
    return Template(asset("page.html")).substitute(
        lang=escape(lang),
        scheme=theme,
        title=escape(words()["title"]),
        style=element.style + around,
        noscript=escape(say("This page needs JavaScript.")),
        body=element.body,
        script=element.script,
    )
