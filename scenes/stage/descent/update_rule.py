"""The update rule as a formula, and with the numbers of an update."""

from __future__ import annotations

from manim import MathTypst, VGroup

from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import decimals, fixed, short
from scenes.stage.page.formulas import Substitution, fit, formula
from scenes.stage.page.glyphs import GlyphSet, math_glyphs
from scenes.stage.page.layout import Box, point

_SHOWN = 8  # updates at most that films show with their numbers
_SLOPE_DIGITS = 6
_MOST_PLACES = 12  # decimals of w
_ROUNDING = 1e-6
_TIMES = "×"


def _is_plain(rule: object) -> bool:
    """Whether the step is exactly −α·gradient, as the plain formula says."""
    return str(rule) == "sgd"


def update_rule(
    lesson: Lesson, of: str, theme: Theme, cap: float, slope_color: str, named: bool = True
) -> MathTypst:
    """w ← w − α ∂f/∂w for ``of`` f; w ← w + Δw for rules that keep velocities or scales.

    With ``named`` these have their name behind it.
    """
    colors = {"w": theme.point, "v": theme.point}
    if _is_plain(lesson.rule):
        source = (
            f"{{{{ w : w }}}} <- {{{{ w : v }}}} - alpha {{{{ (partial {of})/(partial w) : g }}}}"
        )
        return formula(source, cap, theme.ink, {**colors, "g": slope_color})
    name = lesson.rule.partition(":")[0]
    source = "{{ w : w }} <- {{ w : v }} + {{ Delta w : s }}"
    source += f' quad ("{name}")' if named else ""
    return formula(source, cap, theme.ink, {**colors, "s": theme.step})


def rule_lines(lesson: Lesson, theme: Theme, cap: float, box: Box) -> VGroup:
    """The update rule at the top of ``box``: with its name, without, or in two lines."""
    for named in (True, False):
        rule = update_rule(lesson, "J", theme, cap, theme.gradient, named)
        if rule.width <= box.width:
            return fit(VGroup(rule), box.inset(bottom=0.6 * box.height))
    colors = {"w": theme.point, "v": theme.point}
    start = formula("{{ w : w }} <- {{ w : v }}", cap, theme.ink, colors)
    slope = "- alpha {{ (partial J)/(partial w) : g }}"
    step = formula(slope, cap, theme.ink, {"g": theme.gradient})
    lines = fit(VGroup(start, step), box, 0.1)
    step.shift(point(0.8 * cap, 0.0))
    return lines


def slope_places(trace: Trace, places: int) -> int:
    """Decimals of the first slopes beside a w with ``places``: a steep slope has fewer."""
    return min(places, decimals(trace.gradient[:_SHOWN, 0], _SLOPE_DIGITS))


def _roundings(trace: Trace, places: int) -> list[tuple[int, int]]:
    """Decimals of w and of the slope, the most first.

    A steep slope loses its decimals before w loses any: a small w would soon read as 0.
    """
    slope = slope_places(trace, places)
    steep = [(places, fewer) for fewer in range(slope, 0, -1)] if slope < places else []
    rest = [(fewer, 0 if steep else fewer) for fewer in range(places, -1, -1)]
    return steep + rest


def places_apart(trace: Trace, k: int, places: int) -> int:
    """Decimals of w, ``places`` or more, that show that update ``k`` moves it."""
    w, to = float(trace.w[k]), float(trace.w[k + 1])
    enough = range(places, _MOST_PLACES + 1) if w != to else ()
    return next((p for p in enough if fixed(w, p) != fixed(to, p)), places)


def plugged_in(
    trace: Trace,
    k: int,
    places: int,
    theme: Theme,
    slope_color: str,
    slope_places: int | None = None,
) -> list[tuple[str, str]]:
    """The runs (text, colour) of update ``k``: w ← 1.0000 − 0.01 × (−9.3333) = 1.0933.

    ``places`` are the decimals of w, and those of the slope without ``slope_places``. If
    these do not show that w moves, the result stands after ≈.
    """
    slope, w, to = float(trace.gradient[k, 0]), float(trace.w[k]), float(trace.w[k + 1])
    slope_places = places if slope_places is None else slope_places
    start, stop = fixed(w, places), fixed(to, places)
    equals = "≈" if w != to and start == stop else "="
    end = (f"{equals} {stop}", theme.point)
    if _is_plain(trace.rule.name):
        rate = (f"− {short(float(trace.rate[k]))} ×", theme.ink)
        seen = fixed(slope, slope_places)
        value = f"({seen})" if slope < 0 else seen
        return [("𝑤 ←", theme.ink), (start, theme.point), rate, (value, slope_color), end]
    step = to - w
    sign = "−" if step < 0 else "+"
    return [
        ("𝑤 ←", theme.ink),
        (start, theme.point),
        (f"{sign} {fixed(abs(step), places)}", theme.step),
        end,
    ]


def fitting_update(
    trace: Trace, k: int, places: int, theme: Theme, hue: str, cap: float, box: Box, bottom: float
) -> Substitution:
    """Update ``k`` with its numbers at the top of ``box``, with as many decimals as fit.

    It ends above ``bottom`` and in the box. If nothing is short enough, it has the most decimals of
    those with the fewest lines.
    """
    made = []
    apart = (places_apart(trace, k, places), slope_places(trace, places))
    for of_w, of_slope in (apart, *_roundings(trace, places)):
        runs = plugged_in(trace, k, of_w, theme, hue, of_slope)
        made.append(Substitution(_narrowed(runs, math_glyphs(cap), box), math_glyphs(cap), box))
        if made[-1].get_bottom()[1] >= bottom and _within(made[-1], box):
            return made[-1]
    narrow = [numbers for numbers in made if _within(numbers, box)] or made
    return max(narrow, key=lambda numbers: round(float(numbers.get_bottom()[1]), 1))


def _within(numbers: Substitution, box: Box) -> bool:
    """Whether the longest number is no wider than the box."""
    return float(numbers.get_right()[0]) <= box.right + _ROUNDING


def _narrowed(runs: list[tuple[str, str]], glyphs: GlyphSet, box: Box) -> list[tuple[str, str]]:
    """The runs; what is too long for a line ends before a sign of multiplication."""
    return [(part, color) for text, color in runs for part in _parts(text, glyphs, box.width)]


def _parts(text: str, glyphs: GlyphSet, room: float) -> list[str]:
    """A text, in two or more parts if it is too long: −1.62 and ×10⁻²³."""
    head, times, tail = text.rpartition(_TIMES)
    if not head or glyphs.width(text) <= room:
        return [text]
    return [*_parts(head.rstrip(), glyphs, room), f"{times}{tail}"]
