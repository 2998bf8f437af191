"""The numbers of narration and notes, beside those of the captions, computed another way."""

from __future__ import annotations

from math import fsum

import pytest

from scenes import FILMS, Lesson
from tests.claims.shown import agrees
from tests.claims.test_narration import lessons

ELSEWHERE = {
    "plane": {"batch", "sgd", "least", "condition"},  # the captions' own, in their claims
    "surface": {"batch", "sgd", "least", "condition"},
    "momentum": {"condition", "beta", "lr"},
    "landscape": {"w0", "lr", "count", "times", "larger"},
    "compare": {"near"},
    "batch": {"updates", "crosses"},
    "sgd": {"updates"},
}


def plainly(lesson: Lesson) -> dict[str, float]:
    """The numbers of a lesson on ŷ = w·x, in plain Python."""
    x, y, w = lesson.data.x.tolist(), lesson.data.y.tolist(), lesson.w0
    rest = [w * a - b for a, b in zip(x, y, strict=True)]
    slope = fsum(2 * r * a for r, a in zip(rest, x, strict=True)) / len(x)
    if abs(slope) < 1e-14 * fsum(2 * abs(w) * a * a for a in x):  # rounding errors of `rest`
        slope = 0.0
    curvature = 2 * fsum(a * a for a in x) / len(x)
    size = min(lesson.batch_size or 1, len(x))
    return {
        "lr": lesson.lr, "w0": w, "b0": lesson.b0, "epochs": lesson.epochs, "n": len(x),
        "first": fsum(r * r for r in rest) / len(x), "slope": slope, "w1": w - lesson.lr * slope,
        "curvature": curvature, "onto": 1 / curvature, "across": 2 / curvature,
        "ideal": 1 / curvature, "double": 2 / curvature, "size": size,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("film", FILMS)
def test_numbers_of_the_lesson(film: str) -> None:
    for label, lesson in lessons(film).items():
        captions = FILMS[film].captions
        told = captions.told(captions.facts(lesson))
        known = plainly(lesson)
        for name in told.keys() - ELSEWHERE.get(film, set()):
            assert agrees(told[name], known[name], 1e-9), (label, name, told[name], known[name])
