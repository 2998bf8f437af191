"""A private folder for one run, and manim's settings for it."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from manim import RendererType, config, logger, tempconfig

from pipeline.drawing.warnings import WarningCollector
from pipeline.job.errors import CannotCreate
from pipeline.job.job import FrameSpec


@contextmanager
def workspace() -> Iterator[Path]:
    """A private temporary folder, which is removed at the end of the block in any case.

    manim stores the outlines of texts as SVG under a hash that does not depend on the installed
    fonts. In an old folder the boxes of a font that was missing would be found again.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="gd-film-"))
    except OSError as error:
        raise CannotCreate(
            "no temporary folder can be made: {reason}", reason=error.strerror or str(error)
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Session:
    """manim's settings for one film, and the `warnings` that manim has given so far."""

    spec: FrameSpec
    folder: Path
    warnings: list[str]

    def restore(self) -> None:
        """Undo a scene file's changes of size, frame rate, output folder and whether to write.

        Its frame size in scene units and its background stay, since they belong to its picture.
        """
        settings = _settings(self.spec, self.folder)
        theirs = {"frame_width", "frame_height", "background_color"}
        config.update({name: value for name, value in settings.items() if name not in theirs})


@contextmanager
def manim_session(spec: FrameSpec, folder: Path) -> Iterator[Session]:
    """Within the block, manim's global settings are those for one film.

    All settings of a user's ``manim.cfg`` that could change the picture are set here, so equal jobs
    give equal frames. manim's messages are not printed: they would mix with the paths on standard
    output.
    """
    session = Session(spec, folder, [])
    root, collector = logging.getLogger(), WarningCollector(session.warnings, folder)
    printers, others = list(logger.handlers), list(root.handlers)
    logger.handlers[:] = [collector]
    # Importing manim put its log handler on the root logger too, which libav and others use.
    root.handlers[:] = [collector if handler in printers else handler for handler in others]
    try:
        with tempconfig(_settings(spec, folder)):
            yield session
        collector.gather()
    finally:
        logger.handlers[:], root.handlers[:] = printers, others


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
