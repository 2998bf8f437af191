"""Repainted frames equal those of manim's own camera: a change in a new manim would show here."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from pipeline import FrameSpec
from pipeline.drawing.repaint import extent
from pipeline.drawing.repaint.mask import Mask
from scenes import FILMS as catalogue
from tests.quick_texts import quick_texts

ADVERSARIAL = Path(__file__).parents[1].joinpath("adversarial.py")
FAST = [
    "Shades", "Corners", "Order", "Behind", "Gestures", "Traces", "Leaving", "Shapes", "Redrawn",
    "Pages", "Travelling", "Dissolving",
]  # fmt: skip
STILL = 3.0  # seconds; no picture of our films is held longer
FILMS = [pytest.param(film.module, film.scene, id=film.name) for film in catalogue.values()]


def assert_equal(ours, stock):
    assert len(ours) == len(stock) > 1
    differing = [k for k, (a, b) in enumerate(zip(ours, stock, strict=True)) if (a != b).any()]
    assert differing == []
    assert any((a != b).any() for a, b in pairwise(ours)), "nothing moved"


@pytest.mark.parametrize(
    ("transparent", "long"), [(False, extent.LONG), (True, extent.LONG), (False, 1)]
)
@pytest.mark.slow
@pytest.mark.parametrize("name", FAST)
def test_adversarial_scenes(name, transparent, long, drawn, stock_frames, monkeypatch):
    monkeypatch.setattr(extent, "LONG", long)  # 1: every line is cut in pieces
    picture = FrameSpec(160, 90, 10, transparent=transparent)
    ours = drawn(name, picture=picture, module=str(ADVERSARIAL))
    assert_equal(ours.frames, stock_frames(name, picture, str(ADVERSARIAL)))
    assert ours.reasons == []


def test_dissolves_blend_through_what_was_covered(drawn, monkeypatch):
    paint, done = Mask.paint, []
    monkeypatch.setattr(Mask, "paint", lambda self, *a: done.append(paint(self, *a)) or done[-1])
    drawn("Dissolving", module=str(ADVERSARIAL))
    assert sum(done) > 15
    assert not all(done), "none lay across the picture's edge"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Clouds", "PMobject is not a plain outline"),
        ("Space", "CheckedThreeDCamera has a get_stroke_rgbas of its own"),
    ],
)
def test_what_it_cannot_do_is_left_to_manim_with_a_reason(name, reason, drawn, stock_frames):
    ours = drawn(name, module=str(ADVERSARIAL))
    assert_equal(ours.frames, stock_frames(name, module=str(ADVERSARIAL)))
    assert ours.reasons == [reason]


@pytest.mark.parametrize("name", ["Images", "Magnified"])
def test_images(name, drawn, stock_frames):
    ours = drawn(name, module=str(ADVERSARIAL))
    assert_equal(ours.frames, stock_frames(name, module=str(ADVERSARIAL)))
    assert len(ours.reasons) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("module", "name"), FILMS)
def test_our_films(module, name, drawn, stock_frames, monkeypatch):
    monkeypatch.setattr(extent, "LONG", 4)  # as many lines are cut in pieces as at 1080p
    fps = 2 if "GD_EVERY_FRAME" in os.environ else 1
    picture = FrameSpec(256, 144, fps)
    with quick_texts():
        ours = drawn(name, picture=picture, module=module)
        stock = stock_frames(name, picture, module)
    assert_equal(ours.frames, stock)
    assert ours.reasons == []
    assert longest_still(ours.frames) <= fps * STILL + 1


def longest_still(frames):
    """The largest number of equal frames in a row, also at the end of a time-lapse."""
    longest = length = 1
    for a, b in pairwise(frames):
        length = length + 1 if (a == b).all() else 1
        longest = max(longest, length)
    return longest


def test_little_is_painted_where_little_moves(picture):
    from pipeline.job.region import Region

    region = Region(picture.width, picture.height)
    tiles = region.tiles(10.5, 20, 30, 1e300)
    region.mask[tiles] = True
    assert region.rectangles() == [(0, 16, 32, 90)]
    assert region.tiles(-1e300, 0, 0, 90) is None
    region.mask[0, 9] = region.mask[1, 9] = True
    assert region.rectangles() == [(0, 16, 32, 90), (144, 0, 160, 32)] or region.rectangles() == [
        (144, 0, 160, 32), (0, 16, 32, 90)
    ]  # fmt: skip
    covered = np.zeros((90, 160), int)
    for left, top, right, bottom in region.rectangles():
        covered[top:bottom, left:right] += 1
    assert covered.max() == 1 and covered.sum() == 32 * 74 + 16 * 32
