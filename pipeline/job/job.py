"""The job: which scene, how large, how encoded, where to. A frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.job.encodings import ANIMATIONS, GIF_RATES, Encoding, Gif, Mp4, ProRes, WebM
from pipeline.job.errors import JobError
from pipeline.job.file_names import check_file_name
from pipeline.job.part import Part
from pipeline.job.subtitles import UNKNOWN, SubtitleTrack, TextFile

SHORT_SIDE = 8.0  # units of the frame's shorter side, in every aspect
MAX_SIDE = 8192  # pixels; near the limit of x264 at 4:2:0, and 268 MB of memory for a frame


@dataclass(frozen=True, slots=True)
class SceneRef:
    """Names a Manim scene: ``module`` is a dotted name or the path of a ``.py`` file.

    The scene is built as ``Name(**arguments)``. For a scene file, `seed` is manim's seed of the
    modules ``random`` and ``numpy.random`` (None: the one of ``manim.cfg``, or 0).
    """

    module: str
    name: str
    arguments: tuple[tuple[str, object], ...] = ()
    seed: int | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a user's scene file."""
        return self.module.endswith(".py")


@dataclass(frozen=True, slots=True)
class FrameSpec:
    """The format of a film's frames: size in pixels, frames a second, size in scene units.

    ``units`` is (width, height) of the frame. With None the shorter side is 8 units and pixels are
    square. ``transparent`` leaves out the background.
    """

    width: int
    height: int
    fps: int
    units: tuple[float, float] | None = None
    transparent: bool = False

    def __post_init__(self) -> None:
        for side, pixels in (("width", self.width), ("height", self.height)):
            if not 16 <= pixels <= MAX_SIDE:
                raise JobError(
                    "{side} must be from 16 to {most} pixels, not {pixels}",
                    side=side,
                    most=MAX_SIDE,
                    pixels=pixels,
                )
        if not 1 <= self.fps <= 120:
            raise JobError("fps must be from 1 to 120, not {fps}", fps=self.fps)

    @property
    def scene_size(self) -> tuple[float, float]:
        """Width and height of the frame in scene units."""
        if self.units is not None:
            return self.units
        scale = SHORT_SIDE / min(self.width, self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True, slots=True)
class RenderJob:
    """Everything that the bytes of one file depend on, and where it goes.

    ``part`` keeps some sections of the film (None: all). ``title`` goes into the file's metadata,
    ``name`` into the ids of its cues. ``chapters`` are titles of sections, by their names. The
    last frame of the section ``cover`` stands for the film in an mp4 (default: the last one).
    ``language`` (ISO 639-2) is that of the scene's captions, which are the subtitles of an mp4;
    other ``subtitles`` take their place. ``expected_frames`` is a hint for the progress display.
    ``inputs`` are files that the job was read from; none of them may be an output. ``beside`` are
    texts that are published with the film. Equal jobs may differ in these three.
    """

    scene: SceneRef
    frame: FrameSpec
    encoding: Encoding
    output: Path
    part: Part | None = None
    title: str | None = None
    name: str = "film"
    chapters: tuple[tuple[str, str], ...] = ()
    cover: str | None = None
    language: str = UNKNOWN
    subtitles: tuple[SubtitleTrack, ...] = ()
    expected_frames: int | None = field(default=None, compare=False)
    inputs: tuple[Path, ...] = field(default=(), compare=False)
    beside: tuple[TextFile, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        spec = self.frame
        check_file_name(Path(self.output).name)
        if isinstance(self.encoding, (Mp4, WebM, ProRes)) and (spec.width % 2 or spec.height % 2):
            raise JobError(
                "a video needs even sides, not {width}x{height}",
                width=spec.width,
                height=spec.height,
            )
        if isinstance(self.encoding, Mp4) and spec.transparent:
            raise JobError("an mp4 holds no transparency: ask for .mov, .webm, .gif or .png")
        if isinstance(self.encoding, Gif):
            self._check_rate(self.encoding.every)

    @property
    def delivered(self) -> FrameSpec:
        """The format of the frames in the file: as drawn, or as an animation holds them."""
        encoding, drawn = self.encoding, self.frame
        if not isinstance(encoding, ANIMATIONS):
            return drawn
        width = encoding.width or drawn.width
        height = round(drawn.height * width / drawn.width)
        return replace(drawn, width=width, height=height, fps=drawn.fps // encoding.every)

    def _check_rate(self, every: int) -> None:
        fps = self.frame.fps
        if fps % every or fps // every not in GIF_RATES:
            rates = ", ".join(map(str, GIF_RATES))
            raise JobError(
                "a GIF holds {rates} frames a second exactly, not {asked:g}",
                rates=rates,
                asked=fps / every,
            )
