"""Film `plane`: replays with running numbers, and the way to the close view and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from scenes import FILMS, Telling
from scenes.catalogue.theme import THEMES
from scenes.locales import texts
from scenes.stage.maps.plane_world import PlaneWorld
from scenes.stage.maps.trail import FADED
from scenes.stage.page.layout import layout
from scenes.stage.page.motion import visibility
from tests.claims.shown import value

ENGLISH = Telling(lang="en")
FILM = FILMS["plane"]


class Eye:
    """Looks at all pictures of a film, and remembers what it saw."""

    def __init__(self) -> None:
        self.seen: list[tuple[bool, bool]] = []  # whether the ends are told, and are reached
        self.valleys: set[int] = set()
        self.close = 0

    def look(self, scene: Any, seconds: float) -> None:
        """Look at the present picture."""
        self._valley(scene, seconds)
        if hasattr(scene, "ends"):
            self._ends(scene, seconds)
            self._race(scene, seconds)
        if hasattr(scene, "close_up"):
            self._frame(scene, seconds)

    def _valley(self, scene: Any, seconds: float) -> None:
        """While ℓᵢ = 0 is written, the place is in the valley of sample i."""
        for line in (line for part in scene.said for line in part):
            code = getattr(line, "typst_code", "")
            if "ell_" in code and "= 0" in code:
                i = int(code.split("ell_")[1].split()[0]) - 1
                x, y = scene.lesson.data.x[i], scene.lesson.data.y[i]
                at = scene.field.plot.weights(scene.world.probe.get_center()[None])[0]
                assert (at @ [x, 1.0] - y) ** 2 < 1e-6, seconds
                self.valleys.add(i)

    def _ends(self, scene: Any, seconds: float) -> None:
        """Where the ends are told, both stand at their ends."""
        walks = scene.world.batch, scene.world.sgd
        done = all(walk.trail.reached == walk.trace.updates for walk in walks)
        lines = scene.ends.family_members_with_points() if scene.ends in scene.mobjects else []
        told = any(visibility(part) > 0.3 for part in lines)
        self.seen.append((told, done))
        assert done or not told, seconds

    def _race(self, scene: Any, seconds: float) -> None:
        """The numbers of the replay are those of the points on the map."""
        figures = scene.race.count.figures
        if visibility(figures[0]) < 0.3:
            return
        batch, sgd = scene.world.batch, scene.world.sgd
        at = batch.trail.reached / batch.trace.updates_per_epoch
        assert int(figures[0].text) == int(at + 1e-9), seconds
        for figure, walk in zip(figures[1:], (batch, sgd), strict=True):
            true = scene.facts.objective.cost(walk.trail.at(walk.trail.reached))
            assert value(figure.text) == pytest.approx(true, rel=0.06, abs=6e-3), seconds

    def _frame(self, scene: Any, seconds: float) -> None:
        """The frame is around the close view, also on the way; SGD comes by in it."""
        plot, stop, frame = scene.field.plot, scene.close_up.stop, scene.close_up.frame
        if plot.window == scene.field.whole or frame not in scene.mobjects:
            return
        ends = stop.window.middle - stop.window.half, stop.window.middle + stop.window.half
        low, high = (plot.at(*end)[:2] for end in ends)
        low = np.maximum(low, [plot.inner.left, plot.inner.bottom])
        high = np.minimum(high, [plot.inner.right, plot.inner.top])
        points = frame.points[:, :2]
        assert points.min(axis=0) == pytest.approx(low, abs=1e-6), seconds
        assert points.max(axis=0) == pytest.approx(high, abs=1e-6), seconds
        trail = scene.world.sgd.trail
        if plot.window == stop.window and stop.first <= trail.reached <= stop.last:
            self.close += 1
            assert plot.contains(*trail.at(trail.reached)), seconds


@pytest.mark.slow
@pytest.mark.parametrize("spec", ["lecture", "2,1 2,3"])
def test_numbers_and_frame_follow_the_replays(watch: Callable[..., Any], spec: str) -> None:
    """And the last picture is the whole map with both ends."""
    eye = Eye()
    scene = watch("plane", FILM.lesson(data=parse_data(spec)), eye.look, telling=ENGLISH)
    assert (False, False) in eye.seen and eye.seen[-1] == (True, True)
    crossed = {i for i in range(scene.lesson.data.n) if len(scene.valley_map.ends(i))}
    assert eye.valleys == crossed and len(crossed) == (3 if spec == "lecture" else 1)
    assert (eye.close > 4) == (spec == "lecture")
    assert scene.field.plot.window == scene.field.whole
    for walk in (scene.world.batch, scene.world.sgd):
        middle = walk.trail.head.get_center()
        assert middle == pytest.approx(scene.field.plot.at(*walk.trace.theta[-1]), abs=1e-9)


def test_of_a_dense_zigzag_the_older_steps_are_thin_and_in_a_close_view_are_not() -> None:
    """300 steps would fill an area; 12 do not."""
    lesson = FILM.lesson()
    world = PlaneWorld(FILM.traces(lesson), layout(128 / 9, 8.0), THEMES["dark"], texts("en"))
    trail, whole = world.sgd.trail, world.map.whole
    trail.reach(world.sgd.trace.updates)
    assert len(trail.old.points) > 4 * 100
    assert trail.old.get_stroke_width() <= 0.5 * trail.line.get_stroke_width()
    assert trail.old.get_stroke_opacity() == FADED
    place = world.batch.trace.theta[-1]
    world.map.plot.add_layer(whole.around(place, 0.05))
    world.look(whole.around(place, 0.05), 1.0)
    near = np.abs(world.sgd.trace.theta - place) <= 0.05 * whole.half
    assert 0 < np.count_nonzero(near.all(axis=1)) <= 60
    assert len(trail.line.points) > 0 and not len(trail.old.points)
