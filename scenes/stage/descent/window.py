"""What a plot shows of the plane of w and J, and how a view moves from one window to another."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[float, float]


@dataclass(frozen=True)
class Window:
    """A range of w and a range of J."""

    w: Span
    cost: Span

    def about(self, w: float, cost: float, level: float) -> Window:
        """The window about (w, cost) for errors that have halved ``level`` times.

        A parabola with its lowest place there looks the same in it.
        """
        across, up = 2.0**-level, 4.0**-level
        return Window(
            (w + (self.w[0] - w) * across, w + (self.w[1] - w) * across),
            (cost + (self.cost[0] - cost) * up, cost + (self.cost[1] - cost) * up),
        )

    def towards(self, other: Window, amount: float) -> Window:
        """The window at ``amount`` of a zoom to the ``other``: even in its magnification."""
        return Window(zoomed(self.w, other.w, amount), zoomed(self.cost, other.cost, amount))


def zoomed(start: Span, stop: Span, amount: float) -> Span:
    """A range on the way to another; the place that both show in the same place stays there."""
    wide, narrow = start[1] - start[0], stop[1] - stop[0]
    now = wide * (narrow / wide) ** amount
    alike = abs(narrow / wide - 1) < 1e-6
    share = amount if alike else (wide - now) / (wide - narrow)
    low = start[0] + (stop[0] - start[0]) * share
    return low, low + now
