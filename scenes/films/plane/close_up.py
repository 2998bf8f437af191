"""The way from the whole map to a close view and back, with a frame that says where the view is."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from scenes.films.plane.dive import Stop
from scenes.stage.maps.plane_chart import Window
from scenes.stage.maps.plane_world import PlaneWorld
from scenes.stage.plots.shapes import rectangle

ONE_BY_ONE = 24  # updates; of more the valleys would only flicker


class CloseUp:
    """``frame``: where the close view is; ``moving``: all that the methods change.

    SGD's point moves along; the running numbers and the line are its own.
    """

    def __init__(self, world: PlaneWorld, other: VMobject, stop: Stop) -> None:
        """``other``: batch's line in the data plot."""
        self.world, self.stop, field = world, stop, world.map
        self.frame = VMobject(color=world.theme.ink, stroke_width=3, fill_opacity=0)
        field.plot.add_layer(stop.window)
        parts = [field.plot, field.goal, field.valleys.lines, field.valleys.crowd]
        trails = [field.valleys.active, world.batch.trail, world.sgd.trail]
        self.moving = world.moving(*parts, *trails, world.data.rings, other, self.frame)
        self.one_by_one = stop.last - stop.first <= ONE_BY_ONE

    def stand(self, t: float) -> None:
        """SGD at its fractional update ``t``; the frame is around all that the map shows."""
        self.world.show(self.world.sgd, t)
        self._lay_frame(self.world.map.whole)

    def mark(self, share: float) -> None:
        """The frame shrinks to the close view, while SGD goes back to where it came into it."""
        world, whole = self.world, self.world.map.whole
        last = float(world.sgd.trace.updates)
        world.show(world.sgd, last + share * (self.stop.first - last))
        self._lay_frame(whole.towards(self.stop.window, share))

    def dive(self, share: float) -> None:
        """From the whole map to the close view, by even factors."""
        self._look(share)

    def come_by(self, t: float) -> None:
        """SGD passes; each update's valley is lit, if there are few."""
        world, k = self.world, min(int(t), self.stop.last - 1)
        if self.one_by_one:
            world.look_at(world.sgd, k)
        world.show(world.sgd, t)

    def leave(self, share: float) -> None:
        """Back to the whole map, while SGD makes the rest of its updates."""
        world, last = self.world, float(self.world.sgd.trace.updates)
        world.sgd.trail.reached = self.stop.last + share * (last - self.stop.last)
        self._look(1 - share)
        world.show(world.sgd, world.sgd.trail.reached)

    def _look(self, depth: float) -> None:
        self.world.look(self.world.map.whole.towards(self.stop.window, depth), depth)
        self._lay_frame(self.stop.window)

    def _lay_frame(self, window: Window) -> None:
        """Draw the edges of ``window``, as far as the map shows them."""
        plot, inner = self.world.map.plot, self.world.map.plot.inner
        corners = np.stack([window.middle - window.half, window.middle + window.half])
        (left, right), (bottom, top) = plot.map(*corners.T)[:, :2].T
        edges = (
            max(left, inner.left),
            max(bottom, inner.bottom),
            min(right, inner.right),
            min(top, inner.top),
        )
        self.frame.points = rectangle(*map(float, edges))
