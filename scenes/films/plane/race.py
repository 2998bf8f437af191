"""Both descents of `plane` at the same epoch, with numbers that run with them."""

from __future__ import annotations

from collections.abc import Mapping

from manim import VGroup, VMobject

from scenes.films.plane.captions import Facts
from scenes.stage.maps.plane_world import PlaneWorld, Walk
from scenes.stage.page.layout import Layout
from scenes.stage.page.readouts import Readout, Readouts


class Race:
    """``count``: the epoch and J of either descent; ``moving``: all that :meth:`show` changes."""

    def __init__(
        self,
        world: PlaneWorld,
        other: VMobject,
        words: Mapping[str, str],
        facts: Facts,
        layout: Layout,
    ) -> None:
        """``other``: batch's line in the data plot; ``words``: those of the film's language."""
        self.world, self.epochs = world, facts.lesson.epochs
        self._walks = [(world.batch, other), (world.sgd, world.data.line)]
        items = [
            Readout(words["common.epoch-count"], world.theme.ink, str(self.epochs)),
            *(
                Readout(f"{words[f'plane.{name}-name']} J", walk.color, self._widest(walk), "J")
                for name, walk in (("batch", world.batch), ("sgd", world.sgd))
            ),
        ]
        self.count = Readouts(items, world.regions.notes, world.theme, layout.scale)
        self.moving = VGroup(other, world.data.line, world.batch.trail, world.sgd.trail, self.count)

    def _widest(self, walk: Walk) -> str:
        """The longest text of J among the ends and the least."""
        costs = walk.trace.cost
        least = costs[costs > 0].min(initial=costs[0])
        return max(map(self.world.cost_text, map(float, (costs[0], costs[-1], least))), key=len)

    def show(self, share: float) -> None:
        """Show both at a ``share`` of all epochs."""
        world, epochs, costs = self.world, share * self.epochs, []
        for walk, line in self._walks:
            trail, trace = walk.trail, walk.trace
            trail.reach(min(epochs * trace.updates_per_epoch, trace.updates))
            theta = trail.at(trail.reached)
            world.data.lay(line, *map(float, theta))
            costs.append(world.cost_text(world.map.objective.cost(theta)))
        self.count.write(str(int(epochs + 1e-9)), *costs)
