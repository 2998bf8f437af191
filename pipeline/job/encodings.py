"""How a film is encoded: one frozen value for each format, with all that its bytes depend on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.job.errors import JobError

# GIF counts in hundredths of a second. Viewers play a delay of one hundredth as if it were ten.
GIF_RATES = (10, 20, 25, 50)

SPEEDS = ("draft", "normal", "small")


@dataclass(frozen=True, slots=True)
class Mp4:
    """H.264 in mp4: plays everywhere.

    ``speed`` is one of `SPEEDS`: a slower one makes a smaller file.
    ``crf`` is x264's constant quality (lower is better); None takes that of the speed.
    """

    speed: str = "normal"
    crf: int | None = None

    def __post_init__(self) -> None:
        if self.speed not in SPEEDS:
            raise JobError(
                "speed must be one of {names}, not {speed!r}",
                names=", ".join(SPEEDS),
                speed=self.speed,
            )
        if self.crf is not None and not 0 <= self.crf <= 51:
            raise JobError("crf must be from 0 to 51, not {crf}", crf=self.crf)


@dataclass(frozen=True, slots=True)
class ProRes:
    """ProRes 4444 in mov, with alpha: for Keynote and editing programs."""


@dataclass(frozen=True, slots=True)
class WebM:
    """VP9 in WebM, with alpha where the picture is transparent: for browsers."""

    crf: int = 20


@dataclass(frozen=True, slots=True)
class Gif:
    """An animated GIF with at most ``colors`` colours, which plays ``loop`` times; 0: for ever.

    It holds every ``every``-th frame of the film, scaled to ``width`` pixels (None: as drawn). So a
    video and a GIF can be made from the same drawn frames.

    A transparent film's pixels are shown or not. Soft edges are cut, or, with a ``matte``
    (``#rrggbb``), laid on this colour: they look right on a page of that colour.
    """

    colors: int = 256
    loop: int = 0
    width: int | None = None
    every: int = 1
    matte: str | None = None

    def __post_init__(self) -> None:
        if not 4 <= self.colors <= 256:
            raise JobError("colors must be from 4 to 256, not {colors}", colors=self.colors)
        _check_animation(self.loop, self.every)


@dataclass(frozen=True, slots=True)
class WebP:
    """An animated WebP without loss, with soft alpha; the rest is as in `Gif`."""

    loop: int = 0
    width: int | None = None
    every: int = 1

    def __post_init__(self) -> None:
        _check_animation(self.loop, self.every)


@dataclass(frozen=True, slots=True)
class Apng:
    """An animated PNG without loss, with soft alpha; the rest is as in `Gif`."""

    loop: int = 0
    width: int | None = None
    every: int = 1

    def __post_init__(self) -> None:
        _check_animation(self.loop, self.every)


def _check_animation(loop: int, every: int) -> None:
    if not 0 <= loop <= 65535:
        raise JobError("loop must be from 0 (for ever) to 65535, not {loop}", loop=loop)
    if every < 1:
        raise JobError(
            "an animation takes every 1st, 2nd, ... frame, not every {every}th", every=every
        )


@dataclass(frozen=True, slots=True)
class Png:
    """A still: the frame at a time in seconds, or (None) the last one, of the film or its part."""

    at: float | None = None

    def __post_init__(self) -> None:
        if self.at is not None and not 0 <= self.at < 1e6:
            raise JobError("a still's time must be 0 seconds or later, not {at:g}", at=self.at)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contact sheet, as PNG: a picture of the film every ``every`` seconds, row by row.

    A row has ``columns`` pictures; each section begins a new row. Pictures keep their drawn size.
    Transparent ones are laid on a page of the colour ``page`` (``#rrggbb``).
    """

    every: float = 2.0
    columns: int = 8
    page: str = "#808080"

    def __post_init__(self) -> None:
        if not 0.1 <= self.every <= 600:
            raise JobError(
                "a sheet's pictures must be 0.1 to 600 s apart, not {every:g}", every=self.every
            )
        if not 1 <= self.columns <= 20:
            raise JobError("a sheet has from 1 to 20 columns, not {columns}", columns=self.columns)

    def step(self, fps: int) -> int:
        """The number of frames from one picture to the next."""
        return max(1, round(self.every * fps))


@dataclass(frozen=True, slots=True)
class SectionEnds:
    """The last frame of each section, as PNGs in a zip archive."""


@dataclass(frozen=True, slots=True)
class Stills:
    """Some frames of the film, by their numbers, as PNGs in a zip archive: ``NUMBER.png``."""

    frames: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CueList:
    """The film's cues as JSON; nothing is drawn."""


Encoding = Mp4 | ProRes | WebM | Gif | WebP | Apng | Png | Sheet | SectionEnds | Stills | CueList
Animation = Gif | WebP | Apng
ANIMATIONS = (Gif, WebP, Apng)
"""The encodings that hold pictures, each shown for its own time."""
STILLS = (Png, Sheet, SectionEnds, Stills)
"""The encodings whose files are pictures without time."""


_BY_SUFFIX: dict[str, Encoding] = {
    ".mp4": Mp4(), ".mov": ProRes(), ".webm": WebM(), ".gif": Gif(), ".webp": WebP(),
    ".apng": Apng(), ".png": Png(),
}  # fmt: skip


def encoding_for(output: Path) -> Encoding:
    """The default encoding for a file name's ending; `JobError` for an unknown one."""
    suffix = output.suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise JobError(
            "{name!r} should end in one of {names}", name=output.name, names=", ".join(_BY_SUFFIX)
        )
    return _BY_SUFFIX[suffix]


def suffix_of(encoding: Encoding) -> str:
    """The usual ending of the names of files with this encoding, a film's or a picture's."""
    return next(name for name, each in _BY_SUFFIX.items() if type(each) is type(encoding))
