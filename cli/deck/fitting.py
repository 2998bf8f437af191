"""``--max-size`` of a deck: all its films are made smaller in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from cli.making.max_size import given_up
from cli.making.orders import Order
from pipeline import RenderJob
from pipeline.job.fitting import fitted


def within(
    made: Sequence[Order], limit: int, size_of: Callable[[Sequence[Order]], int]
) -> tuple[list[Order], list[str]]:
    """The orders whose deck has at most `limit` bytes, and what was given up for it.

    `size_of` makes a deck and returns its bytes. Raises what `fitted` and `size_of` raise.
    """
    first = made[0].job
    found = fitted(first, limit, lambda job: size_of([_like(order, job) for order in made]))
    return [_like(order, found.job) for order in made], given_up(first, found, limit)


def _like(order: Order, job: RenderJob) -> Order:
    """The order with the frames and the encoding of `job`."""
    own = order.job
    expected = own.expected_frames
    if expected is not None:
        expected = round(expected * job.frame.fps / own.frame.fps)
    changed = replace(own, frame=job.frame, encoding=job.encoding, expected_frames=expected)
    return replace(order, job=changed)
