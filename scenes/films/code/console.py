"""What a program prints: the last lines, in a fixed-pitch face."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.code.code_face import code_glyphs, column_width
from scenes.stage.page.glyphs import Figure
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.plots.shapes import rectangle

_PITCH = 1.62
_PAD = 0.9  # between the frame and the text at the sides, in heights of a capital
_FRAME = 1.2  # times this padding, above and below together
_TAB = 4
_CAP = 0.9  # of a label's
_LONG = 64  # columns of a line with two numbers in full
_INDENT = "  "


def wrapped(line: str, width: int) -> list[str]:
    """A printed line in rows of at most ``width`` columns; further rows are indented."""
    text = line.expandtabs(_TAB)
    if len(text) <= width:
        return [text]
    rows = [text[: len(text) - len(text.lstrip())]]
    for word in _words(text, width - len(_INDENT)):
        trial = f"{rows[-1]} {word}" if rows[-1].strip() else rows[-1] + word
        if rows[-1].strip() and len(trial) > width:
            rows.append(_INDENT + word)
        else:
            rows[-1] = trial
    return rows


def _words(text: str, width: int) -> list[str]:
    """The words of ``text``, each at most ``width`` long; a name stays with its value."""
    words: list[str] = []
    for word in text.split():
        if words and words[-1].endswith("=") and len(words[-1]) + 1 + len(word) <= width:
            words[-1] += f" {word}"
        else:
            words += [word[k : k + width] for k in range(0, len(word), width)]
    return words


def console_cap(width: float, scale: Scale) -> float:
    """The height of its capitals: nearly a label's, or what lets a long line fit in two rows."""
    fitting = width / ((_LONG / 2 + 2 * _PAD) * column_width())
    return max(scale.small, min(_CAP * scale.label, fitting))


def height_of(rows: int, cap: float) -> float:
    """The height of a console with this number of rows."""
    return cap * (rows * _PITCH + _FRAME * _PAD)


class Console(VGroup):
    """The last printed ``lines`` in ``box``; :meth:`reach` gets the number of printed lines.

    The line printed last has the colour of text, or of divergence if it is an error.
    """

    def __init__(
        self, lines: Sequence[str], box: Box, theme: Theme, scale: Scale, failed: bool = False
    ) -> None:
        super().__init__()
        self.lines, self.theme, self._failed = lines, theme, failed
        self.cap = console_cap(box.width, scale)
        glyphs, pad, pitch = code_glyphs(self.cap), _PAD * self.cap, _PITCH * self.cap
        self.width_ = int((box.width - 2 * pad) / glyphs.column + 1e-6)
        self.frame = VMobject(color=theme.grid, stroke_width=2, fill_opacity=0)
        rim = 0.01  # half the stroke
        edges = box.inset(rim, rim, rim, rim)
        self.frame.points = rectangle(edges.left, edges.bottom, edges.right, edges.top)
        count = max(1, int((box.height - _FRAME * pad) / pitch + 1e-6))
        self.figures: list[Figure] = []
        for row in range(count):
            at = point(box.left + pad, box.top - _FRAME / 2 * pad - (row + 0.5) * pitch)
            self.figures.append(Figure(glyphs, theme.muted, at, LEFT))
        self.rows = VGroup(*self.figures)
        self._count = -1
        self.add(self.frame, self.rows)
        self.reach(0)

    def reach(self, count: int) -> None:
        """Show the console after ``count`` lines."""
        if count == self._count:
            return
        self._count = count
        shown: list[tuple[str, str]] = []
        for number in range(count - 1, -1, -1):
            color = self._color(number, number == count - 1)
            rows = [(text, color) for text in wrapped(self.lines[number], self.width_)]
            shown = rows + shown
            if len(shown) >= len(self.rows):
                break
        shown = shown[-len(self.rows) :]
        for figure, (text, color) in zip(
            self.rows, [*shown, *[("", self.theme.muted)] * (len(self.rows) - len(shown))],
            strict=True,
        ):  # fmt: skip
            figure.write(text)
            figure.set_color(color)

    def _color(self, number: int, last: bool) -> str:
        if self._failed and number == len(self.lines) - 1:
            return self.theme.bad
        return self.theme.ink if last else self.theme.muted
