"""manim's settings for one run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manim import RendererType, config, logger, tempconfig

from pipeline.drawing.config_files import picture_settings
from pipeline.drawing.warnings import WarningCollector
from pipeline.job.errors import JobError
from pipeline.job.job import FrameSpec, SceneRef
from pipeline.job.manim_settings import settings_read
from pipeline.job.result import Notice

PICTURE = {"frame_width", "frame_height", "background_color", "background_opacity", "seed"}
"""manim's settings that a scene file decides."""


@dataclass(frozen=True, slots=True)
class Session:
    """manim's settings for one film, and the `warnings` that manim has given so far."""

    spec: FrameSpec
    folder: Path
    seed: int | None
    warnings: list[str]

    def restore(self) -> None:
        """Undo a scene file's changes of size, frame rate, output folder and whether to write.

        Its frame size in scene units, its background and its seed stay, since they belong to its
        picture. Raises `JobError` for a transparent background in an opaque film.
        """
        settings = _settings(self.spec, self.folder)
        config.update({name: value for name, value in settings.items() if name not in PICTURE})
        if config.background_opacity < 1 and not self.spec.transparent:
            raise JobError(
                "the scene has a transparent background (background_opacity is {opacity:g}): "
                "render it with the theme transparent",
                opacity=config.background_opacity,
            )
        if self.seed is not None and config.seed != self.seed:
            logger.warning(
                Notice(
                    "the file sets config.seed to {theirs}, so the seed {seed} has no effect",
                    theirs=str(config.seed),
                    seed=str(self.seed),
                )
            )


@contextmanager
def manim_session(
    spec: FrameSpec, folder: Path, scene: SceneRef | None = None
) -> Iterator[Session]:
    """Within the block, manim's global settings are those for one film.

    ``manim.cfg`` decides on the picture of a scene file. For other scenes all of its settings that
    could change the picture are set here, so equal jobs give equal frames. manim's messages are not
    printed: they would mix with the paths on standard output.

    Raises `BadSettings` for a ``manim.cfg`` that manim cannot use.
    """
    own = scene is not None and scene.is_file
    seed = scene.seed if scene is not None and own else None
    session = Session(spec, folder, seed, [])
    with settings_read():
        settings = _settings(spec, folder) | (_of_a_file(spec, seed) if own else {})
    root, collector = logging.getLogger(), WarningCollector(session.warnings, folder)
    printers, others = list(logger.handlers), list(root.handlers)
    logger.handlers[:] = [collector]
    # Importing manim put its log handler on the root logger too, which libav and others use.
    root.handlers[:] = [collector if handler in printers else handler for handler in others]
    try:
        with tempconfig(settings):
            yield session
        collector.gather()
    finally:
        logger.handlers[:], root.handlers[:] = printers, others


def _of_a_file(spec: FrameSpec, seed: int | None) -> dict[str, Any]:
    """The settings of a scene file's picture that are not as in `_settings`."""
    found = picture_settings()
    if "frame_height" in found:
        width, height = spec.scene_size
        found.setdefault("frame_width", found["frame_height"] * width / height)
    if spec.transparent and found.get("background_opacity") == 1:
        del found["background_opacity"]
    return found if seed is None else found | {"seed": seed}


def _settings(spec: FrameSpec, folder: Path) -> dict[str, object]:
    width, height = spec.scene_size
    # Setting the renderer takes 20 ms, since manim then visits all its classes.
    renderer = {} if config.renderer == RendererType.CAIRO else {"renderer": RendererType.CAIRO}
    return renderer | {
        "pixel_width": spec.width,
        "pixel_height": spec.height,
        "frame_rate": spec.fps,
        "frame_width": width,
        "frame_height": height,
        "background_color": "#000000",
        "background_opacity": 0.0 if spec.transparent else 1.0,
        "media_dir": str(folder),
        "text_dir": str(folder / "texts"),
        "tex_dir": str(folder / "tex"),
        "log_dir": str(folder / "logs"),
        "log_to_file": False,
        "format": "none",  # manim itself writes nothing
        "save_sections": False,
        "dry_run": False,
        "preview": False,
        "live_preview": False,
        "enable_gui": False,
        "from_animation_number": 0,
        "upto_animation_number": -1,
        "progress_bar": "none",
        "verbosity": "WARNING",
        "notify_outdated_version": False,
        "seed": 0,  # manim seeds random and NumPy with it when the scene is made
    }
