"""What manim's configuration files say about the picture of a user's scene."""

from __future__ import annotations

from typing import Any

from manim._config.utils import ManimConfig, config_file_paths, make_config_parser


def picture_settings() -> dict[str, Any]:
    """The settings of the picture in ``manim.cfg``, of the user and in the current folder.

    As manim's command, this does not look into the folder of the scene file. Size in pixels, frame
    rate, format and folders are left out: they are the job's. The frame's size in scene units is
    there only if a file sets it.

    Raises what manim raises for a file that it cannot read.
    """
    _, *optional = config_file_paths()
    if not any(path.exists() for path in optional):
        return {}
    parser = make_config_parser()
    config = ManimConfig().digest_parser(parser)
    given = {"background_color", "background_opacity"}
    given |= {"seed"} if config.seed is not None else set()
    sized = {"frame_width", "frame_height"} & set(parser["CLI"])
    # A height alone: the width follows from the shape of the picture, which is the job's.
    given |= sized | ({"frame_height"} if sized else set())
    return {name: config[name] for name in given}
