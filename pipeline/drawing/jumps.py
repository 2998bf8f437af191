"""Whether frames of a play may be jumped over: only if they are certainly a function of time.

A process that does not draw a frame may leave it out if the frames after it come out the same. This
is known of a play by what it is:

- Each of its animations is of a kind in `_KNOWN`, or is declared: see `is_declared`. The known ones
  write their mobject from copies that they made at the beginning, and from the time alone.
- Rate functions and paths are manim's own. Any other function may have a state.
- No two of its animations write the same mobject, since in a group the one that ends first is not
  played again.
- Nothing has an updater, and the scene and its mobjects replace no method of manim.

All other plays are stepped: every frame is played, drawn or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import FunctionType
from typing import Any

from manim import (
    Add,
    Animation,
    AnimationGroup,
    Create,
    DrawBorderThenFill,
    FadeTransform,
    Mobject,
    Rotating,
    Scene,
    ShowPassingFlash,
    Transform,
    TransformFromCopy,
    VMobject,
    Wait,
)
from manim.animation.creation import ShowPartial

DECLARED = "is_function_of_time"

# What manim calls for each frame of an animation. The rest is called once, at begin and end.
_PER_FRAME = frozenset({
    "update_mobjects", "get_all_mobjects", "get_all_mobjects_to_update", "get_all_families_zipped",
    "interpolate", "interpolate_mobject", "interpolate_submobject", "get_sub_alpha", "_get_bounds",
})  # fmt: skip

# The classes of manim whose methods of these names are functions of time: most animations have
# methods of theirs. Not here, besides those that call a user's function or read another mobject:
# Succession (its animations begin within the play and read what is there then), Wiggle (turns about
# a centre that the frame before moved), ChangingDecimal and MoveAlongPath (each frame shifts what
# the last one left, and rounding adds up), ShowSubmobjectsOneByOne (hides only what it has shown).
_KNOWN = frozenset({
    Animation, Transform, TransformFromCopy, FadeTransform, ShowPartial, Create, ShowPassingFlash,
    DrawBorderThenFill, Rotating, AnimationGroup, Wait, Add,
})  # fmt: skip

# What a class of mobjects may have of its own: called when it is made, or added by manim or Python.
_HARMLESS = frozenset({
    "__init__", "__module__", "__doc__", "__annotations__", "__abstractmethods__", "__dict__",
    "__weakref__", "__qualname__", "__static_attributes__", "__firstlineno__", "__parameters__",
    "__orig_bases__", "_original__init__", "animation_overrides", "generate_points", "init_points",
    "init_colors",
})  # fmt: skip

_OF_SCENE = ("update_to_time", "update_mobjects", "update_self", "update_meshes")


def may_jump(scene: Scene) -> bool:
    """Whether frames of the play that has just begun may be left out."""
    animations = scene.animations or []
    if scene.updaters or scene.always_update_mobjects or _has_its_own(scene, _OF_SCENE):
        return False
    if not all(map(_is_still, scene.get_mobject_family_members())):
        return False
    return all(map(is_declared, animations)) or _are_known(animations)


def is_declared(animation: Animation) -> bool:
    """Whether its class says ``is_function_of_time = True``.

    It then vouches for all that the animation does, also with functions that it was given: what is
    shown depends on the time alone, and no mobject but its own is written. The word holds for
    subclasses until one of them replaces a method that manim calls for each frame.
    """
    if not _PER_FRAME.isdisjoint(vars(animation)):
        return False
    for kind in type(animation).__mro__:
        if DECLARED in vars(kind):
            return vars(kind)[DECLARED] is True
        if not _PER_FRAME.isdisjoint(vars(kind)):
            break
    return False


def _are_known(animations: Sequence[Animation]) -> bool:
    """Whether all, also in groups, are known or declared, and write different mobjects."""
    written: set[int] = set()
    for animation in _flat(animations):
        if not (is_declared(animation) or _is_known(animation)):
            return False
        if isinstance(animation, AnimationGroup):
            continue
        used: Any = animation.get_all_mobjects()  # with the copies that it made
        if not all(_is_still(part) for mobject in used for part in mobject.get_family()):
            return False
        target: Any = animation.mobject
        family = {id(part) for part in target.get_family()}
        if not written.isdisjoint(family):
            return False
        written |= family
    return True


def _flat(animations: Sequence[Animation]) -> Iterator[Animation]:
    """The animations, and those in groups. A group comes first: it is known before it is opened."""
    for animation in animations:
        yield animation
        if isinstance(animation, AnimationGroup):
            yield from _flat(animation.animations)


def _is_known(animation: Animation) -> bool:
    if not _PER_FRAME.isdisjoint(vars(animation)):
        return False
    kinds = type(animation).__mro__
    for name in _PER_FRAME:
        if next((kind for kind in kinds if name in vars(kind)), Animation) not in _KNOWN:
            return False
    path = getattr(animation, "path_func", None)
    return _is_manims(animation.rate_func) and (path is None or _is_manims(path))


def _is_manims(function: object) -> bool:
    """Whether it is one of manim's helpers, and made from such ones only (``squish_rate_func``)."""
    if not isinstance(function, FunctionType):
        return False
    if not function.__globals__["__name__"].startswith("manim.utils."):
        return False
    inner = (cell.cell_contents for cell in function.__closure__ or ())
    return all(_is_manims(value) for value in inner if callable(value))


def _is_still(mobject: Mobject) -> bool:
    """Whether nothing changes it but an animation, and it does only what manim does."""
    return not mobject.updaters and _replaces_nothing(mobject)


def _replaces_nothing(mobject: Mobject) -> bool:
    kind = type(mobject)
    if any(callable(getattr(kind, name, None)) for name in vars(mobject)):
        return False
    theirs = (base for base in kind.__mro__ if not base.__module__.startswith("manim."))
    names = (name for base in theirs if base is not object for name in vars(base))
    return not any(hasattr(VMobject, name) for name in names if name not in _HARMLESS)


def _has_its_own(scene: Scene, names: Sequence[str]) -> bool:
    """Whether a class of the user's, or the scene itself, replaces one of manim's methods."""
    return any(
        name in vars(scene) or not getattr(type(scene), name).__module__.startswith("manim.")
        for name in names
    )
