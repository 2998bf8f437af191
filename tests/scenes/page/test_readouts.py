"""Named numbers: the number stands where the language has it, and nothing moves with it."""

from __future__ import annotations

import pytest

from scenes.catalogue.theme import THEMES
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import layout
from scenes.stage.page.readouts import Readout, Readouts

PAGE = layout(128 / 9, 8.0)
THEME = THEMES["dark"]


@pytest.mark.parametrize("name", ["第 {n} 轮", "epoch {n}", "{n}. Epoche", "epoch"])
def test_the_number_stands_in_its_place(name: str) -> None:
    made = Readouts([Readout(name, THEME.ink, "888")], arrangement(PAGE).notes, THEME, PAGE.scale)
    made.write("5")
    figure = made.figures[0]
    before, _, after = (part.strip() for part in name.partition("{n}"))
    labels = [part for part in made if part is not figure]
    assert [label.text for label in labels] == [text for text in (before, after) if text]
    lefts = [
        part.get_left()[0] for part in (*labels[: bool(before)], figure, *labels[bool(before) :])
    ]
    assert lefts == sorted(lefts)
    places = [label.get_center().tolist() for label in labels]
    made.write("300")
    assert [label.get_center().tolist() for label in labels] == places
    for one in labels:
        apart = (
            one.get_right()[0] <= figure.get_left()[0] or figure.get_right()[0] <= one.get_left()[0]
        )
        assert apart, "the widest number has room beside its name"
