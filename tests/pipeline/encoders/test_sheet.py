"""Contact sheets: which pictures are on them, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pipeline import JobError, Part, RenderJob, Sheet, render
from pipeline.drawing.selection import EveryNth
from pipeline.encoders.sheet import GAP, PAPER

WIDTH, HEIGHT = 160, 90
PAPER_RGB = [int(PAPER[k : k + 2], 16) for k in (1, 3, 5)]


def pictures(page: np.ndarray, columns: int) -> list[list[np.ndarray]]:
    """The rows of pictures on a sheet, found by the ends of the paper in each column."""
    rows: list[list[np.ndarray]] = []
    first = page[:, GAP + 3]
    top = 0
    while top + HEIGHT <= len(page):
        window = first[top : top + HEIGHT]
        if (window == PAPER_RGB).all(axis=1).any():
            top += 1
            continue
        lefts = [GAP + k * (WIDTH + GAP) for k in range(columns)]
        cells = [page[top : top + HEIGHT, left : left + WIDTH] for left in lefts]
        rows.append([cell for cell in cells if not (cell == PAPER_RGB).all()])
        top += HEIGHT
    return rows


def test_a_row_for_each_section(job: Callable[..., RenderJob], drawn: Callable[..., Any]) -> None:
    """Every second frame of the film; a section with too many pictures continues below."""
    made = render(job("Film", "sheet.png", Sheet(every=0.2, columns=2)))
    page = np.asarray(Image.open(made.path).convert("RGB"))
    shown = drawn("Film", EveryNth(2))
    assert [section.name for section in made.sections] == ["slide", "hold", "turn"]
    assert page.shape[1] == GAP + 2 * (WIDTH + GAP)
    rows = pictures(page, columns=2)
    assert [len(row) for row in rows] == [2, 2, 1, 2, 1]  # of 4, 6 and 6 frames

    for cell, frame in zip([cell for row in rows for cell in row], shown.frames, strict=True):
        assert np.array_equal(cell, frame[..., :3])


def test_a_section_shorter_than_a_step_keeps_its_name(job: Callable[..., RenderJob]) -> None:
    made = render(job("Film", "sheet.png", Sheet(every=1.0)))
    page = np.asarray(Image.open(made.path).convert("RGB"))
    # Frames 0 and 10 of sections [0, 4), [4, 10), [10, 16): the second has a row without frames.
    assert [len(row) for row in pictures(page, columns=1)] == [1, 1]
    assert len(page) > 3 * HEIGHT


@pytest.mark.parametrize("wrong", [{"every": 0.0}, {"every": 1e9}, {"columns": 0}])
def test_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(JobError):
        Sheet(**wrong)  # type: ignore[arg-type]


def test_a_sheet_of_a_part(job: Callable[..., RenderJob], drawn: Callable[..., Any]) -> None:
    """It counts from the part's first frame."""
    part = Part("hold", "turn")
    made = render(job("Film", "sheet.png", Sheet(every=0.5, columns=3), part=part))
    page = np.asarray(Image.open(made.path).convert("RGB"))
    rows = pictures(page, columns=2)
    assert [len(row) for row in rows] == [2, 1]  # frames 0, 5 and 10 of the part
    shown = drawn("Film").frames
    for cell, number in zip([cell for row in rows for cell in row], (4, 9, 14), strict=True):
        assert np.array_equal(cell, shown[number][..., :3])
