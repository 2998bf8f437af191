"""The master of decks without a template: the page and the colours of the films."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from scenes.catalogue.theme import THEMES, Theme

PIXEL = 9525  # EMU
SLIDES = {"16:9": (1280, 720), "4:3": (960, 720)}
"""Width and height of a slide in pixels: 13.33 or 10 by 7.5 inches, as in PowerPoint."""


def own_deck(theme: str, aspect: str) -> Any:
    """An empty presentation of python-pptx with slides of this aspect, in the films' colours."""
    deck = Presentation()
    _resize(deck, aspect)
    _colour(deck.slide_master, THEMES[theme])
    return deck


def _resize(deck: Any, aspect: str) -> None:
    """Make the slides as wide as `aspect` asks, and stretch the placeholders of all layouts."""
    width, height = (side * PIXEL for side in SLIDES[aspect])
    stretch = width / deck.slide_width
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    size = deck.element.find(qn("p:sldSz"))
    if stretch != 1:
        del size.attrib["type"]  # it says 4:3
    for page in (deck.slide_master, *deck.slide_layouts):
        for name, side in (("a:off", "x"), ("a:ext", "cx")):
            for element in page.element.iter(qn(name)):
                if side in element.attrib:
                    element.set(side, str(round(int(element.get(side)) * stretch)))


def _colour(master: Any, theme: Theme) -> None:
    """Give the master the colours of the films: what the lecturer adds has them too."""
    page, ink = theme.background, theme.ink
    dark = _brightness(page) < _brightness(ink)
    colours = {
        "dk1": page if dark else ink,
        "lt1": ink if dark else page,
        "dk2": theme.grid if dark else theme.muted,
        "lt2": theme.muted if dark else theme.grid,
        "accent1": theme.cost,
        "accent2": theme.loss,
        "accent3": theme.point,
        "accent4": theme.step,
        "accent5": theme.good,
        "accent6": theme.bad,
        "hlink": theme.cost,
        "folHlink": theme.loss,
    }
    if dark:
        on_dark = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}
        master.element.find(qn("p:clrMap")).attrib.update(on_dark)
    for title in master.element.iter(qn("p:titleStyle")):
        for face in title.iter(qn("a:defRPr")):
            face.set("b", "1")  # bold, as the titles of the films
    for layout in master.slide_layouts:
        _mute(layout)
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    whole = parse_xml(part.blob)
    old = whole.find(f".//{qn('a:clrScheme')}")
    old.getparent().replace(old, _scheme(colours))
    part.blob = serialize_part_xml(whole)


def _mute(layout: Any) -> None:
    """Give what a layout shows in a tint of the ink, such as a subtitle, the muted colour."""
    for tint in [*layout.element.iter(qn("a:tint"))]:
        colour = tint.getparent()
        colour.set("val", "tx2")
        colour.remove(tint)


def _scheme(colours: Mapping[str, str]) -> Any:
    inside = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>'
        for name, colour in colours.items()
    )
    return parse_xml(f'<a:clrScheme {nsdecls("a")} name="Films">{inside}</a:clrScheme>')


def _brightness(colour: str) -> int:
    """The sum of the parts of ``#rrggbb``."""
    return sum(bytes.fromhex(colour[1:]))
