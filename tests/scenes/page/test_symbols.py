"""Symbols in texts: set as in formulas, in their places; words stay words."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Typst

from scenes.stage.page.fonts import typst_fonts
from scenes.stage.page.glyphs import named_glyphs
from scenes.stage.page.symbols import places
from scenes.stage.page.wording import Label, text_width


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ŷ = w·x + b", "ŷwxb"),
        ("w* lies at (w, b); J(w) = 2x", "wwbJwx"),
        ("every step is −αg, with 0.5w", "αgw"),
        ("past gradients live on in v, m, s", "vms"),
        ("d: distance, d'un point", "d"),
        ("a word of two letters, we, by", ""),
        ("weight [g]", ""),
        ("speed [m/s]", ""),
        ("v (m/s)", "v"),
        ("volume (L)", ""),
        ("每轮w移动，α 减半", "wα"),
        ("the sample's x", "x"),
    ],
)
def test_a_symbol_stands_alone(text: str, found: str) -> None:
    assert "".join(text[index] for index in places(text)) == found


def shape(points: np.ndarray) -> np.ndarray:
    """An outline without its place and size."""
    own = points[:, :2] - points[:, :2].min(axis=0)
    return np.asarray(own / own.max())


@pytest.mark.parametrize(("plain", "italic"), [("w", "𝑤"), ("α", "𝛼"), ("J", "𝐽")])
def test_it_has_the_shape_that_it_has_in_formulas(plain: str, italic: str) -> None:
    """Compared with Typst's own letter, set by itself."""
    label = Label(f"is {plain} = 2", 0.3, "#ffffff")
    source = f'#text(font: "New Computer Modern Math", weight: 450)[#"{italic}"]'
    made = Typst(source, font_paths=typst_fonts()).family_members_with_points()[0]
    assert np.abs(shape(label.submobjects[3].points) - shape(made.points)).max() < 2e-3


def test_symbols_keep_clear_of_their_neighbours() -> None:
    """Glyphs stand in the order of the text, and the width is the one that lines are broken by."""
    for text in ("w·x·b·y·J·L", "learning rate α, momentum β, condition κ", "3 条抛物线 J，w 与 b"):
        label = Label(text, 0.3, "#ffffff")
        pairs = zip(label.submobjects, text, strict=True)
        inked = [glyph for glyph, character in pairs if character != " "]
        lefts = [glyph.get_left()[0] for glyph in inked]
        rights = [glyph.get_right()[0] for glyph in inked]
        gaps = np.array(lefts[1:]) - np.array(rights[:-1])
        assert gaps.min() > -0.03  # italics lean over a little
        assert abs(label.width - text_width(text, 0.3)) < 0.12


def test_a_root_covers_what_follows_it() -> None:
    label = Label("κ = 4, √κ = 2", 0.3, "#ffffff")
    root, radicand = label.submobjects[7], label.submobjects[8]
    assert root.get_left()[0] < radicand.get_left()[0]
    assert root.get_right()[0] >= radicand.get_right()[0]
    assert root.get_top()[1] > radicand.get_top()[1]
    assert root.get_bottom()[1] < radicand.get_bottom()[1] + 0.05


def test_a_hat_is_over_its_letter() -> None:
    hatted, plain = (Label(text, 0.3, "#ffffff").submobjects[0] for text in ("ŷ", "y"))
    assert hatted.height > 1.15 * plain.height
    assert abs(hatted.width - plain.width) < 0.25 * plain.width


def test_the_names_of_a_value_are_symbols_each() -> None:
    """(w, b) = …: as letters of one word they would be upright."""
    figures = named_glyphs("wb", 0.3).glyphs
    for letter in "wb":
        label = Label(letter, 0.3, "#ffffff").submobjects[0]
        size = np.ptp(figures[letter].points, axis=0)
        assert size == pytest.approx(np.ptp(label.points, axis=0), abs=1e-6)
