"""Schedules: a schedule is a function from a step to a factor of the learning rate.

Steps are updates, counted from 0: update k uses the rate `lr*schedule(k)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi
from typing import Any

from gdcore.message import Message
from gdcore.spec import Number, Settings, parse_spec, spell


def constant(step: int) -> float:
    """`1`"""
    return 1.0


def step_decay(step: int, step_size: float, gamma: float) -> float:
    """`gamma^floor(step/step_size)`, as torch's StepLR."""
    return float(gamma ** (step // step_size))


def inverse(step: int, decay: float) -> float:
    """`1/(1 + decay*step)`: the 1/t of Robbins and Monro (1951)."""
    return 1 / (1 + decay * step)


def cosine(step: int, T_max: float, eta_min: float) -> float:
    """`eta_min + (1 - eta_min)*(1 + cos(pi*step/T_max))/2`, as torch's CosineAnnealingLR.

    eta_min is a factor too (torch: a rate). Past T_max it stays at eta_min (torch: rises again).
    """
    return eta_min + (1 - eta_min) * (1 + cos(pi * min(step / T_max, 1.0))) / 2


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "constant": constant,
    "step": step_decay,
    "inverse": inverse,
    "cosine": cosine,
}
SCHEDULES: dict[str, dict[str, Number]] = {
    "constant": {},
    "step": {
        "step_size": Number(30, least=1, whole=True),
        "gamma": Number(0.1, above=0, most=1),
    },
    "inverse": {"decay": Number(0.01, least=0)},
    "cosine": {
        "T_max": Number(0, least=0, whole=True),
        "eta_min": Number(0.0, least=0, most=1),
    },
}


@dataclass(frozen=True)
class Schedule:
    """A schedule and its settings: a plain value, equal and hashable by its content."""

    name: str
    settings: Settings = ()

    def __call__(self, step: int) -> float:
        """The factor of the rate at a step. Raises ValueError for a cosine of unknown length."""
        settings: dict[str, Any] = dict(self.settings)
        if settings.get("T_max") == 0:
            raise ValueError("schedule cosine: T_max = 0 (the whole run) needs `over(updates)`")
        return _FUNCTIONS[self.name](step, **settings)

    def over(self, updates: int) -> "Schedule":
        """The schedule for a run of this many updates; sets T_max of a cosine if it is 0."""
        known = {"T_max": float(max(updates, 1))}
        filled = ((key, value or known.get(key, value)) for key, value in self.settings)
        return Schedule(self.name, tuple(filled))

    def __str__(self) -> str:
        return spell(self.name, self.settings)


def parse_schedule(text: str | Schedule) -> Schedule:
    """Read "constant" or "step:step_size=30,gamma=0.1".

    Raises ValueError that names the nearest known name, or the allowed range.
    """
    if isinstance(text, Schedule):
        return text
    return Schedule(*parse_spec(text, Message("schedule"), SCHEDULES))
