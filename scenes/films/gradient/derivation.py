"""The derivative of the cost, line by line by the chain rule, and with the data's numbers."""

from __future__ import annotations

from manim import LEFT, MathTypst, VGroup

from gdcore.data import Dataset
from scenes.catalogue.minimum import residuals
from scenes.catalogue.theme import Theme
from scenes.films.gradient.captions import MANY
from scenes.stage.descent.worked import bracketed, maths
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, point

_SLOPE = "{{ (partial J)/(partial w) : g }}"
_OF_ONE = "{{ (partial ell_i)/(partial w) : g }}"


def cost_lines(
    w: float, cost: str, slope: str, theme: Theme, cap: float, room: float
) -> tuple[list[MathTypst], list[MathTypst]]:
    """The cost as a formula and its value at w; its ``slope`` there. Only what has room."""
    colors = {"j": theme.cost, "l": theme.loss, "w": theme.point, "v": theme.point}
    colors["g"] = theme.gradient
    mean = "1/n sum_(i=1)^n {{ (w x_i - y_i)^2 : l }}"
    value = f"{{{{ J = {maths(cost)} : j }}}}"
    sides = "< 0" if slope.startswith("−") else "> 0" if slope.strip("0.") else ""
    short_mean = "{{ J : j }} = overline({{ (w x - y)^2 : l }})"
    lines = [
        [f"{{{{ J(w) : j }}}} = {mean}", f"{{{{ J : j }}}} = {mean}", short_mean],
        [f"{{{{ w = {maths(short(w))} : w }}}} : quad {value}", value],
        [f"{{{{ (partial J)/(partial w) = {maths(slope)} : g }}}} {sides}"],
    ]
    made = [_first_fitting(variants, cap, room, theme, colors) for variants in lines]
    fitting = [[line] if line.width <= room else [] for line in made]
    return fitting[0] + fitting[1], fitting[2]


def chain_lines(theme: Theme, cap: float, room: float) -> list[MathTypst]:
    """J, its losses and residuals; then ∂ℓ/∂w as outer times inner derivative; then ∂J/∂w."""
    colors = {"j": theme.cost, "l": theme.loss, "r": theme.loss, "q": theme.loss}
    colors |= {"w": theme.point, "g": theme.gradient}
    outer = "{{ (partial ell_i)/(partial r_i) : l }} dot (partial r_i)/(partial w)"
    lines = [
        ["{{ J : j }} = 1/n sum_(i=1)^n {{ ell_i : l }}"],
        ["{{ ell_i : l }} = {{ r_i^2 : r }} wide {{ r_i : q }} = {{ w : w }} x_i - y_i"],
        [
            f"{_OF_ONE} = {outer} = {{{{ 2 r_i : r }}}} dot x_i",
            f"{_OF_ONE} = {{{{ 2 r_i : r }}}} dot x_i",
        ],
        [f"{_SLOPE} = 1/n sum_(i=1)^n {{{{ 2 r_i : r }}}} x_i"],
    ]
    return [_first_fitting(variants, cap, room, theme, colors) for variants in lines]


def term_lines(data: Dataset, w: float, theme: Theme, cap: float, room: float) -> list[MathTypst]:
    """Each sample's term in its hue, 2 r₁ x₁ = 2 · (−1) · 1 = −2; none for many samples."""
    if data.n > MANY:
        return []
    variants: list[list[str]] = [[], [], []]
    for i, (x, r) in enumerate(zip(data.x.tolist(), residuals(data, w).tolist(), strict=True)):
        term = 2 * r * x
        seen = 2 * float(f"{r:.4g}") * float(f"{x:.4g}")
        equals = "=" if short(seen) == short(term) else "approx"
        name, value = f"2 r_({i + 1}) x_({i + 1})", maths(short(term))
        work = f"2 dot {bracketed(r)} dot {bracketed(x)} {equals} {value}"
        for lines, source in zip(
            variants, (f"{name} = {work}", work, f"{name} = {value}"), strict=True
        ):
            lines.append(source)
    for sources in variants:
        made = [formula(each, cap, theme.sample(i)) for i, each in enumerate(sources)]
        if all(line.width <= room for line in made):
            break
    return made


def mean_line(
    data: Dataset, w: float, slope: float, text: str, theme: Theme, cap: float, room: float
) -> list[MathTypst]:
    """The mean of the terms, which is the ``slope`` (as ``text``), on one line or two."""
    terms = 2 * residuals(data, w) * data.x
    colors = {"w": theme.point, "g": theme.gradient, "v": theme.gradient, "r": theme.loss}
    colors |= {f"s{i}": theme.sample(i) for i in range(min(data.n, MANY))}
    seen = sum(float(f"{term:.4g}") for term in terms.tolist()) / data.n
    value = f"{{{{ {maths(text)} : v }}}}"
    of_all = f"1/{data.n} sum_(i=1)^{data.n} {{{{ 2 r_i : r }}}} x_i"
    plain, near = f"= {value}", "=" if short(seen, 5) == short(slope, 5) else "approx"
    if data.n == 1:
        sums = [(_SLOPE, plain)]
    elif data.n > MANY:
        sums = [(of_all, plain)]
    else:
        worked = f"({_sum([short(term) for term in terms.tolist()])})/{data.n}"
        sums = [(worked, f"{near} {value}"), (of_all, plain)]
    start = f"{{{{ w = {maths(short(w))} : w }}}} : quad"
    for mean, result in sums:
        for sources in ([f"{start} {mean} {result}"], [f"{mean} {result}"], [mean, result]):
            lines = [formula(each, cap, theme.ink, _present(each, colors)) for each in sources]
            if all(line.width <= room for line in lines):
                return lines
    return lines[-1:]


def enlarge(pages: list[list[MathTypst]], box: Box, gap: float, most: float) -> float:
    """Enlarge all lines alike, so that each page fills ``box``: at most ``most`` times."""
    widest = max(line.width for page in pages for line in page)
    highest = max(height(page, gap) for page in pages)
    factor = min(most, box.width / widest, box.height / highest)
    for line in dict.fromkeys(line for page in pages for line in page):
        line.scale(factor)
    return factor


def stack(lines: list[MathTypst], box: Box, gap: float) -> VGroup:
    """``lines`` one under the other from the top of ``box``."""
    group = VGroup(*lines).arrange(point(0.0, -1.0), buff=gap, aligned_edge=LEFT)
    group.move_to(point(box.left + group.width / 2, box.top - group.height / 2))
    return group


def height(lines: list[MathTypst], gap: float) -> float:
    """The height of the stacked ``lines``."""
    return sum(line.height for line in lines) + gap * (len(lines) - 1)


def _sum(terms: list[str]) -> str:
    """−2 − 8 − 18, each term in its sample's hue."""
    parts = []
    for i, term in enumerate(terms):
        sign = "-" if term.startswith("−") else "+" if i else ""
        parts.append(f"{{{{ {sign} {maths(term.removeprefix('−'))} : s{i} }}}}")
    return " ".join(parts)


def _first_fitting(
    variants: list[str], cap: float, room: float, theme: Theme, colors: dict[str, str]
) -> MathTypst:
    """The first variant that is no wider than ``room``, else the last."""
    for source in variants:
        line = formula(source, cap, theme.ink, _present(source, colors))
        if line.width <= room:
            break
    return line


def _present(source: str, colors: dict[str, str]) -> dict[str, str]:
    return {name: color for name, color in colors.items() if f": {name} }}}}" in source}
