"""The rates, one below the other beside the plots: first with w, then with their factors."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.theory import contraction
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.regime import factor_texts
from scenes.stage.page.figures import decimals, equations, fixed, lengths, short
from scenes.stage.page.glyphs import Figure, named_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label, text_width
from scenes.stage.plots.shapes import discs

_ROW, _MOST = 1.85, 2.5  # heights of a capital: of a line, and of a line with much room
_INDENT = 1.5  # capitals, from a dot's middle to its text


class RateRows(VGroup):
    """``dots`` in the colours of the rates, ``rates`` beside them, ``values`` of w below these.

    :meth:`move` takes the dots to their second places, in one column, where ``factors`` stand.
    """

    def __init__(
        self, traces: Sequence[Trace], hues: Sequence[str], radii: Sequence[float],
        first: Sequence[Box], second: Box, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``first``: a box for each rate, ``second``: for all of them."""
        super().__init__()
        self._radii, self.cap = radii, scale.label
        cap = self.cap
        pitch = min(_MOST, first[0].height / (2 * cap)) * cap
        self._first = [point(box.left + 0.8 * cap, box.top - 0.7 * cap) for box in first]
        row = min(_ROW, second.height / len(traces) / cap) * cap
        self._second = [
            point(second.left + 0.8 * cap, second.top - 0.7 * cap - k * row)
            for k in range(len(traces))
        ]
        self.dots = VGroup(*(VMobject(color=hue, fill_opacity=1, stroke_width=0) for hue in hues))
        self.rates, self.factors = VGroup(), VGroup()
        self.figures: list[Figure] = []
        aside, self._room = point(_INDENT * cap, 0), first[0].width - _INDENT * cap - 0.8 * cap
        for k, (trace, hue) in enumerate(zip(traces, hues, strict=True)):
            texts = [f"α = {short(trace.lr)}", *(short(trace.lr, digits) for digits in (4, 2, 1))]
            name = self._fitting(texts)
            at = self._first[k] + aside
            self.rates.add(Label(name, cap, hue).put(at, LEFT))
            below = at - point(0, 0.8 * pitch)
            self.figures.append(Figure(named_glyphs("w", cap), hue, below, LEFT))
            assert isinstance(trace.objective, LeastSquares)
            said = self._fitting(_factors(trace.objective, trace.lr), second.width)
            self.factors.add(Label(said, cap, hue).put(self._second[k] + aside, LEFT))
        self.values = VGroup(*self.figures)
        self.move(0.0)
        self.add(self.dots, self.rates, self.values, self.factors)

    def _fitting(self, texts: Sequence[str], room: float | None = None) -> str:
        """The first of ``texts`` with room for it, else the last."""
        room = self._room if room is None else room - (_INDENT + 0.6) * self.cap
        return next((text for text in texts if text_width(text, self.cap) <= room), texts[-1])

    def move(self, amount: float) -> None:
        """Put the dots at a share of the way to their second places."""
        for dot, at, to, radius in zip(
            self.dots, self._first, self._second, self._radii, strict=True
        ):
            dot.points = discs((at + amount * (to - at))[None, :], radius)

    def write(self, ws: Sequence[float], span: tuple[float, float]) -> None:
        """Write the w of each point; ``span`` are the w that the plot shows."""
        for figure, w in zip(self.figures, ws, strict=True):
            texts = [*equations("w", w), lengths(w)[-1]]
            if span[0] <= w <= span[1]:
                texts = [f"w = {fixed(w, decimals(span, digits))}" for digits in (5, 4, 3)]
                texts.append(texts[-1].removeprefix("w = "))
            fits = (text for text in texts if figure.glyphs.width(text) <= self._room)
            figure.write(next(fits, texts[-1]))


def _factors(objective: LeastSquares, rate: float) -> list[str]:
    """The factor for one update, shorter and shorter."""
    return [*factor_texts(objective, rate), *lengths(contraction(objective, rate))[2:]]
