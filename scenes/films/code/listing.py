"""A program as it runs: its lines, the bar on the one being executed, the values beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from manim import LEFT, Animation, VGroup, VMobject

from programs.columns import columns_of
from programs.writer import Program
from scenes.catalogue.theme import Theme
from scenes.films.code.code_face import code_glyphs, column_width
from scenes.films.code.numbers_told import SHORT, told, told_together
from scenes.films.code.syntax import name_colors, tokens
from scenes.stage.page.glyphs import Figure
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.motion import Conceal, Reveal, after, set_visible, until
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import rectangle

PITCHES = (1.52, 1.9)  # least and largest pitch of lines, in heights of a capital
_BLANK = 0.5  # height of a blank line, in lines
_PAD = 0.6  # columns beside the lines, within the bar
_BEHIND = 2  # columns between a line and its value
_VALUES = 12  # columns from there to the comments
NOTE_ROW, _GROUND = 1.8, 1.55  # heights of a comment's row and of its ground, in capitals
_GIVEN = ("epoch", "sample")  # statements whose values are counts or data, which do not jump


def room_for(program: Program, box: Box) -> tuple[float, int]:
    """The largest capitals with which the longest line fits ``box``, and the number of lines."""
    lines = program.source.splitlines()
    widest = max(map(columns_of, lines)) + 2 * _PAD
    return box.width / (widest * column_width()), len(lines)


class Listing(VGroup):
    """As many lines of ``program`` as there is room for in ``box``.

    ``rows`` (one for each line), ``comments``, ``bar`` and ``edge`` (behind the executing line),
    ``values`` (for each statement that sets variables, what they are). The window follows the bar.

    ``aside``: the comments stand behind the values. In a narrow box there is no room for both: the
    values take the comments' places, and the running line's comment is in a row below the lines.
    """

    def __init__(
        self, program: Program, notes: Mapping[str, str], box: Box, theme: Theme, scale: Scale
    ) -> None:
        """``notes``: the statements' comments, also those that the program has no room for."""
        super().__init__()
        self.program, self.box, self.theme = program, box, theme
        lines = program.source.splitlines()
        self._places = _places(lines)
        by_width = room_for(program, box)[0]
        beside = self._beside_values(lines)
        self.aside: bool = box.width / (beside * column_width()) >= scale.small
        if self.aside:
            by_width = min(by_width, box.width / (beside * column_width()))
        else:
            self.box = box = box.inset(bottom=NOTE_ROW * scale.label)
        room = box.height / (self._places[-1] + 1)  # for a line, if all lines are shown
        self.cap = min(scale.label, by_width, max(room / PITCHES[0], scale.small))
        self.pitch = min(max(room, PITCHES[0] * self.cap), PITCHES[1] * self.cap)
        whole = room >= self.pitch * (1 - 1e-9)
        self.window = len(lines) if whole else int(box.height / self.pitch + 1e-6)
        self.column = code_glyphs(self.cap).column
        self.hues = name_colors(theme)
        pairs = ([told(value, SHORT) for value in pair] for pair in program.samples)
        self._widest = max(len(", ".join(pair)) for pair in pairs)
        self.rows, self.comments = VGroup(), VGroup()
        self._commented: list[int] = []
        self._shown: set[str] = set()
        for number, line in enumerate(lines, start=1):
            self.rows.add(self._set(number, line, self._y(number)))
        self.bar = VMobject(color=theme.lit, fill_opacity=1, stroke_width=0)
        self.edge = VMobject(color=theme.ink, fill_opacity=1, stroke_width=0)
        self._figures = {name: self._value(name) for name, made in program.assigned.items() if made}
        self.values = {name: VGroup(*figures) for name, figures in self._figures.items()}
        below = {} if self.aside else notes
        self.notes = {n: self._note(text, scale.label) for n, text in below.items() if text}
        self.note: VGroup | None = None  # the one that is shown
        self._offset = 0.0
        self.lay(*self._span(self.first))
        self.add(self.bar, self.edge, self.rows, self.comments, *self.values.values())
        self.add(*self.notes.values())

    def _note(self, text: str, cap: float) -> VGroup:
        """A comment in the row below the lines, on a ground like the bar's."""
        box, low, high = self.box, self.box.bottom - NOTE_ROW * cap, _GROUND * cap
        ground = VMobject(color=self.theme.lit, fill_opacity=1, stroke_width=0)
        ground.points = rectangle(box.left, low, box.right, low + high)
        at = point(self._x(0), low + high / 2)
        return VGroup(ground, Label(f"# {text}", cap, self.theme.ink).put(at, LEFT))

    def _beside_values(self, lines: list[str]) -> float:
        """The columns of the longest line if comments stand behind the values."""
        beside = [line for n, line in enumerate(lines, start=1) if self._statement(n) in self._made]
        notes = [columns_of(line.partition("  #")[2]) + 1 for line in beside if "  #" in line]
        longest = max(notes, default=0)
        return max(self._values_at() + _VALUES + longest, *map(columns_of, lines)) + 2 * _PAD

    def _values_at(self) -> int:
        """The column in which the values stand."""
        made = [name for name, names in self.program.assigned.items() if names and name != "epoch"]
        return max(map(self._end, made)) + _BEHIND

    @property
    def first(self) -> str:
        """The name of the first statement."""
        return next(iter(self.program.parts))

    @property
    def columns(self) -> int:
        """How many characters a line has room for."""
        return int(self.box.width / self.column - 2 * _PAD + 1e-6)

    @property
    def _shows(self) -> float:
        """The number of lines that are shown at once."""
        return self.window if self.scrolls else self._places[-1] + 1

    @property
    def scrolls(self) -> bool:
        """Whether the program has more lines than there is room for."""
        return self._places[-1] + 1 > self.window

    def _y(self, line: int) -> float:
        return self.box.top - (self._places[line - 1] + 0.5) * self.pitch

    def _x(self, column: float) -> float:
        return self.box.left + (column + _PAD) * self.column

    def _set(self, number: int, line: str, y: float) -> VGroup:
        """One line in its colours: a figure for each token."""
        row, theme = VGroup(), self.theme
        for start, text, kind in tokens(line):
            at = point(self._x(start), y)
            if kind == "comment":
                if self.aside and self._statement(number) in self._made:
                    at = point(self._x(self._values_at() + _VALUES), y)
                self.comments.add(Label(text, self.cap, theme.muted).put(at, LEFT))
                self._commented.append(number)
                continue
            color = theme.string if kind == "string" else self.hues.get(text, theme.ink)
            glyphs = code_glyphs(self.cap, kind == "keyword")
            row.add(Figure(glyphs, color, at, LEFT, text))
        return row

    @property
    def _made(self) -> list[str]:
        """The names of the statements that set variables which are shown."""
        return [name for name, made in self.program.assigned.items() if made]

    def _statement(self, line: int) -> str:
        """The name of the statement that ends with this line, or ""."""
        parts = self.program.parts.items()
        return next((name for name, (_, last) in parts if last == line), "")

    def _value(self, name: str) -> list[Figure]:
        """The values of a statement's variables: beside its last line, or nothing yet."""
        glyphs, at = code_glyphs(self.cap), point(0.0, self._y(self.program.parts[name][1]))
        hues = [self.hues.get(made, self.theme.ink) for made in self.program.assigned[name]]
        return [Figure(glyphs, hue, at, LEFT) for hue in hues]

    def _code(self, line: int) -> str:
        return self.program.source.splitlines()[line - 1].partition("  #")[0]

    def _beside(self, name: str) -> int:
        """The column of a statement's values. It is the same for all, except for a wide sample."""
        common = max(self._values_at(), self._end(name) + _BEHIND)
        wide = name == "sample" and common + self._widest > self.columns
        return self._end(name) + 1 if wide else common

    def _end(self, name: str) -> int:
        """The column behind a statement's last line."""
        return columns_of(self._code(self.program.parts[name][1]))

    def write(
        self, name: str, values: Mapping[str, float], hue: str | None = None, steady: bool = False
    ) -> None:
        """Write a statement's ``values`` behind it; ``hue`` is the colour of the current sample."""
        figures, made = self._figures[name], self.program.assigned[name]
        place, steady = self._beside(name), steady and name not in _GIVEN
        room = self.columns - place - 2 * (len(made) - 1)
        if self.aside and name not in _GIVEN:
            room = min(room, _VALUES - 1)
        x = self._x(place)
        texts = told_together([values[name] for name in made if name in values], room, steady)
        for figure, variable in zip(figures, made, strict=True):
            text = texts.pop(0) if variable in values else ""
            text += "," if text and variable != made[-1] else ""
            figure.write(text, point(x, float(figure.at[1])))
            if hue is not None:
                figure.set_color(hue)
            x += (len(text) + 1) * self.column

    def _span(self, *names: str) -> tuple[float, float]:
        """From the top of the first statement to the bottom of the last, in lines."""
        parts = self.program.parts
        return self._places[parts[names[0]][0] - 1], self._places[parts[names[-1]][1] - 1] + 1

    def lay(self, top: float, bottom: float) -> None:
        """Put the bar behind the lines from ``top`` to ``bottom`` that the window shows."""
        first, last = (min(max(p - self._offset, 0.0), self._shows) for p in (top, bottom))
        up, down = self.box.top - first * self.pitch, self.box.top - last * self.pitch
        left = self.box.left
        self.bar.points = rectangle(left, down, self.box.right, up)
        self.edge.points = rectangle(left, down, left + 0.22 * self.column, up)
        self._bar = (top, bottom)

    def travel(self, *names: str) -> Callable[[float], None]:
        """A function of 0…1 that takes the bar from where it is to these statements."""
        start, stop = self._bar, self._span(*names)
        begin, end = self._offset, self._target(*names)

        def show(amount: float) -> None:
            self._scroll(begin + amount * (end - begin))
            self.lay(*(a + amount * (b - a) for a, b in zip(start, stop, strict=True)))

        return show

    def _target(self, *names: str) -> float:
        """How far to scroll for these statements: to the whole loop if it fits."""
        if not self.scrolls:
            return 0.0
        top, bottom = self._span(*names)
        body = self.program.body
        first, last = self._span(body[0], body[-1])
        if names[0] in body and last - first <= self.window:
            return first  # its head is the first line, without the end of another statement above
        return min(max(self._offset, bottom - self.window), top)

    def _scroll(self, offset: float) -> None:
        if offset == self._offset:
            return
        rise = point(0.0, (offset - self._offset) * self.pitch)
        self._offset = offset
        VGroup(self.rows, self.comments).shift(rise)
        for figure in chain(*self._figures.values()):
            figure.at = figure.at + rise
            figure.shift(rise)
        for number, row in enumerate(self.rows, start=1):
            set_visible(row, self.seen(number))
        for name in self._shown:
            set_visible(self.values[name], self.seen(self.program.parts[name][1]))
        for comment, number in zip(self.comments, self._commented, strict=True):
            there = self.aside or self._statement(number) not in self._shown
            set_visible(comment, self.seen(number) * there)

    def seen(self, line: int) -> float:
        """The opacity of a line, 0…1: lines fade at the edges of the window."""
        place = self._places[line - 1] - self._offset
        return max(0.0, min(1.0, 1 + 2 * place, 2 * (self.window - place) - 1))

    def open(self) -> None:
        """Show the lines that the window shows, with their comments."""
        for number, row in enumerate(self.rows, start=1):
            set_visible(row, self.seen(number))
        for comment, number in zip(self.comments, self._commented, strict=True):
            set_visible(comment, self.seen(number))

    def tell(self, name: str) -> list[Animation]:
        """Fade in the values behind a statement; its comment goes to the row if they need room."""
        fresh = name not in self._shown
        self._shown.add(name)
        if self.aside:
            return [Reveal(self.values[name])]
        self.note = self.notes.get(name)
        noted = [Reveal(self.note)] if self.note else []
        if not fresh:
            return [Reveal(self.values[name]), *noted]
        said = zip(self.comments, self._commented, strict=True)
        gone = [note for note, line in said if self._statement(line) == name]
        late = Reveal(self.values[name], rate_func=after(0.5))
        return [late, *noted, *(Conceal(note, rate_func=until(0.5)) for note in gone)]

    def hush(self) -> list[Animation]:
        """Fade out the comment in the row, if one is there."""
        note, self.note = self.note, None
        return [Conceal(note)] if note else []

    def value_of(self, name: str) -> Figure:
        """The last value that is written behind a statement."""
        return self._figures[name][-1]


def _places(lines: list[str]) -> list[float]:
    """The top of each line, counted in lines."""
    places, at = [], 0.0
    for line in lines:
        places.append(at)
        at += 1.0 if line.strip() else _BLANK
    return places
