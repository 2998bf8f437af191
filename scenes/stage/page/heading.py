"""The band at the top of every film: title, summary, and which data are shown."""

from __future__ import annotations

import math

import numpy as np
from manim import LEFT, RIGHT, VGroup

from gdcore.data import Dataset
from gdcore.least_squares import LeastSquares
from scenes.catalogue.film import Film
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.theme import Theme
from scenes.locales import texts
from scenes.stage.page import fonts
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Layout, point
from scenes.stage.page.wording import Label, shortened, text_width

_GAP = 0.4  # units, between title, summary and tag
_DOT = " · "  # between the parts of a tag
_SHORTEST = 5  # characters; a file's name cut to so few says nothing


def data_tag(data: Dataset, lang: str, bias: bool = False, narrow: bool = False) -> str:
    """The data in words: exact (y = kx) or noisy, with the seed if they are random.

    With a ``bias`` any line y = kx + c counts as exact. ``narrow`` says it in fewer words.
    """
    words, form = texts(lang), "-narrow" if narrow else ""
    if bias and not data.exact and LeastSquares(data, bias=True).exact:
        w, b = (float(value) for value in LeastSquares(data, bias=True).minimiser())
        if math.isfinite(w):
            shift = f"{'−' if b < 0 else '+'} {short(abs(b))}"
            return words[f"common.exact-line{form}"].format(slope=short(w), shift=shift)
        return words["common.exact-plain"]
    if data.exact:
        used = data.x != 0
        slope = float(data.y[used][0] / data.x[used][0]) if used.any() else 0.0
        return words[f"common.exact{form}"].format(slope=short(slope))
    if data.seed is not None:
        return words[f"common.noisy-seed{form}"].format(seed=data.seed)
    return words["common.noisy"]


class Heading(VGroup):
    """Title and summary at the left, ``tag`` (the data) at the right, or beneath in tall frames."""

    def __init__(
        self,
        film: Film,
        lesson: Lesson,
        lang: str,
        layout: Layout,
        theme: Theme,
        about: str | None = None,
        bias: bool = False,
    ) -> None:
        """``about`` is shown instead of the data tag, in a film without data."""
        super().__init__()
        self.bias = bias
        self.lang, self.layout, self.theme = lang, layout, theme
        self.data = lesson.data
        self.rate = lesson.lr if "lr" in lesson.chosen and "lr" in film.takes else None
        content = lesson.data if about is None else about
        title, scale = film.title(lang), layout.scale
        if layout.stacked:
            self._room = layout.title.width
            self.tag = self.make_tag(content)
            self.add(self.tag, self._fitting(title, film.short_title(lang)))
            return
        box = layout.title
        name = Label(title, scale.title, theme.ink, bold=True)
        name.put(point(box.left, box.center[1]), LEFT)
        self._room = box.right - float(name.get_right()[0]) - _GAP
        self.tag = self.make_tag(content)
        summary = Label(film.summary(lang), scale.label, theme.muted)
        summary.put(point(name.get_right()[0] + _GAP, self._small_row()), LEFT)
        self.add(self.tag, name)
        # The summary is about the film's own batch size; with another one it is left out.
        if lesson.batch_size is None and summary.get_right()[0] < self.tag.get_left()[0] - _GAP:
            self.add(summary)

    def _fitting(self, *titles: str) -> Label:
        """The first of ``titles`` that fits on one line, smaller if need be."""
        row, scale = self._rows()[0], self.layout.scale
        made = [Label(title, scale.title, self.theme.ink, bold=True) for title in titles]
        least = scale.label / scale.title
        chosen = next((each for each in made if each.width * least <= row.width), made[-1])
        size = min(1.0, row.width / chosen.width) * scale.title
        name = Label(chosen.text, size, self.theme.ink, bold=True)
        return name.put(point(row.left, row.center[1]), LEFT)

    def _rows(self) -> list[Box]:
        return self.layout.title.rows(1.0, 1.0, gap=0.0)

    def _small_row(self) -> float:
        """The y at which smaller text has the same baseline as the title."""
        scale = self.layout.scale
        return float(self.layout.title.center[1]) - (scale.title - scale.label) / 2

    def make_tag(self, data: Dataset | str) -> Label:
        """The tag for ``data`` (or the film's own text), at its place."""
        text = self._last_parts(data) if isinstance(data, str) else self._said(data)
        tag = Label(text, self.layout.scale.label, self.theme.muted)
        if self.layout.stacked:
            row = self._rows()[1]
            return tag.put(point(row.left, row.center[1]), LEFT)
        return tag.put(point(self.layout.title.right, self._small_row()), RIGHT)

    def _last_parts(self, text: str) -> str:
        """A film's own text, or as many of its last parts as fit; a rate is the last."""
        while self._width(text) > self._room and _DOT in text:
            text = text.partition(_DOT)[2]
        return text

    def _said(self, data: Dataset) -> str:
        """The fullest text that fits: the file's name, what the data are, the rate chosen for them.

        A section may show other data than the lesson's; the rate is not for them.
        """
        kinds = [data_tag(data, self.lang, self.bias, narrow) for narrow in (False, True)]
        if LeastSquares(data, self.bias).exact:
            kinds.append(texts(self.lang)["common.exact-plain"])
        groups = [kinds]
        if self.rate is not None and np.array_equal(data.x, self.data.x):
            groups.insert(0, [f"{kind}{_DOT}α = {short(self.rate)}" for kind in kinds])
        said = [
            text
            for group in groups
            for text in (*(self._with_file(data, kind) for kind in group), *group)
            if text
        ]
        return next((text for text in said if self._width(text) <= self._room), said[-1])

    def _with_file(self, data: Dataset, kind: str) -> str:
        """``kind`` after as much of the file's name as fits; "" if that is next to nothing."""
        unknown = dict.fromkeys(map(ord, fonts.lacking(data.file, fonts.find_face())), "?")
        room = self._room - self._width(_DOT + kind)
        file = shortened(data.file.translate(unknown), self.layout.scale.label, room)
        told = file == data.file or len(file) > _SHORTEST
        return f"{file}{_DOT}{kind}" if told and file else ""

    def _width(self, text: str) -> float:
        return text_width(text, self.layout.scale.label)
