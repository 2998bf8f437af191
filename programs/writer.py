"""A short program of our own that makes the lecture's descents: its text, for any data and rate.

It prints what the lecture's programs print, digit by digit: it adds up in the order of the samples,
divides at the end, and squares with ``**``. Numbers are written in their shortest exact form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from gdcore.dataset import Dataset
from programs.columns import columns_of

LITERAL = 4  # samples at most that are written into the text; more are read by name
Samples = Sequence[tuple[float, float]]

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Program:
    """A program's text and what its statements are for.

    `parts` maps a statement's name to its first and last line, counted from 1; `assigned` maps it
    to the variables that it sets. `body` names the statements of the loop. `samples` are the (x, y)
    that the text reads under this name if they are not written out.
    """

    source: str
    order: str
    samples: Samples = field(repr=False)
    parts: Mapping[str, tuple[int, int]]
    assigned: Mapping[str, tuple[str, ...]]
    body: tuple[str, ...]

    @property
    def measured(self) -> str:
        """The variable that is printed as the loss: one sample's, or the cost of all."""
        return "cost" if self.order == "batch" else "loss"


@dataclass(frozen=True)
class _Statement:
    """A statement: head, items between commas, tail. A line may end after a comma."""

    name: str
    depth: int
    head: str
    items: tuple[str, ...] = ()
    tail: str = ""
    assigned: tuple[str, ...] = ()


def write_program(
    data: Dataset,
    w0: float,
    lr: float,
    epochs: int,
    order: str,
    *,
    width: int = 44,
    indent: int = 4,
    comments: Mapping[str, str] = _NOTHING,
) -> Program:
    """The program for `order` "in-order" (one sample at a time) or "batch" (all of them).

    Lines are broken at commas to have at most `width` columns, as far as that is possible.
    `comments` maps statements' names to comments; they are written where there is room for them.
    Raises ValueError for another order.
    """
    if order not in ("in-order", "batch"):
        raise ValueError(f"order must be in-order or batch, not {order!r}")
    samples = list(zip(data.x.tolist(), data.y.tolist(), strict=True))
    rest = _batch() if order == "batch" else _stochastic()
    loop = _Statement("epoch", 0, f"for epoch in range({epochs}):", assigned=("epoch",))
    statements = [
        _data(samples, width),
        *_start(w0, lr, order, width),
        _predict("before"),
        loop,
        *rest,
        _predict("after"),
    ]
    lines: list[str] = []
    parts: dict[str, tuple[int, int]] = {}
    for statement in statements:
        if statement.name == "before":
            lines.append("")
        rows = _broken(statement, width, indent)
        if comment := comments.get(statement.name):
            rows = _commented(rows, comment, width)
        parts[statement.name] = (len(lines) + 1, len(lines) + len(rows))
        lines += rows
    assigned = {statement.name: statement.assigned for statement in statements}
    body = ("epoch", *(statement.name for statement in rest))
    return Program("\n".join(lines) + "\n", order, samples, parts, assigned, body)


def _stochastic() -> list[_Statement]:
    return [
        _Statement("sample", 1, "for x, y in data:", assigned=("x", "y")),
        _Statement("predict", 2, "p = w*x", assigned=("p",)),
        _Statement("gradient", 2, "grad = 2*x*(p - y)", assigned=("grad",)),
        _Statement("update", 2, "w = w - lr*grad", assigned=("w",)),
        _print("report", 2, r'"\tgrad:"', "x", "y", "grad"),
        _Statement("loss", 1, "loss = (w*x - y)**2", assigned=("loss",)),
        _print("progress", 1, '"progress:", epoch', '"w=", w', '"loss=", loss'),
    ]


def _batch() -> list[_Statement]:
    return [
        _Statement("zero", 1, "grad = cost = 0.0"),
        _Statement("sample", 1, "for x, y in data:", assigned=("x", "y")),
        _Statement("predict", 2, "p = w*x", assigned=("p",)),
        _Statement("gradient", 2, "grad += 2*x*(p - y)", assigned=("grad",)),
        _Statement("loss", 2, "cost += (p - y)**2", assigned=("cost",)),
        _Statement("mean-gradient", 1, "grad = grad / n", assigned=("grad",)),
        _Statement("mean-cost", 1, "cost = cost / n", assigned=("cost",)),
        _Statement("update", 1, "w = w - lr*grad", assigned=("w",)),
        _print("progress", 1, '"Epoch:", epoch', '"w=", w', '"loss=", cost'),
    ]


def _print(name: str, depth: int, *items: str) -> _Statement:
    return _Statement(name, depth, "print(", items, ")")


def _predict(when: str) -> _Statement:
    return _print(when, 0, f'"Predict ({when} training)"', "4, 4*w")


def _data(samples: Samples, width: int) -> _Statement:
    """The samples written out if they are few and short, otherwise the name that holds them."""
    written = _Statement("data", 0, "data = [", tuple(map(repr, samples)), "]")
    if len(samples) <= LITERAL and max(map(len, _broken(written, width, 0))) <= width:
        return written
    return _Statement("data", 0, "data = samples")


def _start(w0: float, lr: float, order: str, width: int) -> list[_Statement]:
    values = {"w": repr(w0), "lr": repr(lr)}
    if order == "batch":
        values["n"] = "len(data)"
    together = f"{', '.join(values)} = {', '.join(values.values())}"
    if len(together) <= width:
        return [_Statement("start", 0, together)]
    names = {"w": "start", "lr": "rate", "n": "count"}
    return [_Statement(names[name], 0, f"{name} = {text}") for name, text in values.items()]


def _broken(statement: _Statement, width: int, indent: int) -> list[str]:
    """The statement's lines, broken at commas; indented to the bracket, or else by one level."""
    margin = " " * (indent * statement.depth)
    head, items = margin + statement.head, list(statement.items)
    if not items:
        return [head]
    rows = _packed(head, items, statement.tail, " " * len(head), width)
    if max(map(len, rows)) > width and indent:
        inner = margin + " " * indent
        rows = [head, *_packed(inner, items, statement.tail, inner, width)]
    return rows


def _packed(head: str, items: list[str], tail: str, margin: str, width: int) -> list[str]:
    rows = [head + items[0]]
    for number, item in enumerate(items[1:], start=2):
        closing = tail if number == len(items) else ","
        if len(f"{rows[-1]}, {item}{closing}") <= width:
            rows[-1] += f", {item}"
        else:
            rows[-1] += ","
            rows.append(margin + item)
    rows[-1] += tail
    return rows


def _commented(rows: list[str], comment: str, width: int) -> list[str]:
    """The rows, with a comment behind the last one if there is room."""
    last = f"{rows[-1]}  # {comment}"
    return [*rows[:-1], last] if columns_of(last) <= width else rows
