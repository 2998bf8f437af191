"""The key of what a segment shows: equal for equal pictures, different for all others."""

from __future__ import annotations

from copy import deepcopy
from enum import Enum
from fractions import Fraction
from itertools import combinations

import numpy as np

from pipeline.drawing.repaint.item import Fingerprint
from pipeline.drawing.repaint.shown import ShownKey, is_known


class Cap(Enum):
    ROUND = 1
    FLAT = 2


VIEW = (1.0, 0.0, 0.0, -1.0, 5.0, 5.0, 0.01)
A = Fingerprint((b"points a", np.float64(4.0), Cap.ROUND), (b"red",))
B = Fingerprint((b"points b", 4, None), (b"red",))
PAGE = b"page"


def key(*frames, about="about"):
    content = ShownKey(about)
    for shown, repeat in frames:
        content.add(shown, repeat)
    return content.key


def frame(static=(), own=(), page=PAGE, view=VIEW):
    return (page, (VIEW, list(static)), (view, list(own)))


FILMS = {
    "one": [(frame(own=[A]), 1)],
    "static": [(frame(static=[A]), 1)],
    "longer": [(frame(own=[A]), 2)],
    "twice": [(frame(own=[A]), 1), (frame(own=[A]), 1)],
    "other": [(frame(own=[B]), 1)],
    "both": [(frame(own=[A, B]), 1)],
    "reordered": [(frame(own=[B, A]), 1)],
    "page": [(frame(own=[A], page=b"grey"), 1)],
    "view": [(frame(own=[A], view=(2.0, *VIEW[1:])), 1)],
    "cap": [(frame(own=[Fingerprint((*A.shape[:2], Cap.FLAT), A.colours)]), 1)],
    "blue": [(frame(own=[Fingerprint(A.shape, (b"blue",))]), 1)],
    "gone": [(frame(own=[A, B]), 1), (frame(own=[A]), 1)],
    "back": [(frame(own=[A]), 1), (frame(own=[A, B]), 1)],
    "page later": [(frame(own=[A]), 1), (frame(own=[A], page=b"grey"), 1)],
    "static later": [(frame(own=[A]), 1), (frame([B], [A]), 1)],
}


def test_unlike_segments_have_unlike_keys():
    keys = {name: key(*frames) for name, frames in FILMS.items()}
    keys["about"] = key(*FILMS["one"], about="elsewhere")
    for one, other in combinations(keys, 2):
        assert keys[one] != keys[other], (one, other)


def test_keys_do_not_depend_on_which_objects_say_the_same():
    for frames in FILMS.values():
        assert key(*deepcopy(frames)) == key(*frames)
    shown = frame(own=[A, B])
    assert key((shown, 1), (shown, 1)) == key((shown, 1), (deepcopy(shown), 1))


def test_the_beginning_is_the_first_frame_alone():
    beginnings = {name: key(*frames)[:32] for name, frames in FILMS.items()}
    assert beginnings["one"] == beginnings["longer"] == beginnings["twice"] == beginnings["back"]
    assert beginnings["one"] != beginnings["other"]


def test_what_cannot_be_told_has_no_key():
    shown = frame(own=[A])
    assert key() is None
    assert key((None, 1), (shown, 1)) is None and key((shown, 1), (None, 1), (shown, 1)) is None
    assert key((frame(own=[Fingerprint((b"points", Fraction(1, 3)), ())]), 1)) is None


def test_a_method_of_the_scenes_own_is_not_known():
    from manim import Square

    class Odd(Square):
        def consider_points_equals_2d(self, p0, p1):
            return True

    assert is_known(Square, "consider_points_equals_2d")
    assert not is_known(Odd, "consider_points_equals_2d")
