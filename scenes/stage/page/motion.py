"""Animations that change existing mobjects: they copy, rebuild and reorder nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import Animation, Mobject, Scene, VGroup, VMobject, smooth

Rate = Callable[[float], float]


class Drive(Animation):
    """Call ``show(value)`` with a value that runs from ``start`` to ``stop``.

    ``show`` moves the points of mobjects that exist already, and every frame is a function of
    the value alone: no ``always_redraw``, no dependence on the frame rate.
    """

    is_function_of_time = True  # so workers may jump to their first frame (docs/pipeline.md)

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
        """Mobjects in the scene keep their display order (manim would move them to the top)."""
        known: set[Any] = set(scene.get_mobject_family_members())
        parts = self.mobject.submobjects or [self.mobject]
        scene.add(*(part for part in parts if part not in known))

    def create_starting_mobject(self) -> Any:
        """Return the mobject itself: no copy is needed."""
        return self.mobject

    def interpolate(self, alpha: float) -> None:
        """Show the value that belongs to ``alpha``."""
        self.show(self.start + (self.stop - self.start) * self.rate_func(alpha))


_FULL = "full_opacity"  # stored on the mobject, so that a copy has it too


def _full_opacity(part: VMobject) -> tuple[float, float]:
    """The opacities that ``part`` was built with, stored at the first call."""
    if _FULL not in part.__dict__:
        part.__dict__[_FULL] = (part.get_fill_opacity(), part.get_stroke_opacity())
    found: tuple[float, float] = part.__dict__[_FULL]
    return found


def set_visible(mobject: Mobject, amount: float) -> None:
    """Scale the opacity that each part was built with by ``amount``, from 0 to 1."""
    for part in _parts(mobject):
        _scale_opacity(part, amount)


def _parts(mobject: Mobject) -> list[VMobject]:
    return [part for part in mobject.get_family() if isinstance(part, VMobject)]


def _scale_opacity(part: VMobject, amount: float) -> None:
    fill, stroke = _full_opacity(part)
    # The same as set_fill and set_stroke, but without new arrays for every glyph.
    part.fill_opacity, part.stroke_opacity = fill * amount, stroke * amount
    part.fill_rgbas[:, 3], part.stroke_rgbas[:, 3] = fill * amount, stroke * amount


def visibility(part: VMobject) -> float:
    """How visible a part is now: the share, from 0 to 1, of the opacity that it was built with."""
    fill, stroke = _full_opacity(part)
    if fill > 0:
        return float(part.fill_rgbas[0, 3]) / fill
    return float(part.stroke_rgbas[0, 3]) / stroke if stroke > 0 else 0.0


def hide(mobject: Mobject) -> None:
    """Make ``mobject`` invisible; it keeps its place in the display order."""
    set_visible(mobject, 0.0)


class Reveal(Drive):
    """Fade ``mobjects`` in, on top if they are new (manim's FadeIn would copy them)."""

    def __init__(self, *mobjects: VMobject, **kwargs: Any) -> None:
        group = VGroup(*mobjects)
        super().__init__(group, lambda amount: set_visible(group, amount), **kwargs)


class Conceal(Drive):
    """Fade ``mobjects`` out from how visible they are now; they stay in the scene, invisible."""

    def __init__(self, *mobjects: VMobject, **kwargs: Any) -> None:
        group = VGroup(*mobjects)
        now = [(part, visibility(part)) for part in _parts(group)]

        def fade(amount: float) -> None:
            for part, share in now:
                _scale_opacity(part, share * amount)

        super().__init__(group, fade, 1.0, 0.0, **kwargs)


class Dismiss(Conceal):
    """Fade ``mobjects`` out and remove them from the scene."""

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Remove them one by one, since their group was never in the scene."""
        parts: list[Any] = self.mobject.submobjects
        scene.remove(*parts)


def until(share: float) -> Rate:
    """A rate for what makes room for something else: it is over by ``share`` of the time."""
    return lambda t: smooth(min(t / share, 1.0))


def after(share: float) -> Rate:
    """A rate for what comes when something else has made room: nothing before ``share``."""
    return lambda t: smooth(max((t - share) / (1 - share), 0.0))


def accelerate(updates: float, first: float) -> Rate:
    """A rate function for ``updates``: about ``first`` of them at an even speed, then faster.

    It starts with the speed of ``first`` updates in the whole time and comes to rest at the end.
    """
    share = min(1.0, first / max(updates, 1e-9))

    def rate(alpha: float) -> float:
        eased = alpha + alpha**2 - alpha**3  # starts at full speed, comes to rest at 1
        passed: float = share * eased + (1 - share) * eased**2.6
        return passed

    return rate
