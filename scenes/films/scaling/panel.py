"""The running numbers: epoch, J and kappa."""

from __future__ import annotations

import math
from collections.abc import Sequence

from manim import LEFT, VGroup

from scenes.catalogue.theme import Theme
from scenes.films.scaling.kappa_scale import KappaScale
from scenes.stage.page.figures import power
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, math_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.readouts import around_number
from scenes.stage.page.wording import Label

_ROW = 2.0  # in heights of a capital; less if there is no room
_SCALE = 3.4  # the height of kappa's scale, in heights of its numbers
_LARGE = 1e4  # from here on kappa is written with a power of ten


class Panel(VGroup):
    """The epoch, the cost and kappa, each with its name; below them kappa's scale."""

    def __init__(
        self, epoch: str, epochs: int, most: float, box: Box, theme: Theme, scale: Scale
    ) -> None:
        """``epoch`` is the word for it, with ``{n}`` for its number, of which there are ``epochs``.

        ``most`` is the largest kappa.
        """
        super().__init__()
        cap, glyphs = scale.label, math_glyphs(scale.label)
        before, after = around_number(epoch)
        names = [
            Label(before, cap, theme.muted),
            formula("J =", cap, theme.cost),
            formula("kappa =", cap, theme.ink),
        ]
        pitch = min(_ROW * cap, (box.height - _SCALE * scale.small) / len(names))
        self._figures = []
        for row, (name, color) in enumerate(
            zip(names, (theme.ink, theme.cost, theme.ink), strict=True)
        ):
            at = point(box.left, box.top - cap - row * pitch)
            if isinstance(name, Label):
                name.put(at, LEFT)
                if after:
                    number = glyphs.width(str(epochs)) + cap
                    right = float(name.get_right()[0]) + number
                    self.add(Label(after, cap, theme.muted).put(point(right, at[1]), LEFT))
            else:
                name.move_to(at, aligned_edge=LEFT)
            at[0] = float(name.get_right()[0]) + 0.5 * cap
            self._figures.append(Figure(glyphs, color, at, LEFT))
            self.add(name, self._figures[-1])
        self._right = box.right
        room = box.right - float(self._figures[-1].at[0])
        self._places = next(
            (n for n in (2, 1) if glyphs.width(power(most, n)) <= room or most < _LARGE), 0
        )
        self._scale = KappaScale(most, box.inset(top=len(names) * pitch), theme, scale)
        self.add(self._scale)

    def write(self, epoch: int, cost: Sequence[str], kappa: float) -> None:
        """Show these numbers; of the texts for the ``cost`` the first that fits."""
        room, glyphs = self._right - float(self._figures[1].at[0]), self._figures[1].glyphs
        fitting = next((text for text in cost if glyphs.width(text) <= room), cost[-1])
        texts = str(epoch), fitting, kappa_text(kappa, self._places)
        for figure, text in zip(self._figures, texts, strict=True):
            figure.write(text)
        self._scale.point_at(kappa)


def kappa_text(kappa: float, places: int = 2) -> str:
    """A running condition number in three digits; a large one with ``places`` decimals."""
    if kappa >= _LARGE:
        return power(kappa, places)
    return f"{kappa:.{max(0, 2 - math.floor(math.log10(kappa)))}f}"
