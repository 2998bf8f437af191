"""How the line of the factors and the parabola exchange their places."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from manim import smooth

from scenes.stage.page.layout import GAP, Box

_THIN, _MOVED = 0.35, 0.72  # shares of the time: until the line is thin; until both have moved


@dataclass(frozen=True)
class Exchange:
    """The line goes from ``stage`` to ``side``, the parabola from ``corner`` to ``home``.

    The line first becomes so thin that the parabola can pass it; then both move, one each way; at
    last both grow. In ``upright`` frames the side is below the stage, and they pass side by side.
    """

    stage: Box
    side: Box
    corner: Box
    home: Box
    upright: bool

    @property
    def _lane(self) -> Box:
        """The part of the side in which the line is thin: the corner's place is left free."""
        if self.upright:
            return self.side.inset(left=self.corner.right + GAP - self.side.left)
        return self.side.inset(top=self.side.top - self.corner.bottom + GAP)

    def line(self, t: float) -> Box:
        """The box of the line at the share ``t`` of the time."""
        thin, moved, grown = _shares(t)
        passing = _mixed(self.stage, self._lane, *self._ordered(moved, thin))
        return passing.towards(self.side, grown)

    def parabola(self, t: float) -> Box:
        """The box of the parabola at the share ``t`` of the time."""
        _, moved, grown = _shares(t)
        return _mixed(self.corner, self.home, *self._ordered(moved, grown))

    def _ordered(self, along: float, sideways: float) -> tuple[float, float]:
        """What is done along the way and sideways, as amounts across and up."""
        return (sideways, along) if self.upright else (along, sideways)


def _shares(t: float) -> tuple[float, float, float]:
    """How much is done at ``t`` of getting thin, of moving, of growing."""
    edges = 0.0, _THIN, _MOVED, 1.0
    thin, moved, grown = (
        float(smooth(min(max((t - start) / (stop - start), 0.0), 1.0)))
        for start, stop in pairwise(edges)
    )
    return thin, moved, grown


def _mixed(start: Box, stop: Box, across: float, up: float) -> Box:
    """A box on the way: its left and right edge at one share of it, the others at another."""
    one, other = start.towards(stop, across), start.towards(stop, up)
    return Box(one.left, other.bottom, one.right, other.top)
