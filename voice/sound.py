"""A sound file made ready for a film: one channel, no silence at its ends, as loud as all others.

The loudness is that of EBU R 128, measured by libavfilter.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.filter import Graph

from voice.errors import Unusable

RATE = 48_000
"""samples a second"""
LOUDNESS = -16.0
"""LUFS, of each sound, and so of the whole track"""
PEAK = -1.0
"""dB of full scale: no sample is higher"""
LONGEST = 600
"""seconds of one sound"""

_CLOSE = 0.1  # LU: closer to the loudness than anyone hears
_TRIES = 5  # a limiter takes some loudness away, so the gain is found step by step
_WINDOW = RATE // 100  # samples, of which the level is measured
_SILENCE = -60.0  # dB of full scale: a sound that is nowhere louder says nothing
_BELOW_SPEECH = 32.0  # dB below the loudest window: what is quieter is no speech
_ABOVE_NOISE = 8.0  # dB above the quietest windows: what is louder is no noise of the room
_CLEARLY = 15.0  # dB below the loudest window: what is louder is speech in any room
_RUN = 4  # windows: what is shorter is a click
_BEFORE, _AFTER = 0.04, 0.15  # seconds that are kept beside the speech: its soft ends
_FADE = 0.01  # seconds at both ends, so that nothing clicks

Samples = npt.NDArray[np.float32]
"""(samples,), from -1 to 1."""


def made_ready(source: Path, target: Path) -> float:
    """Write the speech in `source` to the wave file `target`; return its seconds.

    Raises `Unusable` for a file that libav cannot read, for silence, and for more than `LONGEST`
    seconds.
    """
    samples = levelled(trimmed(decoded(source)))
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    return len(samples) / RATE


def decoded(path: Path) -> Samples:
    """The file's sound at `RATE`, its channels mixed to one."""
    pieces: list[Samples] = []
    length = 0
    try:
        with path.open("rb") as file, av.open(file, "r") as container:
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
            for frame in _frames(container, resampler):
                pieces.append(np.asarray(frame.to_ndarray()[0], np.float32))
                length += len(pieces[-1])
                if length > LONGEST * RATE:
                    raise Unusable("it is longer than {minutes} minutes", minutes=LONGEST // 60)
    except (OSError, IndexError, ValueError, av.error.FFmpegError) as error:
        raise Unusable("it holds no sound that can be read") from error
    samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    if not np.isfinite(samples).all():
        raise Unusable("it holds no sound that can be read")
    return samples - samples.mean() if len(samples) else samples


def _frames(
    container: av.container.InputContainer, resampler: av.AudioResampler
) -> Iterator[av.AudioFrame]:
    for frame in container.decode(container.streams.audio[0]):
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def trimmed(samples: Samples) -> Samples:
    """The sound without the silence before and after its speech, or `Unusable` if it has none."""
    count = len(samples) // _WINDOW
    windows = samples[: count * _WINDOW].reshape(count, _WINDOW)
    levels = 10 * np.log10(np.square(windows, dtype=np.float64).mean(axis=1) + 1e-12)
    if not count or (loudest := float(levels.max())) < _SILENCE:
        raise Unusable("it is silent")
    noise = float(np.percentile(levels, 5)) + _ABOVE_NOISE
    threshold = min(max(loudest - _BELOW_SPEECH, noise), loudest - _CLEARLY)
    loud = levels > threshold
    run = min(_RUN, count)
    # The starts of `run` loud windows in a row; of a sound with no such run, all loud windows.
    starts = np.flatnonzero(np.convolve(loud, np.ones(run), "valid") == run)
    first, last = (
        (starts[0], starts[-1] + run - 1) if len(starts) else np.flatnonzero(loud)[[0, -1]]
    )
    begin = max(int(first) * _WINDOW - round(_BEFORE * RATE), 0)
    end = (int(last) + 1) * _WINDOW + round(_AFTER * RATE)
    return _faded(samples[begin:end])


def _faded(samples: Samples) -> Samples:
    length = min(round(_FADE * RATE), len(samples) // 2)
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    faded = samples.copy()
    faded[:length] *= ramp
    faded[len(faded) - length :] *= ramp[::-1]
    return faded


def levelled(samples: Samples) -> Samples:
    """The sound with the loudness `LOUDNESS` and no sample above `PEAK`."""
    gain = 0.0
    for _ in range(_TRIES):
        made, loudness = _amplified(samples, gain)
        if abs(LOUDNESS - loudness) < _CLOSE:
            break
        gain += LOUDNESS - loudness
    return made


def _amplified(samples: Samples, gain: float) -> tuple[Samples, float]:
    """The sound `gain` dB louder, with limited peaks, and its loudness in LUFS."""
    limit = 10 ** (PEAK / 20)
    limiter = f"limit={limit}:level=disabled:latency=1:attack=5:release=50"
    made, _ = _filtered(samples, ("volume", f"{gain}dB"), ("alimiter", limiter))
    made = np.clip(made[: len(samples)], -limit, limit)
    # The loudness is measured in blocks of 0.4 s: a short sound is measured as if it went on.
    long = np.tile(made, -(-RATE // len(made)))
    _, about = _filtered(long, ("ebur128", "metadata=1"))
    return made, float(about["lavfi.r128.I"])


def _filtered(samples: Samples, *filters: tuple[str, str]) -> tuple[Samples, dict[str, str]]:
    """What libavfilter makes of the samples, and what its last frame says about them."""
    graph = Graph()
    source = graph.add_abuffer(
        format="flt", sample_rate=RATE, layout="mono", time_base=Fraction(1, RATE)
    )  # fmt: skip
    chain = [source, *(graph.add(name, words) for name, words in filters)]
    to_float = graph.add("aformat", "sample_fmts=flt:channel_layouts=mono")
    chain += [to_float, graph.add("abuffersink")]
    graph.link_nodes(*chain).configure()
    frame = av.AudioFrame.from_ndarray(samples[None], format="flt", layout="mono")
    frame.sample_rate, frame.pts = RATE, 0
    graph.push(frame)
    graph.push(None)
    pieces: list[Samples] = []
    said: dict[str, str] = {}
    while True:
        try:
            out = graph.pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return np.concatenate(pieces), said
        assert isinstance(out, av.AudioFrame)
        pieces.append(out.to_ndarray()[0])
        said = dict(out.metadata) or said
