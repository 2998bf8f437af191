"""Sounds are trimmed, as loud as they should be, never too loud, and bad ones are told apart."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.filter import Graph

from tests.voice.conftest import SPEECH, onset, read, silence, speech, write
from voice.errors import Unusable
from voice.sound import LONGEST, LOUDNESS, RATE, made_ready

MARGIN = 0.25  # seconds that may be left of the silence at both ends together
noise = np.random.default_rng(1).standard_normal


def measured(samples: np.ndarray) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dB of full scale, both by libavfilter."""
    graph = Graph()
    source = graph.add_abuffer(
        format="flt", sample_rate=RATE, layout="mono", time_base=Fraction(1, RATE)
    )
    meter = graph.add("ebur128", "metadata=1:peak=true")
    graph.link_nodes(source, meter, graph.add("abuffersink")).configure()
    frame = av.AudioFrame.from_ndarray(samples[None].astype("f4"), format="flt", layout="mono")
    frame.sample_rate, frame.pts = RATE, 0
    graph.push(frame)
    graph.push(None)
    said: dict[str, str] = {}
    while True:
        try:
            said = dict(graph.pull().metadata) or said
        except av.error.EOFError:
            peak = 20 * np.log10(float(said["lavfi.r128.true_peaks_ch0"]))
            return float(said["lavfi.r128.I"]), peak


@pytest.mark.parametrize(
    ("before", "after", "level", "room"),
    [(0, 0, 0.3, 0), (1.3, 2.1, 0.3, 0), (0.7, 0.4, 0.01, 0), (1, 1, 0.2, 0.004), (0.5, 0.5, 1, 0)],
    ids=["bare", "silence", "quiet", "noisy room", "full scale"],
)
def test_speech_begins_at_once_and_is_as_loud_as_it_should_be(
    folder: Path, before: float, after: float, level: float, room: float
) -> None:
    spoken = [silence(before), speech(2.0, level=level), silence(after)]
    pieces = [piece + room * noise(len(piece)) for piece in spoken]
    seconds = made_ready(write(folder / "a.wav", *pieces), folder / "b.wav")
    samples, rate = read(folder / "b.wav")
    assert rate == RATE and seconds == len(samples) / RATE
    assert 2.0 - 0.1 <= seconds <= 2.0 + MARGIN
    assert onset(samples, rate) <= 0.12
    loudness, peak = measured(samples)
    assert abs(loudness - LOUDNESS) <= 0.5
    assert peak <= 0  # in the track each channel has 3 dB less


def test_a_click_is_no_speech_and_peaks_are_limited(folder: Path) -> None:
    click, peaky = silence(0.5), speech(2.0, level=0.05)
    click[100] = 0.9
    peaky[::2000] = 0.9  # as loud as the rest, but 25 dB higher
    made_ready(write(folder / "a.wav", click, peaky), folder / "b.wav")
    samples, rate = read(folder / "b.wav")
    assert onset(samples, rate, 0.01) <= 0.12
    loudness, _ = measured(samples)
    assert abs(loudness - LOUDNESS) <= 1
    assert np.abs(samples).max() <= 10 ** (-1 / 20) + 1e-3


@pytest.mark.parametrize(
    ("ending", "codec", "rate", "layout"),
    [("wav", "pcm_s24le", 44_100, "stereo"), ("mp3", "libmp3lame", 44_100, "stereo"),
     ("m4a", "aac", 48_000, "mono"), ("flac", "flac", 96_000, "mono"),
     ("ogg", "libopus", 48_000, "stereo"), ("opus", "libopus", 48_000, "mono")],
)  # fmt: skip
def test_what_recorders_write_is_read(
    folder: Path, ending: str, codec: str, rate: int, layout: str
) -> None:
    path, samples = folder / f"a.{ending}", speech(1.5, rate)
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=rate)
        stream.codec_context.layout = layout
        pieces = np.repeat(samples[None].astype("f4"), 1 if layout == "mono" else 2, axis=0)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(pieces), "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        fifo = av.AudioFifo()
        to_codec = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=rate)
        for part in to_codec.resample(frame):
            fifo.write(part)
        while part := fifo.read(stream.codec_context.frame_size or 1024, partial=True):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    assert made_ready(path, folder / "b.wav") == pytest.approx(1.5, abs=0.2)
    made, _ = read(folder / "b.wav")
    assert abs(measured(made)[0] - LOUDNESS) <= 0.5


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("no sound at all\n" * 99)


def _silent(path: Path) -> None:
    write(path, silence(2.0))


def _header(path: Path) -> None:
    write(path, silence(0))


def _long(path: Path) -> None:
    write(path, np.ones(LONGEST * 100 + 200), rate=100)


@pytest.mark.parametrize(
    ("make", "why"),
    [(_empty, "no sound"), (_text, "no sound"), (_silent, "silent"), (_header, "silent"),
     (_long, "longer than 10 minutes")],
)  # fmt: skip
def test_what_is_no_speech_is_told(folder: Path, make: Callable[[Path], None], why: str) -> None:
    make(folder / "a.wav")
    with pytest.raises(Unusable, match=why):
        made_ready(folder / "a.wav", folder / "b.wav")
    assert not (folder / "b.wav").exists()


def test_a_very_short_word_is_kept(folder: Path) -> None:
    word = write(folder / "a.wav", silence(0.5), speech(0.15), silence(0.5), rate=SPEECH)
    assert 0.1 <= made_ready(word, folder / "b.wav") <= 0.15 + MARGIN
