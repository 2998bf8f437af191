"""``--poster``: a picture beside each film, under the same name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cli.making.orders import Order
from pipeline import Part, Png
from scenes import Film


def with_posters(orders: Sequence[Order]) -> tuple[Order, ...]:
    """The orders, and after those of each film the one for its poster."""
    return tuple(_with_posters(orders))


def _with_posters(orders: Sequence[Order]) -> Iterator[Order]:
    for number, order in enumerate(orders):
        yield order
        after = orders[number + 1 : number + 2]
        if not after or after[0].chosen != order.chosen:
            yield _poster_of(order)


def _poster_of(order: Order) -> Order:
    """The last frame of the section that stands for the film; else of the part, or the scene."""
    film, part = order.film, order.chosen.part
    if isinstance(film, Film):
        names = [section.name for section in film.sections]
        if part is not None:
            names = [names[place] for place in part.among(names)]
        if film.picture in names:
            part = Part.of(film.picture)
    job = replace(
        order.job, encoding=Png(), part=part, output=order.job.output.with_suffix(".png"),
        expected_frames=1,
    )  # fmt: skip
    return replace(order, job=job, frames=1)
