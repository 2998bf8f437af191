"""What all encoders share: the protocol, the labels of a film, the conversion of errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import av.error

from pipeline.job.cues import Cue
from pipeline.job.errors import CodecMissing, WriteFailed
from pipeline.job.region import Region
from pipeline.job.result import SectionSpan
from pipeline.job.sink import Frame
from pipeline.job.subtitles import SubtitleTrack


@dataclass(frozen=True, slots=True)
class Labels:
    """What a player can show in addition to the picture."""

    title: str | None = None
    sections: tuple[SectionSpan, ...] = ()
    subtitles: tuple[SubtitleTrack, ...] = ()
    cues: tuple[Cue, ...] = ()
    cover: int | None = None
    """the frame that stands for the film, in formats that hold one (mp4)"""


class Encoder(Protocol):
    """Takes frames as a `FrameSink` does and ends with exactly one of `finish` and `abort`."""

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        """As `FrameSink` says."""

    def finish(self, labels: Labels) -> None:
        """Complete the file."""

    def abort(self) -> None:
        """Close files and threads at once; never raises."""


@contextmanager
def io_errors() -> Iterator[None]:
    """Raise errors of libav and of the system as errors of the pipeline."""
    try:
        yield
    except av.codec.codec.UnknownCodecError as error:
        raise CodecMissing(
            "PyAV has no encoder {codec}: install the `av` wheel from the package index",
            codec=str(error),
        ) from error
    except (OSError, av.error.FFmpegError) as error:
        raise WriteFailed("writing the film failed: {reason}", reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
