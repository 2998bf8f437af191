"""The regions of the frame, for any aspect."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations

import pytest

from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import MARGIN, Box, layout

ASPECTS = [(16, 9), (16, 10), (4, 3), (1, 1), (4, 5), (3, 4), (9, 16), (21, 9), (9, 21)]


@pytest.mark.parametrize(("width", "height"), ASPECTS)
def test_regions_are_disjoint_and_keep_the_margin(width: int, height: int) -> None:
    unit = 8 / min(width, height)
    page = layout(width * unit, height * unit)
    boxes = {f.name: getattr(page, f.name) for f in fields(page)}
    boxes = {name: box for name, box in boxes.items() if isinstance(box, Box)}
    for box in boxes.values():
        assert box.width > 0 and box.height > 0
        assert max(-box.left, box.right) <= page.width / 2 - MARGIN + 1e-9
        assert max(-box.bottom, box.top) <= page.height / 2 - MARGIN + 1e-9
    assert page.caption.top < page.body.bottom and page.body.top < page.title.bottom
    assert not any(boxes[one].meets(boxes[other]) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize(("width", "height"), ASPECTS)
def test_the_hero_and_its_side_share_the_body(width: int, height: int) -> None:
    unit = 8 / min(width, height)
    page = layout(width * unit, height * unit)
    places, body = arrangement(page), page.body
    assert not places.hero.meets(places.side) and not places.small.meets(places.notes)
    for part, whole in [(places.hero, body), (places.side, body), (places.small, places.side)]:
        assert whole.left - 1e-9 <= part.left < part.right <= whole.right + 1e-9
        assert whole.bottom - 1e-9 <= part.bottom < part.top <= whole.top + 1e-9
    if width / height >= 4 / 3:
        share = places.hero.width * places.hero.height / (page.width * page.height)
        assert share >= 0.45
    else:
        assert places.hero.height >= 0.7 * places.hero.width


@pytest.mark.parametrize(("width", "height"), ASPECTS)
def test_the_scale_is_readable_from_the_last_row(width: int, height: int) -> None:
    unit = 8 / min(width, height)
    scale = layout(width * unit, height * unit).scale
    side = min(width, height) * unit
    assert scale.small >= 0.022 * side
    least = 0.035 if height > width else 0.03  # a phone is held upright
    assert min(scale.label, scale.body, scale.title) >= least * side


def test_rows_and_columns_share_a_box_out() -> None:
    box = Box(0, 0, 10, 6)
    assert box.rows(1, 2, gap=0.3) == [Box(0, 4.1, 10, 6), Box(0, pytest.approx(0), 10, 3.8)]
    left, right = box.columns(1, 1, gap=1)
    assert (left.width, right.width, right.right) == (4.5, 4.5, 10)
    assert box.inset(1, 2, 3, 1) == Box(1, 2, 7, 5)
