"""What the script of the page starts from, as plain values for JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from cli.console.installation import is_checkout
from cli.deck.live.words import words
from gdcore.data import LECTURE, Dataset, parse_data
from gdcore.dataset import DataError
from gdcore.rules import RULES, parse_rule
from gdcore.sampling import ORDERS, Sampling
from gdcore.spec import Number
from scenes import Lesson
from scenes.catalogue.theme import Theme

_BELOW, _ABOVE = 2, 3  # decades of the rate's slider around the lesson's rate


def numbers(lesson: Lesson, theme: Theme, in_url: bool) -> dict[str, Any]:
    """Data, choices, and the order of the samples at each update, as gdcore draws it.

    `in_url`: the state stands in the page's address. A deck's address has the slide instead.
    """
    size = lesson.batch_size or 1
    rule = parse_rule(lesson.rule)
    return {
        "words": words(),
        "hues": list(theme.samples),
        "in_url": in_url,
        "program": "./gd" if is_checkout() else "gd",
        "data": _data(lesson),
        "start": lesson.w0,
        "rate": lesson.lr,
        "rates": _slider(lesson.lr),
        "epochs": lesson.epochs,
        "usual_epochs": Lesson().epochs,
        "seed": lesson.seed,
        "batch_size": size,
        "updates_per_epoch": Sampling(ORDERS[1], size).updates_per_epoch(lesson.data.n),
        "order": lesson.order or ORDERS[0],
        "orders": {order: _order(order, lesson) for order in ORDERS},
        "rule": {"name": rule.name, "numbers": dict(rule.settings)},
        "rules": {name: _ranges(settings) for name, settings in RULES.items()},
    }


def _order(order: str, lesson: Lesson) -> list[list[int]] | None:
    """The samples of each update; of one epoch if all are alike; None if it is always all."""
    if order == ORDERS[0]:
        return None
    epochs = 1 if order == "in-order" else lesson.epochs
    drawn = Sampling(order, lesson.batch_size or 1, lesson.seed).draw(lesson.data.n, epochs)
    return [[i for i in row if i >= 0] for row in drawn.tolist()]


def _ranges(settings: dict[str, Number]) -> dict[str, dict[str, float]]:
    """Of each number of a rule the default, and the bounds that are finite."""
    found = {}
    for name, number in settings.items():
        bounds = {key: getattr(number, key) for key in ("least", "most", "above", "below")}
        finite = {key: bound for key, bound in bounds.items() if math.isfinite(bound)}
        found[name] = {"value": float(number.default), **finite}
    return found


def _slider(rate: float) -> list[float]:
    """The least and the largest rate of the slider: powers of ten."""
    decade = min(max(math.floor(math.log10(rate)), -300), 27)
    return [float(f"1e{decade - _BELOW}"), float(f"1e{decade + _ABOVE}")]


def _data(lesson: Lesson) -> dict[str, Any]:
    data = lesson.data
    spelled = ["--data", spelling(data)] if not data.has_samples_of(LECTURE) else []
    asked = _names(lesson.x_name, lesson.y_name)
    return {
        "x": data.x.tolist(),
        "y": data.y.tolist(),
        "names": [data.x_name, data.y_name],
        "words": spelled + asked,
        "names_words": _names(data.x_name, data.y_name),
    }


def _names(x_name: str, y_name: str) -> list[str]:
    options = (("--x-name", x_name), ("--y-name", y_name))
    return [word for option, name in options if name for word in (option, name)]


def spelling(data: Dataset) -> str:
    """A text for `--data` that gives these samples: a name or a file if one does, else points."""
    for text in _names_of(data):
        try:
            if parse_data(text).has_samples_of(data):
                return text
        except DataError:
            continue
    pairs = zip(data.x.tolist(), data.y.tolist(), strict=True)
    return " ".join(f"{_shortest(x)},{_shortest(y)}" for x, y in pairs)


def _shortest(value: float) -> str:
    """The shortest text that reads back equal."""
    return repr(value).removesuffix(".0")


def _names_of(data: Dataset) -> Iterator[str]:
    if data.source is None:
        yield data.name
        return
    yield str(data.source)
    yield f"{data.source}:{data.x_name},{data.y_name}"
