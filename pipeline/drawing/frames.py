"""A renderer that plays a scene frame by frame and has the selected frames drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import Animation, Mobject, Scene, config
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.exceptions import EndSceneEarlyException
from manim.utils.iterables import list_update

from pipeline.drawing.jumps import may_jump
from pipeline.drawing.repaint.camera import CheckedCamera
from pipeline.drawing.repaint.canvas import Canvas
from pipeline.drawing.selection import Selection
from pipeline.drawing.share import SceneFrame, Share
from pipeline.drawing.timeline import Timeline


class FrameRenderer(CairoRenderer):
    """Plays a scene. `selection` says which frames are wanted, `share` which are drawn here.

    All other frames are *counted* too, so the film's time does not depend on what is drawn. A play
    is *stepped* frame by frame, unless `may_jump` is certain that its frames are a function of
    time. Then only frames that are drawn are played, and its last one.

    `on_read` is called whenever the scene is about to read the picture back from its camera. If it
    returns, all frames are painted as manim does, from now on.
    """

    file_writer: Timeline
    static_image: Any  # as returned by `Canvas.paint_static`; manim annotates another type

    def __init__(
        self,
        camera_class: Callable[[], CheckedCamera],
        selection: Selection,
        share: Share,
        on_read: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(file_writer_class=Timeline, camera_class=camera_class)  # type: ignore[arg-type]
        self._selection = selection
        self._share = share
        self._seconds = 1 / self.camera.frame_rate  # of a frame
        assert isinstance(self.camera, CheckedCamera)
        self.canvas = Canvas(self.camera)
        self._on_read, self.camera.on_read = on_read, self._read

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play the animations of one call of `Scene.play` or `Scene.wait`."""
        section = self.file_writer.section
        if self._selection.is_over(section.name, self.file_writer.frames):
            raise EndSceneEarlyException()
        self.skip_animations = self._original_skipping_status
        self.update_skipping_status()
        scene.compile_animation_data(*args, **kwargs)
        if self.skip_animations:  # the scene's clock goes on, the film's does not
            self.file_writer.skip(self.time, scene.duration)
            self.time += scene.duration
        scene.begin_animations()
        self.canvas.prepare(scene.static_mobjects)
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
        self.canvas.prepare(_shown(scene, scene.moving_mobjects))
        # int, not round: manim's own count, which a user's scene relies on.
        count = int(scene.duration / self._seconds)
        first = self.file_writer.frames
        wanted = sum(self._wants(first + k, k == count - 1) for k in range(count))
        paints_all = self._share.paints_all
        if paints_all or (wanted and self._share.paints_static(wanted)):
            self.static_image = self.canvas.paint_static(scene.static_mobjects)
        here = self._share.claim(wanted) if wanted else 0
        if here:
            self._draw(scene, scene.moving_mobjects, here)
        elif paints_all:
            self.canvas.paint_apart(_shown(scene, scene.moving_mobjects), self.static_image)
        self._advance(count)

    def _animate(self, scene: Scene) -> None:
        """Step through the frames of a play; a stop condition may end it early."""
        times = self._times(scene)
        open_ended = scene.stop_condition is not None
        first, end = self.file_writer.frames, len(times) - 1
        wanted = [self._wants(first + k, None if open_ended else k == end) for k in range(end + 1)]
        paints_all = self._share.paints_all
        if paints_all or (any(wanted) and self._share.paints_static(sum(wanted))):
            self.static_image = self.canvas.paint_static(scene.static_mobjects)
        stepwise = paints_all or open_ended or not may_jump(scene)
        for k, time in enumerate(times):
            here = wanted[k] and self._share.claim(1)
            if stepwise or here or k == end or not self.canvas.is_prepared:
                scene.update_to_time(time)
                if not self.canvas.is_prepared:
                    self.canvas.prepare(_shown(scene, scene.moving_mobjects))
            if here:
                self._draw(scene, scene.moving_mobjects, 1)
            elif paints_all:
                self.canvas.paint_apart(_shown(scene, scene.moving_mobjects), self.static_image)
            self._advance(1)
            if scene.stop_condition is not None and scene.stop_condition():
                break
        self._finish(scene)
        self.static_image = None

    def _times(self, scene: Scene) -> Sequence[float]:
        """The times of a play's frames. A play that the scene skips goes to its end in one step."""
        if self.skip_animations and scene.stop_condition is None:
            return [scene.duration]
        times: list[float] = list(np.arange(0, scene.duration, 1 / config["frame_rate"]))
        return times

    def _finish(self, scene: Scene) -> None:
        """The end of a play, as in manim's ``Scene.play_internal``."""
        animations: list[Animation] = scene.animations or []
        for animation in animations:
            animation.finish()
            animation.clean_up_from_scene(scene)
        if not self.skip_animations:
            scene.update_mobjects(0)

    def _wants(self, frame: int, last: bool | None) -> bool:
        section = self.file_writer.section.name
        return not self.skip_animations and self._selection.wants(section, frame, last)

    def _draw(self, scene: Scene, mobjects: list[Mobject] | None, repeat: int) -> None:
        timeline = self.file_writer
        shown, place = _shown(scene, mobjects), len(timeline.sections)
        section, begins = timeline.section.name, timeline.begins_cue
        frame = SceneFrame(shown, self.static_image, repeat, section, place, begins)
        self._share.draw(self.canvas, frame)

    def _read(self) -> None:
        self._on_read()
        self.canvas.draw_as_manim("the scene reads its picture")

    def _advance(self, count: int) -> None:
        """Count frames, except those that the scene skips, and their time as manim adds it up."""
        if not self.skip_animations:
            self.file_writer.frames += count
            self.time += count * self._seconds


def _shown(scene: Scene, mobjects: list[Mobject] | None) -> list[Mobject]:
    """What is painted over the static picture of a play.

    An empty list means "all" to manim, so a static wait paints the whole scene twice.
    """
    return mobjects or list_update(scene.mobjects, scene.foreground_mobjects)
