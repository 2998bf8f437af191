"""Why the updates of a descent lead away from the minimum: from each sample's own minimum."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from tests.claims.plain import FEW, MANY, Run, retreats

CAUSES = ("overshoot", "disagree", "velocity")

Found = dict[str, set[int]]


def causes(run: Run) -> tuple[Found, Found]:
    """The updates that lead away, by cause: surely, and perhaps.

    A retreat of a few last digits is doubtful, and so is the cause of an update that begins or ends
    within rounding of its own samples' minimum.
    """
    sure: Found = {name: set() for name in CAUSES}
    perhaps: Found = {name: set() for name in CAUSES}
    large = set(retreats(run, MANY))
    for k in retreats(run, FEW):
        found = possible(run, k)
        for name in found:
            perhaps[name].add(k)
        if len(found) == 1 and k in large:
            sure[found.pop()].add(k)
    return sure, perhaps


def possible(run: Run, k: int) -> set[str]:
    """The causes that a retreat may have, as far as rounding lets one see."""
    samples = run.looked_at[k]
    squares = fsum(run.x[i] ** 2 for i in samples)
    if not squares:  # a constant loss has no slope
        return {"velocity"}
    own = fsum(run.x[i] * run.y[i] for i in samples) / squares
    before, after = run.w[k] - own, run.w[k + 1] - own
    near = run.last_digits(k, MANY) + 1e-12 * abs(own)
    if abs(before) <= near:
        return set(CAUSES)
    step = run.w[k + 1] - run.w[k]
    if not step or (before > 0) == (step > 0):  # a product of tiny numbers would be 0
        return {"velocity"}
    if abs(after) <= 2e-9 * abs(before) + near:
        return {"overshoot", "disagree"}
    return {"overshoot"} if (before > 0) != (after > 0) else {"disagree"}


def agree(said: Mapping[str, int], run: Run) -> None:
    """Assert that the counts are right, with doubtful updates counted or not."""
    sure, perhaps = causes(run)
    for name, count in said.items():
        least, most = len(sure[name]), len(perhaps[name])
        assert least <= count <= most, f"{name}: {count} is said, {least} to {most} counted"
