"""Where the parts of the film `sgd` are, what its plots show, and its texts in the narrow side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import VMobject

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.sgd.loss_chart import loss_top
from scenes.films.sgd.noise_marks import close_up
from scenes.stage.descent.moving_parabolas import View, view_of
from scenes.stage.descent.rule_lines import at_top
from scenes.stage.page.arrangement import Arrangement, arrangement
from scenes.stage.page.formulas import formula, widest_fitting
from scenes.stage.page.layout import Box, Layout

_SQUARE = 0.72  # height of the two plots, in their width, where the frame is not wide
_NAMED = 12.6  # heights of a number, of a plot whose x has a long name
_WIDER = 0.024  # of the subject's width
_APART, _BEYOND = 0.25, 0.1  # units between the two plots of a pair, and to the right of them


@dataclass(frozen=True)
class Views:
    """The views of the parabolas.

    ``big``: they alone. ``pair``: beside the ``chart``, with room for all losses that it shows.
    ``wide`` and ``close``: the whole descent on noisy data, and where it stays; ``beside``: the
    wide one beside the ``data``, which are then as large.
    """

    big: View
    pair: View
    chart: Box
    beside: View
    data: Box
    wide: View
    close: View


def views(trace: Trace, noisy: Trace, boxes: Arrangement, layout: Layout) -> Views:
    """The views for both descents; of the same samples the wide one shows both."""
    hero = boxes.hero
    left, right = hero.inset(right=-_BEYOND).columns(1, 1, gap=_APART)
    big, wide = view_of(trace, hero), view_of(noisy, hero)
    if draggable(trace, noisy):
        ends = [*big.x, *wide.x]
        wide = View(hero, (min(ends), max(ends)), (0.0, max(big.y[1], wide.y[1])))
    top = max(big.y[1], 1.08 * loss_top(trace))
    close = view_of(noisy, hero, close_up(noisy))
    pair = View(left, big.x, (big.y[0], top))
    both = hero if layout.portrait else layout.body
    both = both.no_wider(1 / _SQUARE) if layout.stacked else both
    first, second = both.columns(1, 1, gap=_APART)
    return Views(big, pair, right, View(first, wide.x, wide.y), second, wide, close)


def places(layout: Layout) -> Arrangement:
    """The usual places; in wide frames the subject is a little wider.

    Its numbers are so narrow that they do not reach its left edge.
    """
    usual = arrangement(layout)
    more = 0.0 if layout.stacked else _WIDER * usual.hero.width
    small, notes = usual.small.inset(left=more), usual.notes.inset(left=more)
    return Arrangement(usual.hero.inset(right=-more), usual.side.inset(left=more), small, notes)


def data_box(boxes: Arrangement, layout: Layout) -> Box:
    """The place of the data plot: the small one, as wide as the side.

    In upright frames it is so high that the name of x has a row of its own.
    """
    side, small, cap = boxes.side, boxes.small, layout.scale.label
    bottom = small.bottom - 0.5 * cap
    if layout.portrait:
        bottom = min(bottom, side.top - _NAMED * layout.scale.small)
    return Box(side.left, bottom, small.right + 0.75 * cap, side.top)


def draggable(trace: Trace, noisy: Trace) -> bool:
    """Whether the samples of one descent can be dragged to those of the other."""
    own, other = trace.objective, noisy.objective
    assert isinstance(own, LeastSquares) and isinstance(other, LeastSquares)
    return np.array_equal(own.data.x, other.data.x)


def mean_formula(n: int, theme: Theme, cap: float, box: Box) -> VMobject:
    """J as the mean of the losses, each in its sample's hue if there is room."""
    terms = " + ".join(f"{{{{ ell_{i + 1} : s{i} }}}}" for i in range(min(n, 4)))
    hues = {"j": theme.cost, **{f"s{i}": theme.sample(i) for i in range(min(n, 4))}}
    shares = [f"1/{n} ({terms})", f"({terms})/{n}"] if n > 1 else [terms]
    for share in shares if n <= 4 else []:
        made = formula(f"{{{{ J : j }}}} = {share}", cap, theme.ink, hues)
        if made.width <= box.width:
            return at_top(made, box)
    sums = f"1/{n} sum_i ell_i", f"(sum_i ell_i)/{n}"
    of_all: list[VMobject] = [formula(f"J = {each}", cap, theme.cost) for each in sums]
    return at_top(widest_fitting(of_all, box), box)
