"""Golden frames: what the films look like without their texts, at 320 by 180.

Texts are hidden, since fonts differ from one machine to another. Renew the pictures after an
intended change, look at them, and commit them with it:

    GD_RENEW_GOLDEN=1 python -m pytest tests/scenes/test_golden.py

(or `python -m pytest tests/scenes/test_golden.py --renew-golden`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from manim import MathTypst
from PIL import Image

from scenes import FILMS, Telling
from scenes.catalogue.theme import THEMES
from scenes.stage.page.glyphs import Figure
from scenes.stage.page.wording import Label

GOLDEN = Path(__file__).with_name("golden")
FPS = 10

# A changed pixel differs by more than the anti-aliasing of another cairo does.
CHANGED = 40  # of 255, in any channel
SHARE = 0.0003  # of the pixels may be changed: 17 of 57,600
MEAN = 0.3  # of 255, mean absolute difference

MOMENTS = {
    ("cost-function", "light"): (11.5, 32.0, 42.0),
    ("gradient", "dark"): (5.6, 19.3, 43.6),
    ("batch", "dark"): (6.2, 14.4, 30.4),
    ("compare", "dark"): (15.5, 28.6, 50.5),
    ("sgd", "dark"): (15.4, 25.0, 49.4),
    ("learning-rate", "light"): (22.5, 37.5, 47.1),
    ("noise-ball", "dark"): (12.0, 22.5, 47.0),
    ("code", "light"): (13.3, 29.7, 46.0),
    ("mini-batch", "light"): (12.0, 20.5, 38.3),
    ("momentum", "light"): (17.0, 39.5, 66.5),
    ("optimizers", "light"): (16.5, 31.0, 56.0),
    ("landscape", "dark"): (15.0, 30.5, 52.0),
    ("plane", "dark"): (13.5, 41.5, 57.0),
    ("surface", "light"): (8.0, 28.1, 39.6),
    ("scaling", "dark"): (15.0, 28.0, 54.0),
}
for new in FILMS.keys() - {film for film, _ in MOMENTS}:  # until somebody chooses better ones
    length = FILMS[new].seconds(FILMS[new].lesson())
    MOMENTS[new, "dark"] = tuple(round(part * length, 1) for part in (0.3, 0.6, 0.95))


@pytest.fixture
def no_texts() -> Iterator[None]:
    """All texts are invisible; they keep their places."""

    def invisible(build: Callable[..., None]) -> Callable[..., None]:
        def construct(self: Any, *args: Any, **kwargs: Any) -> None:
            build(self, *args, **kwargs)
            self.set_fill(opacity=0.0).set_stroke(opacity=0.0)

        return construct

    with ExitStack() as stack:
        for kind in (Label, Figure, MathTypst):
            stack.enter_context(patch.object(kind, "__init__", invisible(kind.__init__)))
        yield


def path_of(film: str, second: float, theme: str) -> Path:
    """Where the golden frame of a moment is kept."""
    return GOLDEN / f"{film}-{second:g}-{theme}.png"


def differences(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """The share of changed pixels, and the mean absolute difference."""
    away = np.abs(one.astype(int) - other.astype(int))
    return float((away.max(axis=-1) > CHANGED).mean()), float(away.mean())


@pytest.mark.slow
@pytest.mark.parametrize(("film", "theme"), MOMENTS)
def test_films_look_as_they_did(
    film: str, theme: str, shoot: Callable[..., Any], renew_golden: bool, no_texts: None
) -> None:
    frames = {round(second * FPS): second for second in MOMENTS[film, theme]}
    told = Telling(theme=theme)
    _, tray = shoot(film, FILMS[film].lesson(), frames, short=180, fps=FPS, telling=told)
    wrong = []
    for number, second in frames.items():
        drawn, path = tray.frames[number][..., :3], path_of(film, second, theme)
        if renew_golden:
            GOLDEN.mkdir(exist_ok=True)
            Image.fromarray(drawn).save(path, optimize=True)
        share, mean = differences(drawn, np.array(Image.open(path)))
        if share > SHARE or mean > MEAN:
            wrong.append(f"{path.name}: {share:.2%} of the pixels, {mean:.2f} on average")
    assert not wrong


def test_the_pictures_are_those_that_are_compared(renew_golden: bool) -> None:
    """Each golden frame is compared with something; each film has some. Renewal deletes others."""
    wanted = {
        path_of(film, s, theme) for (film, theme), moments in MOMENTS.items() for s in moments
    }
    found = set(GOLDEN.glob("*.png"))
    for path in found - wanted if renew_golden else ():
        path.unlink()
    remedy = "./gd test tests/scenes/test_golden.py --renew-golden"
    assert found - wanted == set() or renew_golden, f"nothing compares these; {remedy}"
    assert wanted <= found or renew_golden, f"these are missing; {remedy}"
    assert {film for film, _ in MOMENTS} == set(FILMS)


def test_a_lost_point_would_be_noticed() -> None:
    """The tolerance is smaller than the smallest important part."""
    golden = np.array(Image.open(path_of("batch", 30.4, "dark")))
    point = np.array([int(THEMES["dark"].point[i : i + 2], 16) for i in (1, 3, 5)])
    ys, xs = np.nonzero(np.abs(golden - point).max(axis=-1) < CHANGED)
    inside = (xs < 190) & (ys > 20)  # on the parabola, not in the charts beside it
    assert inside.sum() > 5
    x, y = int(np.median(xs[inside])), int(np.median(ys[inside]))
    lost = golden.copy()
    lost[y - 3 : y + 4, x - 3 : x + 4] = golden[0, 0]
    assert differences(lost, golden)[0] > SHARE
