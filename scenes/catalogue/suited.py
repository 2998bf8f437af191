"""Films' own starts and rates: those of the lecture for its data, for others what suits them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from gdcore.data import LECTURE
from gdcore.least_squares import LeastSquares
from gdcore.rules import Rule, parse_rule
from gdcore.suited import suited_rate, suited_start
from scenes.catalogue.lesson import RATE_MAX, START_MAX

_NOTHING = 1e-9  # share of the own start's distance: a start at the minimum, but for rounding

Given = Mapping[str, Any]
"""Knobs by name, as they were given: not checked yet."""


def start_alone(given: Given) -> Mapping[str, Any]:
    """A start that suits the data, for films without a rate of this rule."""
    objective = LeastSquares(given.get("data", LECTURE))
    start = suited_start(objective)
    if objective.data == LECTURE or math.isnan(start):  # the check refuses data without a slope
        return {}
    return {"w0": min(max(start, -START_MAX), START_MAX)}


def with_batch(given: Given) -> Mapping[str, Any]:
    """Start and rate for updates that look at all samples."""
    return _start_and_rate(given, given.get("data", LECTURE).n)


def with_samples(given: Given) -> Mapping[str, Any]:
    """Start and rate for updates that look at single samples, or at batches of the given size."""
    everything = given.get("order") == "batch"
    size = given.get("data", LECTURE).n if everything else given.get("batch_size") or 1
    return _start_and_rate(given, size)


def rule_of(given: Given) -> Rule:
    """The given rule; plain SGD if there is none or if it cannot be read: the lesson refuses it."""
    try:
        return parse_rule(given.get("rule", "sgd"))
    except ValueError:
        return parse_rule("sgd")


def way_to_go(asked: float, own: float) -> float:
    """The distance of the asked start from the minimum; that of the film's own if it is there."""
    return asked if asked > _NOTHING * own else own


def _start_and_rate(given: Given, size: int) -> Mapping[str, Any]:
    own = start_alone(given)
    if not own:
        return {}
    objective = LeastSquares(given["data"])
    goal = float(objective.minimiser()[0])
    asked = abs(float(given.get("w0", own["w0"])) - goal)
    away = way_to_go(asked, abs(own["w0"] - goal))
    return {**own, "lr": min(suited_rate(objective, size, rule_of(given), away), RATE_MAX)}
