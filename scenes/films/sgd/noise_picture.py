"""The section about noise: the samples are dragged, a region opens, and the point stays in it."""

from __future__ import annotations

from collections.abc import Callable

from manim import VMobject

from gdcore.trace import Trace
from scenes.films.sgd.noise_marks import NoiseMarks
from scenes.films.sgd.pictures import Picture
from scenes.stage.descent.moving_parabolas import View
from scenes.stage.descent.walker import between
from scenes.stage.page.layout import Box

_FEW, _MANY, _DIVE = 3, 12, 3  # updates shown as hops, at least and at most; those of the dive
_NEAR = 0.35  # of the close view's width: a point so near to its middle is in it


class NoisePicture:
    """Drives the picture of noisy data: each method gives, or is, a function of one number."""

    def __init__(self, picture: Picture, trace: Trace) -> None:
        self.picture, self.trace = picture, trace
        self.marks = NoiseMarks(picture.field, trace)
        marks = self.marks
        self.mixed: list[VMobject] = [
            *picture.parts,
            marks.region,
            marks.minima,
            marks.band,
            marks.visits,
        ]
        walker, line = picture.field.walker, picture.samples.live
        self.running: list[VMobject] = [walker, line, picture.path, marks.visits]

    def first(self, view: View) -> int:
        """How many updates are shown as hops: until the point comes into a close ``view``."""
        w, (low, high) = self.trace.w, view.x
        middle, room = (low + high) / 2, _NEAR * (high - low)
        near = [k for k in range(len(w)) if abs(float(w[k]) - middle) <= room][:1]
        most = min(_MANY, self.trace.updates)
        return max(min(near[0] if near else most, most), min(_FEW, self.trace.updates))

    def dive_end(self, first: int) -> int:
        """The update at which the view is close."""
        return min(first + _DIVE, self.trace.updates)

    def lay(self) -> None:
        """Lay the marks out on the present view and data."""
        self.marks.lay(self.picture.field.now)

    def travel(
        self,
        view: View,
        w: tuple[float, float],
        mix: float | None = None,
        data: tuple[Box, Box] | None = None,
    ) -> Callable[[float], None]:
        """A function of 0…1 that goes to a view, with the point on J from one ``w`` to another.

        ``mix``: the samples are dragged to this share of their way. ``data``: from where to where
        the data plot goes.
        """
        picture, begin = self.picture, self.picture.field.amount
        move = picture.field.travel(view, mix)

        def show(amount: float) -> None:
            # In upright frames the data plot first leaves the room that the parabolas grow into.
            leaves = data is not None and data[1].top <= data[0].bottom
            move(max(2 * amount - 1, 0.0) if leaves else amount)
            if data is not None:
                picture.samples.move(_around(*data, min(2 * amount, 1.0) if leaves else amount))
            if mix is not None:
                picture.samples.drag(begin + amount * (mix - begin))
            picture.path.lay()
            self.lay()
            picture.stand_on_cost(w[0] + amount * (w[1] - w[0]))

        return show

    def drop(self, update: int) -> Callable[[float], None]:
        """A function of 0…1 that takes the point from its sample's parabola onto J."""
        w, height = self.picture.path.place(float(update))
        cost = self.picture.field.cost(w)
        return lambda amount: self.picture.stand(w, height + amount * (cost - height))

    def run(self, t: float) -> None:
        """The point on J at the fractional update ``t``, and where it has been."""
        self.picture.stand_on_cost(between(self.trace.w, t))
        self.marks.visit(t)


def _around(start: Box, stop: Box, amount: float) -> Box:
    """On the way from below one column to the next: first across, then up; and back likewise."""
    if start.top > stop.bottom and stop.top > start.bottom:
        return start.towards(stop, amount)
    first, then = min(2 * amount, 1.0), max(2 * amount - 1, 0.0)
    rises = start.top <= stop.bottom
    across = start.towards(stop, first if rises else then)
    upright = start.towards(stop, then if rises else first)
    return Box(across.left, upright.bottom, across.right, upright.top)
