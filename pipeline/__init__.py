"""From a Manim scene to a verified file.

A `RenderJob` says which scene, how large, how encoded and where to; `render` makes the file and
returns what it measured in it. Importing this package imports neither manim nor PyAV.

    job (frozen) -> frames (manim's renderer seam) -> encoder -> verified, published file
"""

from .cache import FilmCache, Store, cache_folder
from .captions import to_srt, to_vtt
from .encodings import GIF_RATES, SPEEDS, Encoding, Gif, Mp4, Png, ProRes, Sheet, WebM, encoding_for
from .errors import (
    CannotCreate,
    CodecMissing,
    JobError,
    NotFound,
    PipelineError,
    SceneFailed,
    WriteFailed,
)
from .estimate import Estimate, estimate
from .job import SHORT_SIDE, Picture, RenderJob, SceneRef
from .names import check_file_name
from .rendering import render, render_together
from .result import Caption, Progress, ProgressCallback, Rendered, SectionSpan

__all__ = [
    "GIF_RATES",
    "SHORT_SIDE",
    "SPEEDS",
    "CannotCreate",
    "Caption",
    "CodecMissing",
    "Encoding",
    "Estimate",
    "FilmCache",
    "Gif",
    "JobError",
    "Mp4",
    "NotFound",
    "Picture",
    "PipelineError",
    "Png",
    "ProRes",
    "Progress",
    "ProgressCallback",
    "RenderJob",
    "Rendered",
    "SceneFailed",
    "SceneRef",
    "SectionSpan",
    "Sheet",
    "Store",
    "WebM",
    "WriteFailed",
    "cache_folder",
    "check_file_name",
    "encoding_for",
    "estimate",
    "render",
    "render_together",
    "to_srt",
    "to_vtt",
]
