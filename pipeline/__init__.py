"""From a Manim scene to a verified file.

A `RenderJob` says which scene, how large, how encoded and where to. `render` makes the file and
returns what was measured in it. Importing this package imports neither manim nor PyAV.

    job (frozen) -> frames (our renderer for manim) -> encoder -> verified, published file
"""

from pipeline.cache import FilmCache, Store, cache_folder
from pipeline.clips import Clips, render_clips
from pipeline.job.clip import By, Clip, ClipFile
from pipeline.job.cues import Cue
from pipeline.job.encodings import (
    GIF_RATES,
    SPEEDS,
    Animation,
    Apng,
    CueList,
    Encoding,
    Gif,
    Mp4,
    Png,
    ProRes,
    SectionEnds,
    Sheet,
    Stills,
    WebM,
    WebP,
    encoding_for,
)
from pipeline.job.errors import (
    CannotCreate,
    CodecMissing,
    JobError,
    NotFound,
    PipelineError,
    SceneFailed,
    Stopped,
    WriteFailed,
)
from pipeline.job.estimate import Estimate, estimate
from pipeline.job.file_names import check_file_name
from pipeline.job.job import SHORT_SIDE, FrameSpec, RenderJob, SceneRef
from pipeline.job.part import Part
from pipeline.job.result import Caption, Progress, ProgressCallback, Rendered, SectionSpan
from pipeline.job.subtitles import SubtitleTrack, TextFile
from pipeline.joining import JoinedFilm, render_joined
from pipeline.rendering import render, render_together

__all__ = [
    "GIF_RATES",
    "SHORT_SIDE",
    "SPEEDS",
    "Animation",
    "Apng",
    "By",
    "CannotCreate",
    "Caption",
    "Clip",
    "ClipFile",
    "Clips",
    "CodecMissing",
    "Cue",
    "CueList",
    "Encoding",
    "Estimate",
    "FilmCache",
    "FrameSpec",
    "Gif",
    "JobError",
    "JoinedFilm",
    "Mp4",
    "NotFound",
    "Part",
    "PipelineError",
    "Png",
    "ProRes",
    "Progress",
    "ProgressCallback",
    "RenderJob",
    "Rendered",
    "SceneFailed",
    "SceneRef",
    "SectionEnds",
    "SectionSpan",
    "Sheet",
    "Stills",
    "Stopped",
    "Store",
    "SubtitleTrack",
    "TextFile",
    "WebM",
    "WebP",
    "WriteFailed",
    "cache_folder",
    "check_file_name",
    "encoding_for",
    "estimate",
    "render",
    "render_clips",
    "render_joined",
    "render_together",
]
