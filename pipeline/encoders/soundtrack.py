"""Mixes sound files into one track and adds it to a finished film."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer, OutputContainer

from pipeline.encoders.base import io_errors
from pipeline.encoders.copies import add_copy, container_of, mux_together
from pipeline.job.encodings import Encoding
from pipeline.job.errors import SceneFailed
from pipeline.job.result import Sound

RATE = 48_000  # samples a second
BIT_RATE = 192_000

if TYPE_CHECKING:  # generic for type checkers only
    AnyPacket = av.Packet[Any]

Samples = npt.NDArray[np.float32]
"""(channels, samples), from -1 to 1: left and right, or one."""
_WAVE = (".wav", ".raw")
_MONO_IN_STEREO = 0.5**0.5


def add_soundtrack(
    film: Path, encoding: Encoding, sounds: Iterable[Sound], seconds: Fraction, folder: Path
) -> None:
    """Mix `sounds` into the finished file `film`; its other streams are copied unchanged.

    Does nothing for a format without sound. The track is as long as the film.
    """
    form = container_of(encoding)
    if form is None:
        return
    samples = mixed(sounds, seconds)
    mute = folder / "mute"
    with io_errors():
        shutil.copyfile(film, mute)
        with (
            av.open(mute) as source,
            av.open(film, "w", format=form.name, container_options=form.options) as target,
        ):
            target.metadata.update(source.metadata)
            if chapters := source.chapters():
                target.set_chapters(chapters)
            copied = _copied(source, target)
            mux_together(target, copied, encoded([samples], form.audio, target))


def mixed(sounds: Iterable[Sound], seconds: Fraction) -> Samples:
    """The sum of the sounds at their times, cut at both ends of the film, clipped to full scale.

    It is as loud as manim's: a mono wave file has its full level beside a stereo sound. Without
    one the whole track is mono, and each of the two channels has 3 dB less.
    """
    track = np.zeros((2, round(seconds * RATE)), np.float32)
    mono = True
    for sound in sounds:
        start = round(sound.start * RATE)
        decoded = _decoded(sound.path)
        mono = mono and len(decoded) == 1
        samples = decoded[:, max(-start, 0) :]
        part = track[:, max(start, 0) :][:, : samples.shape[1]]
        part *= 10 ** (sound.background_gain / 20)
        part += samples[:, : part.shape[1]] * 10 ** (sound.gain / 20)
    np.clip(track, -1, 1, out=track)
    if mono:
        track *= _MONO_IN_STEREO
    return track


def _decoded(path: Path) -> Samples:
    """The file's samples at `RATE`: one channel from a mono wave file, else two.

    manim reads wave files as they are. It lets libav convert all others to stereo, and libav gives
    each channel of a mono sound 3 dB less. Raises SceneFailed for a file without sound.
    """
    try:
        # Opened by Python, not by libav, so that the cache sees that the film depends on it.
        with path.open("rb") as file, av.open(file, "r") as container:
            stream = container.streams.audio[0]
            as_it_is = stream.channels == 1 and path.suffix in _WAVE
            layout = "mono" if as_it_is else "stereo"
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
            pieces = [np.zeros((1 if as_it_is else 2, 0), np.float32)]
            for frame in container.decode(stream):
                pieces += map(_samples, resampler.resample(frame))
            pieces += map(_samples, resampler.resample(None))
    except (OSError, IndexError, av.error.FFmpegError) as error:
        raise SceneFailed(
            "the sound file {path!r} cannot be read: {reason}",
            path=str(path),
            reason=getattr(error, "strerror", None) or str(error),
        ) from error
    return np.concatenate(pieces, axis=1)


def samples_of(frames: int, fps: int) -> int:
    """The number of samples that last as long as `frames` frames."""
    return round(Fraction(frames * RATE, fps))


def soundtrack_of(film: Path, count: int) -> Samples | None:
    """The first `count` samples of a finished film's track; None if it has none."""
    with av.open(film) as container:
        if not container.streams.audio:
            return None
        stream = container.streams.audio[0]
        track = np.zeros((2, count), np.float32)
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        for frame in container.decode(stream):
            start = round((frame.time or 0.0) * RATE)
            for piece in map(_samples, resampler.resample(frame)):
                _put(track, piece, start)
                start += piece.shape[1]
    return track


def _put(track: Samples, piece: Samples, start: int) -> None:
    """Put a piece in its place; what lies before or after the track is left out."""
    piece = piece[:, max(-start, 0) :]
    room = track[:, max(start, 0) :][:, : piece.shape[1]]
    room[...] = piece[:, : room.shape[1]]


def _samples(frame: av.AudioFrame) -> Samples:
    return np.asarray(frame.to_ndarray(), np.float32)


def encoded(pieces: Iterable[Samples], codec: str, target: OutputContainer) -> Iterator[AnyPacket]:
    """The packets of a track; the stream is added at once, before the first packet is made."""
    stream = target.add_stream(codec, rate=RATE)
    assert isinstance(stream, av.AudioStream)
    stream.codec_context.layout, stream.codec_context.bit_rate = "stereo", BIT_RATE

    def packets() -> Iterator[AnyPacket]:
        start = 0
        for piece in chain.from_iterable(map(_seconds, pieces)):
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            start += piece.shape[1]
            yield from stream.encode(frame)
        yield from stream.encode(None)

    return packets()


def _seconds(samples: Samples) -> Iterator[Samples]:
    """The samples in pieces of a second."""
    for start in range(0, samples.shape[1], RATE):
        yield np.ascontiguousarray(samples[:, start : start + RATE])


def _copied(source: InputContainer, target: OutputContainer) -> Iterator[AnyPacket]:
    """The packets of picture and subtitles, each assigned to the copy of its stream.

    The data stream of an mp4 is left out: it holds the chapters, which the muxer writes again.
    """
    kept = [*source.streams.video, *source.streams.subtitles]
    streams = {stream.index: add_copy(stream, target) for stream in kept}

    def packets() -> Iterator[AnyPacket]:
        for packet in source.demux(kept):
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                yield packet

    return packets()
