"""Which plays are jumped: those that are certainly a function of time, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from manim import Animation, Dot

from pipeline.drawing.jumps import is_declared

PARALLEL = Path(__file__).parents[1] / "parallel"


@pytest.mark.parametrize(
    ("file", "name", "expected"),
    [
        ("plays.py", "Known", [True] * 5),
        ("plays.py", "Own", [False, False, False, True]),
        ("plays.py", "Followers", [False] * 2),
        ("plays.py", "Rates", [False] * 3),
        ("plays.py", "Same", [False] * 3),
        ("plays.py", "Turns", [False] * 3),
        ("scenes.py", "Centre", [True] * 2),
        ("scenes.py", "Stepping", [False] * 2),
        ("scenes.py", "OwnMobjects", [False] * 2),
    ],
)
def test_what_is_jumped(file, name, expected, drawn, monkeypatch):
    from pipeline.drawing import frames

    found, may_jump = [], frames.may_jump
    monkeypatch.setattr(frames, "may_jump", lambda scene: found.append(may_jump(scene)) or False)
    drawn(name, module=str(PARALLEL / file))
    assert found == expected


class Sways(Animation):
    """Declares itself."""

    is_function_of_time = True

    def interpolate_mobject(self, alpha: float) -> None:
        self.mobject.set_y(alpha)


class Greets(Sways):
    """Replaces nothing that is called for each frame."""

    def begin(self) -> None:
        super().begin()


class Limps(Sways):
    """Replaces what its parent vouched for."""

    def interpolate(self, alpha: float) -> None:
        super().interpolate(alpha)


class Recovers(Limps):
    """Vouches for it again."""

    is_function_of_time = True


@pytest.mark.parametrize(
    ("kind", "expected"), [(Sways, True), (Greets, True), (Limps, False), (Recovers, True)]
)
def test_a_declaration_holds_until_a_subclass_replaces_the_interpolation(kind, expected):
    animation = kind(Dot())
    assert is_declared(animation) is expected
    animation.interpolate = lambda alpha: None
    assert not is_declared(animation)


def test_every_play_of_our_films_is_declared():
    from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal

    dot = Dot()
    assert all(map(is_declared, [Drive(dot, print), Reveal(dot), Conceal(dot), Dismiss(dot)]))
