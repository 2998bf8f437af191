"""Captions for what the batch sizes did with one budget: decided from their traces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from scenes.films.mini_batch.spender import Spender
from scenes.stage.descent.outcome import Outcome, outcome

NEAR = 0.1
"""Share of the start's distance from w*; nearer counts as arrived."""

_AT_REST = 1e-9


def is_at_rest(spenders: Sequence[Spender]) -> bool:
    """Whether the start is the minimum."""
    walk = spenders[0].walk
    goal = walk.final.mean
    return abs(walk.trace.start[0] - goal) <= _AT_REST * max(1.0, abs(goal))


def arrival_verdict(spenders: Sequence[Spender]) -> tuple[str, list[str]]:
    """The caption's key, and after how many gradients each size first arrives."""
    if is_at_rest(spenders):
        return "arrived-at-rest", []
    arrivals = [each.arrival(NEAR) for each in spenders]
    texts = [f"{each:.0f}" if math.isfinite(each) else "–" for each in arrivals]
    return ("arrived" if "–" not in texts else "arrived-late"), texts


def closer_verdict(spenders: Sequence[Spender]) -> str:
    """The caption's key for the lanes: what theory says about the spreads."""
    known = [each.walk.final.std for each in spenders if each.walk.is_known]
    if len(known) < len(spenders) or not known:
        return "closer-unknown"
    if math.inf in known:
        return "closer-none"
    return "closer" if any(known) else "closer-exact"


def result_verdict(spenders: Sequence[Spender]) -> tuple[str, list[int]]:
    """The caption's key, and the sizes that it names."""
    wild = [each.size for each in spenders if outcome(each.trace) is Outcome.DIVERGING]
    sizes = [each.size for each in spenders]
    late = [each.measured for each in spenders]
    if wild and not is_at_rest(spenders):
        return "result-diverging", wild
    if len(spenders) == 1:
        return "result-one", sizes
    arrivals = [each.arrival(NEAR) for each in spenders]
    sooner = all(a < b for a, b in pairwise(arrivals)) and not is_at_rest(spenders)
    negligible = _AT_REST * max(1.0, abs(spenders[0].walk.final.mean))
    quieter = all(a > b and a > negligible for a, b in pairwise(late))
    if sooner and quieter:
        return "result-both", sizes
    if sooner:
        return "result-sooner", sizes
    return ("result-quieter" if quieter else "result-neither"), sizes
