"""The band at the top of every film: title, summary, and which data are shown."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, VGroup

from gdcore.data import Dataset
from scenes import Film
from scenes.lesson import Lesson
from scenes.locales import texts
from scenes.stage.figures import short
from scenes.stage.layout import Layout
from scenes.stage.theme import Theme
from scenes.stage.wording import Label, paragraph


def data_tag(data: Dataset, lang: str) -> str:
    """What the data are: exact (y = kx) or noisy, with the seed if they were drawn."""
    words = texts(lang)
    if data.exact:
        used = data.x != 0
        slope = float(data.y[used][0] / data.x[used][0]) if used.any() else 0.0
        return words["common.exact"].format(slope=short(slope))
    if data.seed is not None:
        return words["common.noisy-seed"].format(seed=data.seed)
    return words["common.noisy"]


def heading(film: Film, lesson: Lesson, layout: Layout, theme: Theme) -> VGroup:
    """Title at the left, data at the right; beneath it in frames that are not wide."""
    scale, box = layout.scale, layout.title
    tag = Label(data_tag(lesson.data, lesson.lang), scale.label, theme.muted)
    if layout.stacked:
        rows = box.rows(2.0, 1.0, gap=0.1) if layout.height > layout.width else box.rows(1, 1, gap=0)
        title = paragraph(film.title(lesson.lang), scale.title, theme.ink, rows[0], True, "left")
        tag.put(np.array([rows[1].left, rows[1].center[1], 0]), LEFT)
        return VGroup(title, tag)
    middle = box.center[1]
    name = Label(film.title(lesson.lang), scale.title, theme.ink, bold=True)
    name.put(np.array([box.left, middle, 0]), LEFT)
    tag.put(np.array([box.right, middle - (scale.title - scale.label) / 2, 0]), RIGHT)
    group = VGroup(name, tag)
    summary = Label(film.summary(lesson.lang), scale.label, theme.muted)
    summary.put(np.array([name.get_right()[0] + 0.4, middle - (scale.title - scale.label) / 2, 0]), LEFT)
    if summary.get_right()[0] < tag.get_left()[0] - 0.4:
        group.add(summary)
    return group
