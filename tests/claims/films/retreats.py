"""Why the updates of a descent lead away from the minimum: from each sample's own minimum."""

from __future__ import annotations

from math import fsum

from tests.claims.plain import Run, retreats

CAUSES = ("overshoot", "disagree", "velocity")


def causes(run: Run) -> dict[str, set[int]]:
    """The updates that lead away, by cause: from the samples' own minimum and where the step ended.

    An update that begins within rounding of that minimum is in two of the sets.
    """
    found: dict[str, set[int]] = {name: set() for name in CAUSES}
    for k in retreats(run, run.rounding):
        samples = run.looked_at[k]
        squares = fsum(run.x[i] ** 2 for i in samples)
        if not squares:  # a constant loss has no slope
            found["velocity"].add(k)
            continue
        own = fsum(run.x[i] * run.y[i] for i in samples) / squares
        before, after = run.w[k] - own, run.w[k + 1] - own
        step = run.w[k + 1] - run.w[k]
        near = abs(before) <= 4 * run.rounding
        if before * step >= 0 or near:
            found["velocity"].add(k)
        if before * step < 0 or near:
            passes = before * after < 0 and abs(after) > 1e-9 * abs(before)
            found["overshoot" if passes or near else "disagree"].add(k)
    return found
