"""The running numbers of the film `sgd`: update, w, and the loss that is looked at."""

from __future__ import annotations

import math

import numpy as np
from manim import LEFT, VGroup

from gdcore.trace import Trace
from scenes.stage.descent.hop_path import HopPath
from scenes.stage.descent.seen_curve import hue
from scenes.stage.page.figures import decimals, fixed, short, sized, widest
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, point
from scenes.stage.page.readouts import around_number
from scenes.stage.page.wording import Label, text_width

_GAP, _ROW, _INDENT = 0.55, 1.9, 0.8  # in heights of a capital
_LONGEST = "0.00×10⁻⁰⁰"


class Numbers(VGroup):
    """Three named numbers below each other; where a row is too narrow, a number has its own."""

    def __init__(self, scene: FilmScene, traces: list[Trace], places: int, box: Box) -> None:
        super().__init__()
        theme, cap = scene.theme, scene.layout.scale.label
        self._places, self._box = places, box
        shown = traces[0].loss[: min(traces[0].updates, 50)]
        self._loss_places = decimals(shown[shown <= 1e6 * (shown[0] or 1)])
        ws, updates = np.concatenate([t.w for t in traces]), max(t.updates for t in traces)
        glyphs, top = text_glyphs(cap), box.top - cap
        count = scene.words["common.update-count"]
        if text_width(count, cap) + glyphs.width(str(updates)) > box.width:
            count = scene.words["common.update"]
        self.figures: list[Figure] = []
        for word, color, longest in (
            (count, theme.ink, str(updates)),
            ("w", theme.point, widest(ws, places)),
            (scene.words["common.loss"], theme.loss, _LONGEST),
        ):
            before, after = around_number(word)
            name = Label(before, cap, theme.muted).put(point(box.left, top), LEFT)
            at = point(float(name.get_right()[0]) + _GAP * cap, top)
            end = at[0] + glyphs.width(longest)
            if after:
                self.add(Label(after, cap, theme.muted).put(point(end + _GAP * cap, top), LEFT))
            if end > box.right:
                top -= _ROW * cap
                at = point(box.left + _INDENT * cap, top)
            self.figures.append(Figure(glyphs, color, at, LEFT))
            self.add(name, self.figures[-1])
            top -= _ROW * cap

    def write(self, path: HopPath, t: float) -> None:
        """Write the numbers at ``t`` of the path: the loss of the samples of that update."""
        k, _, _ = path.phase(t)
        w = path.w(t)
        value = path.curve(k)(w)
        texts = [
            [str(int(t + 1e-9))],
            [fixed(w, self._places), *_shorter(w)],
            [sized(value, self._loss_places), *_shorter(value)],
        ]
        for figure, lengths in zip(self.figures, texts, strict=True):
            room = self._box.right - float(figure.at[0])
            figure.write(next((t for t in lengths if figure.glyphs.width(t) <= room), lengths[-1]))
        self.figures[2].set_color(hue(path.trace, k, path.plot.theme))


def _shorter(value: float) -> list[str]:
    """A value in fewer and fewer digits."""
    return [short(value, digits) for digits in (3, 2, 1)] if math.isfinite(value) else []
