"""Opens a finished file again and measures what is in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import av
import av.error
from av.container import InputContainer
from PIL import Image
from PIL.WebPImagePlugin import WebPImageFile

from pipeline.job.encodings import (
    ANIMATIONS,
    STILLS,
    Apng,
    CueList,
    SectionEnds,
    Sheet,
    Stills,
    WebP,
)
from pipeline.job.errors import WriteFailed
from pipeline.job.job import RenderJob


@dataclass(frozen=True, slots=True)
class Measured:
    """``frames`` are the pictures in the file, ``duration`` is in seconds, ``size`` in bytes."""

    frames: int
    duration: Fraction
    size: int
    sha256: str


def verify(path: Path, job: RenderJob, frames: int, to_the_end: bool = True) -> Measured:
    """Check that `path` lasts `frames` frames of the film's rate, and measure it.

    The time stamp of every packet is compared with the frame grid. The first and the last picture
    are decoded; only the first one unless `to_the_end`. Raises `WriteFailed` on any difference.
    """
    if isinstance(job.encoding, CueList):
        return Measured(frames, Fraction(frames, job.frame.fps), *_size_and_digest(path))
    if isinstance(job.encoding, WebP):
        return _verified_webp(path, job, frames)
    if isinstance(job.encoding, (SectionEnds, Stills)):
        _check_pictures(path, frames)
        return Measured(frames, Fraction(0), *_size_and_digest(path))
    try:
        with av.open(path) as container:
            count, duration = _count(container, job)
        with av.open(path) as container:
            _look_at_ends(container, job, to_the_end)
        size, digest = _size_and_digest(path)
    except (OSError, av.error.FFmpegError) as error:
        raise _unreadable(error) from error
    fps = job.delivered.fps
    if isinstance(job.encoding, Apng) and count == 1:  # a single picture has no time
        duration = Fraction(frames, fps)
    if not isinstance(job.encoding, STILLS) and duration != Fraction(frames, fps):
        raise WriteFailed(
            "the finished file lasts {measured:.3f} s instead of {wanted:.3f} s",
            measured=float(duration),
            wanted=frames / fps,
        )
    return Measured(count, duration, size, digest)


def _verified_webp(path: Path, job: RenderJob, frames: int) -> Measured:
    """As `verify`, with Pillow: libav cannot read an animated WebP."""
    fps, size = job.delivered.fps, (job.delivered.width, job.delivered.height)
    try:
        with Image.open(path) as image:
            assert isinstance(image, WebPImageFile)
            count, milliseconds = image.n_frames, 0
            for number in range(count):
                image.seek(number)
                image.load()
                milliseconds += image.info.get("duration", 0)
            found = image.size
    except (OSError, EOFError) as error:
        raise _unreadable(error) from error
    # A single picture has no time.
    if found != size or (count > 1 and milliseconds != round(frames * 1000 / fps)):
        raise WriteFailed("the finished file does not hold pictures of the right size and time")
    return Measured(count, Fraction(frames, fps), *_size_and_digest(path))


def _unreadable(error: Exception) -> WriteFailed:
    return WriteFailed(
        "the finished file cannot be read again: {reason}",
        reason=getattr(error, "strerror", None) or str(error),
    )


def _check_pictures(path: Path, count: int) -> None:
    """Raise `WriteFailed` unless the archive holds so many pictures, undamaged."""
    try:
        with ZipFile(path) as archive:
            damaged, held = archive.testzip(), len(archive.namelist())
    except (OSError, BadZipFile) as error:
        message = "the finished file cannot be read again: {reason}"
        raise WriteFailed(message, reason=str(error)) from error
    if damaged is not None or held != count:
        raise WriteFailed("the finished file does not hold all pictures")


def _size_and_digest(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _count(container: InputContainer, job: RenderJob) -> tuple[int, Fraction]:
    """Number of pictures and their total time, from every packet in the file."""
    stream = container.streams.video[0]
    # Only times are kept: the packets together are the whole film.
    stamps = [(packet.pts, packet.duration) for packet in container.demux(stream) if packet.size]
    count = len(stamps)
    if isinstance(job.encoding, STILLS):
        return count, Fraction(0)
    unit = stream.time_base
    if unit is None or any(time is None for time, _ in stamps):
        raise WriteFailed("the finished file lacks time stamps")
    if isinstance(job.encoding, ANIMATIONS):
        return count, sum(((delay or 0) * unit for _, delay in stamps), Fraction(0))
    _check_grid(sorted((time or 0) * unit for time, _ in stamps), unit, job.delivered.fps)
    return count, Fraction(count, job.delivered.fps)


def _check_grid(times: list[Fraction], unit: Fraction, fps: int) -> None:
    """Frame k starts at k/fps, as exactly as the container counts (WebM: in milliseconds)."""
    for k, time in enumerate(times):
        if abs(time - Fraction(k, fps)) > unit / 2:
            raise WriteFailed(
                "frame {frame} of the finished file starts at {time:.4f} s",
                frame=k,
                time=float(time),
            )


def _look_at_ends(container: InputContainer, job: RenderJob, to_the_end: bool) -> None:
    stream = container.streams.video[0]
    size = (job.delivered.width, job.delivered.height)
    first = next(container.decode(stream), None)
    as_asked = isinstance(job.encoding, Sheet) or (
        first is not None and (first.width, first.height) == size
    )
    if first is None or not as_asked:
        raise WriteFailed("the finished file does not hold pictures of the right size")
    if isinstance(job.encoding, (*STILLS, *ANIMATIONS)) or not to_the_end:
        return
    if stream.duration:
        container.seek(stream.duration, stream=stream)  # to the last key frame
    if not sum(1 for _ in container.decode(stream)):
        raise WriteFailed("the end of the finished file cannot be decoded")
