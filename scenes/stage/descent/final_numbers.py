"""The numbers of a film's last caption: where w ended, and what rate would do better."""

from __future__ import annotations

import numpy as np

from scenes.catalogue.captions import Numbers
from scenes.stage.descent.course import Course
from scenes.stage.page.figures import decimals, legible, short
from scenes.stage.plots.query import query

_SEEN = 12.0  # first distances from w*; beyond, no plot shows w


def places_of(course: Course) -> int:
    """Decimals of w in a film about one descent: five digits of the largest w that it can show."""
    farthest = _SEEN * course.start
    return decimals(np.clip(course.trace.w[:50], course.goal - farthest, course.goal + farthest))


def final_numbers(course: Course) -> Numbers:
    """``updates``, ``w``, its prediction ``y`` at ``x``, the rate ``lr`` and a ``better`` one."""
    trace = course.trace
    w, x = float(trace.w[-1]), query(course.objective.data)
    return {
        "updates": trace.updates,
        "w": legible(w, places_of(course)),
        "x": short(x),
        "y": legible(w * x, decimals([w * x])),
        "lr": short(trace.lr),
        "better": "" if course.better is None else short(course.better),
    }
