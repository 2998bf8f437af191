"""Faster versions of manim's functions: the same results, and manim is unchanged afterwards."""

from __future__ import annotations

import copy
from itertools import product

import numpy as np
import pytest
from manim import (
    BLUE,
    HSV,
    RED,
    Axes,
    Circle,
    DecimalNumber,
    Dot,
    ManimColor,
    Mobject,
    Square,
    Star,
    Text,
    VGroup,
    VMobject,
    always_redraw,
)

from pipeline.drawing.shortcuts import shortcuts

NUMBERS = [0.0, -0.0, 1.0, 1.0 + 9e-6, 1.0 + 1.1e-5, 1e-6, -1e-6, 1e300, -1e300, np.inf, np.nan]


@pytest.mark.parametrize("tolerance", [1e-6, 0.0, 0.5])
def test_points_are_equal_if_manim_says_so(tolerance: float) -> None:
    vmobject = VMobject(tolerance_for_point_equality=tolerance)
    pairs = list(product(NUMBERS, NUMBERS))
    points = [np.array([2.0, a, b]) for a, b in pairs]
    others = [np.array([2.0, b, a]) for a, b in pairs]
    with np.errstate(all="ignore"):
        theirs = [vmobject.consider_points_equals(*two) for two in product(points, others)]
        with shortcuts():
            ours = [vmobject.consider_points_equals(*two) for two in product(points, others)]
    assert ours == theirs
    assert 0 < sum(theirs) < len(theirs)


@pytest.mark.parametrize("far", [0.0, 9e-7, 2e-6, np.nan])
@pytest.mark.parametrize("row", range(4))
def test_a_curve_is_equal_to_a_point_if_manim_says_so(row: int, far: float) -> None:
    curve, point = np.zeros((4, 3)), np.zeros(3)
    curve[row, 1] += far
    theirs = VMobject().consider_points_equals(curve, point)
    with shortcuts():
        assert VMobject().consider_points_equals(curve, point) == theirs == (far < 1e-6)


@pytest.mark.parametrize("one", [[0, 0, 0], (0.0, 0.0, 1e-7), np.zeros((4, 3)), np.zeros(3, int)])
def test_other_things_are_compared_by_manim(one: object) -> None:
    for other in np.zeros(3), np.ones(3), np.zeros((4, 3)):
        theirs = VMobject().consider_points_equals(one, other)
        with shortcuts():
            assert VMobject().consider_points_equals(one, other) == theirs


def test_points_in_three_dimensions_are_compared_by_manim() -> None:
    blocks, point = np.zeros((2, 4, 3)), np.zeros(3)
    with shortcuts():
        assert VMobject().consider_points_equals(blocks, point) is True
        blocks[1, 2, 0] = 1
        assert VMobject().consider_points_equals(blocks, point) is False


def mobjects() -> list[Mobject]:
    dot = Dot(color=RED)
    group = VGroup(Square(color=[RED, BLUE]), Star(fill_opacity=1), Text("a b").set_color(BLUE))
    group.add(dot, always_redraw(lambda: Circle().next_to(dot)))
    group.save_state()
    return [group, Axes((0, 2), (0, 1)), DecimalNumber(-1.25, mob_class=Text), Mobject()]


@pytest.mark.parametrize("which", range(4))
def test_a_copy_is_the_same_and_its_own(which: int) -> None:
    original = mobjects()[which]
    theirs = original.copy()
    with shortcuts():
        ours = original.copy()
        again = copy.deepcopy([original, original])
    assert again[0] is again[1] is not original
    assert len(ours.get_family()) == len(theirs.get_family())
    for mine, their, old in zip(
        ours.get_family(), theirs.get_family(), original.get_family(), strict=True
    ):
        assert mine is not old
        assert list(vars(mine)) == list(vars(their))
        for name, value in vars(their).items():
            assert type(vars(mine)[name]) is type(value), name
            if isinstance(value, np.ndarray):
                assert np.array_equal(vars(mine)[name], value), name
                assert vars(mine)[name] is not vars(old)[name], name
            elif isinstance(value, (int, float, str, ManimColor)):
                assert vars(mine)[name] == value, name
    before = [(part.points.copy(), part.color) for part in original.get_family()]
    ours.set_color("#123456").shift(np.ones(3))
    for part, (points, color) in zip(original.get_family(), before, strict=True):
        assert np.array_equal(part.points, points) and part.color == color


