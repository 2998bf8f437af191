"""Which mobjects a camera shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Mobject
from manim.camera.camera import Camera

MANY = 100_000  # mobjects; a group that contains itself would never end


def displayed(camera: Camera, mobjects: Iterable[Mobject]) -> list[Mobject]:
    """As manim's ``Camera.get_mobjects_to_display``, which took most of the drawing time.

    A mobject that is listed several times, such as beside its parents, is shown once, at its last
    place.
    """
    mobjects = list(mobjects)
    walk: list[Mobject] = []
    waiting = mobjects[::-1]
    while waiting:
        mobject = waiting.pop()
        walk.append(mobject)
        if mobject.submobjects:
            waiting += mobject.submobjects[::-1]
            if len(walk) > MANY:
                return Camera.get_mobjects_to_display(camera, mobjects)
    found = [mobject for mobject in dict.fromkeys(reversed(walk)) if len(mobject.points)]
    found.reverse()
    if camera.use_z_index:
        found.sort(key=lambda mobject: mobject.z_index)
    return found
