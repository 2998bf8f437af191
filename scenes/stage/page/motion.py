"""Animations that move what is there: nothing is copied, built anew or re-ordered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import Animation, Mobject, Scene, VGroup, VMobject

Rate = Callable[[float], float]


class Drive(Animation):
    """Call ``show(value)`` with a value that runs from ``start`` to ``stop``.

    ``show`` moves the points of mobjects that exist already, and every frame is a function of
    the value alone: no ``always_redraw``, no dependence on the frame rate.
    """

    def __init__(
        self,
        mobject: Mobject,
        show: Callable[[float], object],
        start: float = 0.0,
        stop: float = 1.0,
        **kwargs: Any,
    ) -> None:
        self.show, self.start, self.stop = show, start, stop
        super().__init__(mobject, introducer=True, **kwargs)

    def _setup_scene(self, scene: Scene) -> None:
        """What is in the picture keeps its place in the painting order (manim would move it up)."""
        known: set[Any] = set(scene.get_mobject_family_members())
        parts = self.mobject.submobjects or [self.mobject]
        scene.add(*(part for part in parts if part not in known))

    def create_starting_mobject(self) -> Any:
        """No copy: the value says all."""
        return self.mobject

    def interpolate(self, alpha: float) -> None:
        """Show the value that belongs to ``alpha``."""
        self.show(self.start + (self.stop - self.start) * self.rate_func(alpha))


_FULL = "full_opacity"  # a mobject's own attribute: it is copied and forgotten with it


def _full_opacity(part: VMobject) -> tuple[float, float]:
    """The opacities that ``part`` was built with, noted when it is first asked for."""
    if _FULL not in part.__dict__:
        part.__dict__[_FULL] = (part.get_fill_opacity(), part.get_stroke_opacity())
    found: tuple[float, float] = part.__dict__[_FULL]
    return found


def set_visible(mobject: Mobject, amount: float) -> None:
    """Scale the opacity that each part was built with by ``amount``, from 0 to 1."""
    for part in mobject.get_family():
        assert isinstance(part, VMobject)
        fill, stroke = _full_opacity(part)
        # As set_fill and set_stroke do in the end, without making new arrays for every glyph.
        part.fill_opacity, part.stroke_opacity = fill * amount, stroke * amount
        part.fill_rgbas[:, 3], part.stroke_rgbas[:, 3] = fill * amount, stroke * amount


def hide(mobject: Mobject) -> None:
    """Make ``mobject`` unseen; it keeps its place in the painting order."""
    set_visible(mobject, 0.0)


class Reveal(Drive):
    """Let ``mobjects`` appear, in place or on top if they are new (manim's FadeIn copies them)."""

    def __init__(self, *mobjects: VMobject, **kwargs: Any) -> None:
        group = VGroup(*mobjects)
        super().__init__(group, lambda amount: set_visible(group, amount), **kwargs)


class Conceal(Drive):
    """Let ``mobjects`` vanish in place; they stay in the picture, unseen."""

    def __init__(self, *mobjects: VMobject, **kwargs: Any) -> None:
        group = VGroup(*mobjects)
        super().__init__(group, lambda amount: set_visible(group, amount), 1.0, 0.0, **kwargs)


class Dismiss(Conceal):
    """Let ``mobjects`` vanish in place and take them out of the picture."""

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Remove them; the group that the animation holds them in was never in the scene."""
        parts: list[Any] = self.mobject.submobjects
        scene.remove(*parts)


def accelerate(updates: float, first: float) -> Rate:
    """A rate function for ``updates``: about ``first`` of them at an even speed, then faster.

    The speed at the start is that of ``first`` updates in the whole time; it ends in rest.
    """
    share = min(1.0, first / max(updates, 1e-9))

    def rate(alpha: float) -> float:
        eased = alpha + alpha**2 - alpha**3  # starts at full speed, comes to rest at 1
        passed: float = share * eased + (1 - share) * eased**2.6
        return passed

    return rate
