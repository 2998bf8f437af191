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


def _start_and_rate(given: Given, size: int) -> Mapping[str, Any]:
    own = start_alone(given)
    if not own:
        return {}
    objective = LeastSquares(given["data"])
    away = abs(float(given.get("w0", own["w0"])) - float(objective.minimiser()[0]))
    return {**own, "lr": min(suited_rate(objective, size, rule_of(given), away), RATE_MAX)}
