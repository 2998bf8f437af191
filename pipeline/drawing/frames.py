"""A renderer that plays a scene frame by frame and has the selected frames drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, PhaseFlow, Scene, UpdateFromFunc
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.exceptions import EndSceneEarlyException
from manim.utils.iterables import list_update

from pipeline.drawing.repaint.camera import CheckedCamera
from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.selection import Selection
from pipeline.drawing.share import SceneFrame, Share
from pipeline.drawing.timeline import Timeline


class FrameRenderer(CairoRenderer):
    """Plays a scene. `selection` says which frames are wanted, `share` which are drawn here.

    All other frames are *counted* too, so the film's time does not depend on what is drawn. A
    skipped play is evaluated at its last frame only, so its picture must be a function of time. If
    the scene has updaters, every frame is stepped: an updater may add up values, and the sums must
    be the same to the last bit.
    """

    file_writer: Timeline
    static_image: Any  # as returned by `Canvas.paint_static`; manim annotates another type

    def __init__(
        self, camera_class: type[CheckedCamera], selection: Selection, share: Share
    ) -> None:
        super().__init__(file_writer_class=Timeline, camera_class=camera_class)  # type: ignore[arg-type]
        self._selection = selection
        self._share = share
        self._fps = int(self.camera.frame_rate)
        assert isinstance(self.camera, CheckedCamera)
        self.canvas = Canvas(self.camera)

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play the animations of one call of `Scene.play` or `Scene.wait`."""
        section = self.file_writer.section
        if self._selection.is_over(section.name, self.file_writer.frames):
            raise EndSceneEarlyException()
        scene.compile_animation_data(*args, **kwargs)
        scene.begin_animations()
        if scene.is_current_animation_frozen_frame():
            self._hold(scene)
        else:
            self._animate(scene)
        self.num_plays += 1

    def scene_finished(self, scene: Scene) -> None:
        """A scene that plays nothing is a film of one frame."""
        if self.num_plays == 0:
            self._advance(1)
            if self._wants(0, True) and self._share.claim(1):
                self.static_image = None
                self._draw(scene, None, 1)

    def _hold(self, scene: Scene) -> None:
        """A wait in which nothing moves: one drawing, shown for many frames."""
        # int, not round: manim's own count, which a user's scene relies on.
        count = int(scene.duration / (1 / self._fps))
        first = self.file_writer.frames
        wanted = sum(self._wants(first + k, k == count - 1) for k in range(count))
        if wanted and self._share.paints_static(wanted):
            self.static_image = self.canvas.paint_static(scene.static_mobjects)
        here = self._share.claim(wanted) if wanted else 0
        if here:
            self._draw(scene, scene.moving_mobjects, here)
        self._advance(count)

    def _animate(self, scene: Scene) -> None:
        """Step through the frames of a play; a stop condition may end it early."""
        times = np.arange(0, scene.duration, 1 / self._fps)
        open_ended = scene.stop_condition is not None
        first, end = self.file_writer.frames, len(times) - 1
        wanted = [self._wants(first + k, None if open_ended else k == end) for k in range(end + 1)]
        if any(wanted) and self._share.paints_static(sum(wanted)):
            self.static_image = self.canvas.paint_static(scene.static_mobjects)
        stepwise = open_ended or _needs_every_frame(scene)
        for k, time in enumerate(times):
            here = wanted[k] and self._share.claim(1)
            if stepwise or here or k == end:
                self.time = (first + k) / self._fps
                scene.update_to_time(time)
            if here:
                self._draw(scene, scene.moving_mobjects, 1)
            self._advance(1)
            if scene.stop_condition is not None and scene.stop_condition():
                break
        _finish(scene)
        self.static_image = None

    def _wants(self, frame: int, last: bool | None) -> bool:
        section = self.file_writer.section
        return not section.skip_animations and self._selection.wants(section.name, frame, last)

    def _draw(self, scene: Scene, mobjects: list[Mobject] | None, repeat: int) -> None:
        # An empty list means "all" to manim, so a static wait paints the whole scene twice.
        shown = mobjects or list_update(scene.mobjects, scene.foreground_mobjects)
        section = self.file_writer.section.name
        self._share.draw(self.canvas, SceneFrame(shown, self.static_image, repeat, section))

    def _advance(self, count: int) -> None:
        """Count frames, except those of a section that the scene skips."""
        if not self.file_writer.section.skip_animations:
            self.file_writer.frames += count
        self.time = self.file_writer.frames / self._fps


def _needs_every_frame(scene: Scene) -> bool:
    """Whether the scene's state may depend on all frames before, not only on the time.

    An updater, with or without ``dt``, may add to a value, and so may a few of manim's animations.
    """
    if scene.updaters or scene.always_update_mobjects or any(map(_adds_up, scene.animations or ())):
        return True
    return any(mobject.updaters for mobject in scene.get_mobject_family_members())


def _adds_up(animation: Animation) -> bool:
    parts = getattr(animation, "animations", None) or ()
    return isinstance(animation, (PhaseFlow, UpdateFromFunc)) or any(map(_adds_up, parts))


def _finish(scene: Scene) -> None:
    """The end of a play, as in manim's ``Scene.play_internal``."""
    animations: list[Animation] = scene.animations or []
    for animation in animations:
        animation.finish()
        animation.clean_up_from_scene(scene)
    scene.update_mobjects(0)
