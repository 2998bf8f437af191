"""Update rules and landscapes as formulas, and a table of the rules of a race."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import LEFT, MathTypst, VGroup, VMobject

from gdcore.rules import Rule
from scenes.catalogue.theme import Theme
from scenes.films.optimizers.racers import settings_told
from scenes.stage.page.formulas import fit, formula
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label

STATES = {
    "sgd": "",
    "momentum": "v <- beta v + g",
    "nesterov": "v <- beta v + g",
    "adagrad": "s <- s + g^2",
    "rmsprop": "s <- overline(g^2)",
    "adam": "m <- overline(g) quad s <- overline(g^2)",
}
"""What each rule remembers; a bar is a mean in which older values count less."""


def step_text(rule: Rule) -> str:
    """The step that a rule adds to a weight with the gradient g, as a formula.

    The tiny ε that keeps a divisor from 0 is left out, unless it is not the usual one.
    """
    told, settings = settings_told(rule), dict(rule.settings)
    root = "(sqrt(s) + epsilon)" if "eps" in told else "sqrt(s)"
    match rule.name:
        case "sgd":
            return "-alpha g"
        case "momentum":
            return "-alpha v"
        case "nesterov":
            return "-alpha (g + beta v)"
        case "adam":
            return f"-alpha m \\/ {root}"
        case "rmsprop" if settings["momentum"]:
            return "-alpha v"
        case "adagrad" if "lr_decay" in told:
            return f"-alpha g \\/ ((1 + eta t) {root})"
    return f"-alpha g \\/ {root}"


_HEAD = 1.6  # the height of the columns' head, in heights of a capital
_TERMS = {
    "ravine": ("J = 1/2 w^2", "+ 25/2 b^2"),
    "rosenbrock": ("J = (1 - w)^2", "+ 100 (b - w^2)^2"),
    "beale": (
        "J = (1.5 - w + w b)^2",
        "+ (2.25 - w + w b^2)^2",
        "+ (2.625 - w + w b^3)^2",
    ),
    "himmelblau": ("J = (w^2 + b - 11)^2", "+ (w + b^2 - 7)^2"),
    "saddle": ("J = w^2 - b^2",),
    "double-well": ("J = (w^2 - 1)^2", "+ b^2"),
}


_BROKEN = {
    "rosenbrock": ("J = (1 - w)^2", "+ 100 times", "(b - w^2)^2"),
    "beale": (
        "J = \\(1.5 - w", "+ w b\\)^2", "+ \\(2.25 - w", "+ w b^2\\)^2",
        "+ \\(2.625 - w", "+ w b^3\\)^2",
    ),
    "himmelblau": (
        "J = \\(w^2 + b", "- 11\\)^2", "+ \\(w + b^2", "- 7\\)^2",
    ),
    "double-well": ("J =", "(w^2 - 1)^2", "+ b^2"),
}  # fmt: skip
"""In more lines, for a narrow box."""


def landscape_formula(name: str, box: Box, theme: Theme, cap: float) -> VGroup:
    """J(w, b) of a landscape, in as many lines as it needs in ``box``."""
    terms = _TERMS[name]
    for sources in ((" ".join(terms),), terms, _BROKEN.get(name, terms)):
        lines = VGroup(*(formula(source, cap, theme.cost) for source in sources))
        if lines.width <= box.width:
            break
    return fit(lines, box, 0.8 * cap)


@dataclass(frozen=True)
class RuleRow:
    """What the table says of a racer: its rule, its names (the longest first), its colour."""

    rule: Rule
    names: tuple[str, ...]
    color: str


class RuleTable(VGroup):
    """A part for each rule in ``box``: its name, its step and, if there is room, its memory.

    The first part is the head of the columns.
    """

    def __init__(
        self, rows: Sequence[RuleRow], head: str, box: Box, theme: Theme, scale: Scale
    ) -> None:
        super().__init__()
        self.box, self.cap, self.line_color = box, scale.label, theme.grid
        steps = [formula(step_text(row.rule), self.cap, theme.ink) for row in rows]
        notes = [self._note(row.rule, theme) for row in rows]
        gap = 0.9 * self.cap
        second = max(step.width for step in steps)
        names = _fitting_names(rows, box.width - second - gap, self.cap)
        first = max(name.width for name in names) + gap
        third = max(note.width for note in notes) + gap
        room = (box.height - _HEAD * self.cap) / len(rows)
        # Steps are beside or below their names; the memory is beside or below the steps.
        self.beneath = first + second > box.width
        beside = first + second + third <= box.width
        self.noted = beside or (not self.beneath and third <= box.width and room >= 3.2 * self.cap)
        self.doubled = self.beneath or (self.noted and not beside)
        self.head = 0.0 if self.beneath else _HEAD * self.cap  # height of the columns' head
        room = (box.height - self.head) / len(rows)
        self.pitch = min(room, (3.9 if self.doubled else 2.6) * self.cap)
        self.column = box.left + (gap if self.beneath else first)
        title = Label(head, self.cap, theme.muted)
        if self.head and self.column + title.width <= box.right:
            at = point(self.column, box.top - 0.5 * self.cap)
            self.add(VGroup(title.put(at, LEFT)))
        for i, (name, step, note) in enumerate(zip(names, steps, notes, strict=True)):
            beyond = self.column + (second + gap if beside else 0.0)
            beyond = min(beyond, box.right - note.width)
            self.add(self._row(i, name, step, note, beyond))

    def _note(self, rule: Rule, theme: Theme) -> VMobject:
        """The settings of a rule that are not its defaults, else what it remembers."""
        if settings := settings_told(rule):
            return Label(", ".join(settings.values()), self.cap, theme.muted)
        state = STATES[rule.name]
        return formula(state, self.cap, theme.muted) if state else VGroup()

    def _row(
        self, index: int, name: Label, step: MathTypst, note: VMobject, beyond: float
    ) -> VGroup:
        middle = self.box.top - self.head - (index + 0.5) * self.pitch
        low, upper = middle - 0.85 * self.cap, middle + 0.8 * self.cap
        with_note = self.noted and len(note) > 0
        first = upper if self.beneath or (self.doubled and with_note) else middle
        row = VGroup(name.put(point(self.box.left, first), LEFT))
        column = max(min(self.column, self.box.right - step.width), self.box.left)
        row.add(_left(step, column, low if self.beneath else first))
        if with_note:
            row.add(_left(note, beyond, low if self.doubled else middle))
        if self.doubled:
            above = middle + self.pitch / 2
            rule = VMobject(color=self.line_color, stroke_width=1.5, fill_opacity=0)
            ends = [point(self.box.left + 0.02, above), point(self.box.right - 0.02, above)]
            row.add(rule.set_points_as_corners(ends))
        return row


def _fitting_names(rows: Sequence[RuleRow], room: float, cap: float) -> list[Label]:
    for length in range(len(rows[0].names)):
        names = [Label(row.names[length], cap, row.color) for row in rows]
        if max(float(name.width) for name in names) <= room:
            break
    return names


def _left(made: VMobject, x: float, y: float) -> VMobject:
    made.move_to(point(x + made.width / 2, y))
    return made
