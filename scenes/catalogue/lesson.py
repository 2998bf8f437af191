"""`Lesson`: what a film teaches with, decided once and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field

from gdcore.data import LECTURE, Dataset
from gdcore.landscapes import LANDSCAPES
from gdcore.message import Message
from gdcore.ranges import Range
from gdcore.rules import RULES, parse_rule
from gdcore.sampling import ORDERS
from gdcore.schedules import SCHEDULES, parse_schedule
from scenes.catalogue.knobs import (
    Choice,
    KnobError,
    Samples,
    Several,
    Spelled,
    Words,
    check_knobs,
    knob,
)

START_MAX, RATE_MAX = 1e30, 1e30
EPOCHS_MAX, UPDATES_MAX = 10_000, 100_000
SEED_MAX = 2**53

_START = Range(least=-START_MAX, most=START_MAX)
_RATE = Range(above=0, most=RATE_MAX)
_RULE = Spelled(parse_rule, tuple(RULES))


@dataclass(frozen=True)
class Lesson:
    """What is taught: data, start, rate, epochs and everything else that decides the numbers.

    If ``order`` or ``batch_size`` is None, or ``rates`` or ``rules`` is empty, the film chooses.
    ``rule``, ``rules`` and ``schedule`` are texts that :mod:`gdcore.rules` and
    :mod:`gdcore.schedules` read; ``landscape`` is a name of :mod:`gdcore.landscapes`.
    ``x_name`` and ``y_name`` become the names in ``data``, if they are given.

    ``chosen`` is no knob. It names the knobs whose values the film chose because of these data: the
    frame and the command say so.

    Raises `KnobError` for a value outside its range.
    """

    data: Dataset = knob(
        LECTURE,
        Samples(),
        "Samples: lecture, noisy, heights, random[:n=20,w=2,sigma=0.5,seed=0], points such as "
        "'1,2 2,4 3,6', or a file: points.csv or points.csv:XCOLUMN,YCOLUMN.",
        metavar="DATA",
        varies=True,
    )
    x_name: str = knob(
        "",
        Words(),
        "Name of the x axis of the samples, as 'height [cm]'. Default: the file's column, or x.",
        metavar="TEXT",
    )
    y_name: str = knob(
        "",
        Words(),
        "Name of the y axis of the samples. Default: the file's column, or y.",
        metavar="TEXT",
    )
    w0: float = knob(
        1.0,
        _START,
        "Start: the first w, from {least:g} to {most:g}.",
        varies=True,
    )
    b0: float = knob(0.0, _START, "Start of the bias b, in films that have one.", varies=True)
    lr: float = knob(
        0.01,
        _RATE,
        "Learning rate, above {above:g} and at most {most:g}. Without it data other than the "
        "lecture's get a rate that suits them.",
        varies=True,
    )
    epochs: int = knob(
        100,
        Range(least=1, most=EPOCHS_MAX, whole=True),
        "Epochs, from {least:g} to {most:,}.",
        varies=True,
    )
    order: str | None = knob(None, Choice(ORDERS), "Order of the samples. Default: the film's own.")
    batch_size: int | None = knob(
        None,
        Range(least=1, most=1_000_000, whole=True),
        "Samples for one update, from 1. Default: the film's own.",
    )
    rule: str = knob(
        "sgd",
        _RULE,
        "Update rule: {names}; with its numbers (PyTorch's names and defaults) as in "
        "momentum:momentum=0.9.",
        metavar="RULE",
        varies=True,
    )
    schedule: str = knob(
        "constant",
        Spelled(parse_schedule, tuple(SCHEDULES)),
        "Schedule of the rate: {names}; with its numbers as in step:step_size=30,gamma=0.1.",
        metavar="SCHEDULE",
    )
    rates: tuple[float, ...] = knob(
        (),
        Several(_RATE),
        "Learning rates, in films that compare several. Default: the film's own.",
        metavar="X,X,…",
    )
    rules: tuple[str, ...] = knob(
        (),
        Several(_RULE),
        "Update rules, in films that compare several. Default: the film's own.",
        metavar="RULE,RULE,…",
    )
    landscape: str = knob(
        "ravine",
        Choice(tuple(LANDSCAPES)),
        "The function of two weights to descend, in films that have one.",
        varies=True,
    )
    seed: int = knob(
        0,
        Range(least=0, most=SEED_MAX, whole=True),
        "Seed of the random orders, from 0; for a scene file, manim's seed.",
    )
    chosen: tuple[str, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        """Refuse a lesson that no film can show, and name the data's axes."""
        check_knobs(self)
        if self.x_name or self.y_name:
            object.__setattr__(self, "data", self.data.named(self.x_name, self.y_name))
        if self.epochs * self.data.n > UPDATES_MAX:
            raise KnobError(
                "epochs",
                Message(
                    "{epochs} epochs of {n} samples are more than {most:,} sample gradients; "
                    "choose fewer epochs or samples",
                    epochs=self.epochs,
                    n=self.data.n,
                    most=UPDATES_MAX,
                ),
            )
