"""Which lesson a live page begins with."""

from __future__ import annotations

from cli.console.failures import BadData, BadValue
from cli.console.language import say
from cli.request.lessons import Asked, knobs_named
from gdcore.sampling import ORDERS
from scenes import FILMS, Film, Lesson
from scenes.catalogue.knobs import knobs_of, option_of
from scenes.catalogue.takes import needs_slope

MOST = 1000  # samples: each change makes the whole descent anew
TAKES = (
    "data", "x_name", "y_name", "w0", "lr", "epochs", "order", "batch_size", "rule", "seed",
)  # fmt: skip


def film_of(order: str | None) -> Film:
    """The film that shows descents in this order; None is the batch."""
    return FILMS["batch" if order in (None, ORDERS[0]) else "sgd"]


def lesson_of(asked: Asked) -> Lesson:
    """The lesson of these options; start and rate as the film of its order chooses them.

    Raises BadValue for an option that a live page does not take, and BadData for samples that are
    too many, or on which w changes nothing.
    """
    for name, knob in knobs_of(Lesson).items():
        if name in asked.knobs and name not in TAKES:
            taken = ", ".join(f"--{each.replace('_', '-')}" for each in TAKES)
            message = say("a live page does not take it; it takes {options}", options=taken)
            raise BadValue(f"{option_of(name, knob.kind)}:", message)
    lesson = asked.of(film_of(asked.knobs.get("order")))
    with knobs_named():
        needs_slope(lesson)
    if lesson.data.n > MOST:
        many = "--data: a live page shows at most {most} samples, not {n}; choose fewer"
        raise BadData(say(many, most=MOST, n=lesson.data.n))
    if (lesson.batch_size or 1) > lesson.data.n:
        raise BadValue("--batch-size:", say("must lie between 1 and {n}", n=lesson.data.n))
    return lesson
