"""Shows estimates of the time of a rendering and of the size of its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cli.console.language import say
from cli.console.streams import put, put_json
from cli.console.tables import clock, size, table
from cli.making.orders import Order, chosen_in
from pipeline import estimate

_ESTIMATED = ("frames", "duration", "estimated_seconds", "estimated_size")


def show(orders: Sequence[Order], as_json: bool) -> None:
    """Print what the orders would make. Nothing is rendered and no file is created."""
    rows = [_row(order) for order in orders]
    if as_json:
        for row, order in zip(rows, orders, strict=True):
            row["chosen"] = chosen_in(order)
        put_json({"dry_run": True, "estimates": True, "files": rows})
        return
    about = say("about")
    head = [
        say("film"), say("frames"), say("length"), say("picture"), about, about, say("file"),
    ]  # fmt: skip
    cells = [
        (order.name, _known(str, r["frames"]), _known(clock, r["duration"]),
         f"{r['width']}x{r['height']}", _known(clock, r["estimated_seconds"]),
         _known(size, r["estimated_size"]), r["path"])
        for order, r in zip(orders, rows, strict=True)
    ]  # fmt: skip
    for line in table([head, *cells], right=(1, 2, 3, 4, 5)):
        put(line)
    put(say("Time and size are estimates from measurements on two cores; nothing was rendered."))
    if any(order.request.speaker for order in orders):
        put(say("The lengths are those without the voice."))


def _row(order: Order) -> dict[str, Any]:
    picture = order.job.delivered
    known: dict[str, Any] = dict.fromkeys(_ESTIMATED)  # None: not known of a scene file
    if order.frames is not None:
        frames = -(-order.frames * picture.fps // order.job.frame.fps)
        guess = estimate(picture, order.job.encoding, frames)
        values = frames, frames / picture.fps, round(guess.seconds, 1), guess.size
        known = dict(zip(_ESTIMATED, values, strict=True))
    return {
        "film": order.film.name,
        "part": order.part,
        "path": str(order.job.output),
        "width": picture.width,
        "height": picture.height,
        "fps": picture.fps,
        **known,
    }


def _known(text_of: Callable[[Any], str], value: Any) -> str:
    """The text of a value, ``?`` if it is not known."""
    return "?" if value is None else text_of(value)
