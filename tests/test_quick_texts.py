"""Texts that tests read quickly are those that the films show."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import Mobject, tempconfig

from scenes.stage.page.wording import Label
from tests.quick_texts import quick_texts

LINES = [
    "gradient descent: the slope at w = −3.25, 7 × 10⁻⁴ (67 %)",
    "梯度下降：每一步都朝下坡走（w）。",
    "J falls, √2 ≤ α; ŷ & <x>",
    "il:.",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789",
]


def built(line: str, color: str, bold: bool) -> list[Mobject]:
    """A text and its parts."""
    return Label(line, 0.25, color, bold).get_family()


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("line", LINES)
def test_all_numbers_are_those_that_manim_reads(line: str, bold: bool, tmp_path: Any) -> None:
    color = "#fc6255"
    with tempconfig({"media_dir": str(tmp_path)}):
        theirs = built(line, color, bold)
        with quick_texts():
            ours = built(line, color, bold)
    assert len(ours) == len(theirs) > 1
    left_out = {"original_id", "path_obj", "submobjects", "chars", "id_to_vgroup_dict"}
    for mine, their in zip(ours, theirs, strict=True):
        assert type(mine) is type(their)
        names = vars(their).keys() - left_out
        assert names == vars(mine).keys() - left_out
        for name in names:
            one, other = vars(mine)[name], vars(their)[name]
            if isinstance(other, np.ndarray):
                assert one.dtype == other.dtype and one.shape == other.shape, name
                assert one.tobytes() == other.tobytes(), name
            else:
                assert one == other, name