class Halved(Square):
    def get_anchors(self) -> list[np.ndarray]:
        return [point / 2 for point in super().get_anchors()]


def unfinished(points: int) -> VMobject:
    vmobject = VMobject()
    vmobject.points = np.arange(3.0 * points).reshape(-1, 3)
    return vmobject


@pytest.mark.parametrize(
    "shape",
    [Star(), Axes((0, 2), (0, 1)), VMobject(), VGroup(), VGroup(Square(), VGroup()),
     VGroup(Dot(), unfinished(1)), unfinished(1), Halved(), VGroup(Star(), Halved())],
    ids=repr,
)  # fmt: skip
def test_a_shape_ends_where_manim_says(shape: VMobject) -> None:
    theirs = shape.get_points_defining_boundary()
    with shortcuts():
        ours = shape.get_points_defining_boundary()
    assert ours.shape == theirs.shape and ours.dtype == theirs.dtype
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("points", [2, 6])
def test_curves_without_an_end_are_refused_as_manim_refuses_them(points: int) -> None:
    with pytest.raises(ValueError, match="zip"):
        unfinished(points).get_points_defining_boundary()
    with shortcuts(), pytest.raises(ValueError, match="zip"):
        unfinished(points).get_points_defining_boundary()


def dashed(gap: float) -> np.ndarray:
    """The points of three curves; the second begins `gap` away from the end of the first."""
    points = np.concatenate([np.linspace(k, k + 1, 4) for k in range(3)])[:, None] * [1.0, 2.0, 0.0]
    points[4:8, 2] += gap
    return points


@pytest.mark.parametrize("gap", [0.0, 9e-7, 2e-6, 0.5, np.nan])
@pytest.mark.parametrize("length", [12, 11, 8, 4, 3, 0])
def test_a_shape_is_divided_where_manim_divides_it(gap: float, length: int) -> None:
    points = dashed(gap)[:length]
    theirs = VMobject().get_subpaths_from_points(points)
    with shortcuts():
        ours = VMobject().get_subpaths_from_points(points)
    assert [part.tobytes() for part in ours] == [part.tobytes() for part in theirs]
    if length == 12:
        assert len(theirs) == (1 if gap < 1e-6 else 3)


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("length", [12, 11, 4, 1])
def test_curves_are_inserted_as_manim_inserts_them(count: int, length: int) -> None:
    points = dashed(0.0)[:length]
    theirs = VMobject().insert_n_curves_to_point_list(count, points)
    with shortcuts():
        ours = VMobject().insert_n_curves_to_point_list(count, points)
    assert ours.shape == theirs.shape and np.array_equal(ours, theirs)
    assert not np.shares_memory(ours, points) or np.shares_memory(theirs, points)


def test_arrays_that_are_shared_stay_shared_in_the_copy() -> None:
    square = Square()
    square.one = square.two = np.zeros(3)
    with shortcuts():
        other = square.copy()
    assert other.one is other.two is not square.one


def test_a_color_that_can_be_altered_is_copied() -> None:
    square = Square()
    square.tint = HSV((0.5, 1.0, 1.0))
    with shortcuts():
        other = square.copy()
    other.tint.hue = 0.25
    assert square.tint.hue == 0.5


def test_manim_is_as_it_was_even_after_an_error() -> None:
    before = {**vars(Mobject)}, {**vars(VMobject)}
    with pytest.raises(KeyError), shortcuts():
        assert vars(Mobject) != before[0] and vars(VMobject) != before[1]
        raise KeyError
    assert (vars(Mobject), vars(VMobject)) == before
