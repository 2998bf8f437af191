"""All that a viewer may choose about a film, decided once and frozen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gdcore.data import LECTURE, Dataset
from gdcore.landscapes import LANDSCAPES
from gdcore.rules import parse_rule

LANGUAGES = ("zh", "en")
THEMES = ("dark", "light", "transparent", "transparent-light")
START_MAX, RATE_MAX = 1e9, 1e30
PACE_RANGE = (0.25, 4.0)
DURATION_RANGE = (5.0, 600.0)
EPOCHS_RANGE = (1, 10_000)
UPDATES_MAX = 100_000


class LessonError(ValueError):
    """A knob has a value that is out of range, or that makes no sense for the film.

    ``knob`` is the field's name in :class:`Lesson`.
    """

    def __init__(self, knob: str, message: str) -> None:
        super().__init__(message)
        self.knob = knob


@dataclass(frozen=True)
class Lesson:
    """What is taught (data, start, rate, …) and how it is told (language, theme, pace).

    ``order`` and ``batch_size`` are ``None`` for the film's own choice; ``duration`` (seconds)
    overrides ``pace`` (a factor on the speed). ``rule`` and ``schedule`` are the texts that
    :mod:`gdcore.rules` and :mod:`gdcore.schedules` read.

    ``b0`` is the start of the bias, in films that have one. Films that compare take ``rates``,
    ``rules`` (texts as ``rule``) and a ``landscape`` of :mod:`gdcore.landscapes`; without any rates
    or rules they choose their own.

    Raises :class:`LessonError` for a value outside its range.
    """

    data: Dataset = LECTURE
    w0: float = 1.0
    b0: float = 0.0
    lr: float = 0.01
    epochs: int = 100
    order: str | None = None
    batch_size: int | None = None
    rule: str = "sgd"
    schedule: str = "constant"
    rates: tuple[float, ...] = ()
    rules: tuple[str, ...] = ()
    landscape: str = "ravine"
    seed: int = 0
    lang: str = "zh"
    theme: str = "dark"
    pace: float = 1.0
    duration: float | None = None

    def __post_init__(self) -> None:
        """Refuse what no film could show."""
        for knob, start in (("w0", self.w0), ("b0", self.b0)):
            if not (math.isfinite(start) and abs(start) <= START_MAX):
                raise LessonError(knob, f"the start must lie within ±{START_MAX:g}, not {start!r}")
        for knob, rate in (("lr", self.lr), *(("rates", rate) for rate in self.rates)):
            if not (math.isfinite(rate) and 0 < rate <= RATE_MAX):
                bounds = f"above 0 and at most {RATE_MAX:g}"
                raise LessonError(knob, f"the rate must be {bounds}, not {rate!r}")
        for rule in self.rules:
            parse_rule(rule)
        _one_of("landscape", self.landscape, tuple(LANDSCAPES))
        _within("epochs", self.epochs, EPOCHS_RANGE)
        _within("pace", self.pace, PACE_RANGE)
        if self.duration is not None:
            _within("duration", self.duration, DURATION_RANGE)
        _one_of("lang", self.lang, LANGUAGES)
        _one_of("theme", self.theme, THEMES)
        if self.epochs * self.data.n > UPDATES_MAX:
            raise LessonError(
                "epochs",
                f"{self.epochs} epochs of {self.data.n} samples are more than {UPDATES_MAX:,} "
                "sample gradients; choose fewer epochs or samples",
            )


def _within(knob: str, value: float, bounds: tuple[float, float]) -> None:
    low, high = bounds
    if not (math.isfinite(value) and low <= value <= high):
        raise LessonError(knob, f"{knob} must lie between {low:g} and {high:g}, not {value!r}")


def _one_of(knob: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise LessonError(knob, f"{knob} must be one of {', '.join(allowed)}, not {value!r}")
