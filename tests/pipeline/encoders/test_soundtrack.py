"""`add_sound`: the sounds are mixed at their times into a track as long as the film."""

from __future__ import annotations

import wave
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from pipeline import FilmCache, FrameSpec, Part, RenderJob, SceneFailed, SceneRef, Store, render
from pipeline.encoders.soundtrack import RATE, mixed
from pipeline.job.result import Sound

FILE = """
from manim import RIGHT, Scene, Square

class Loud(Scene):
    def construct(self):
        self.next_section("quiet")
        self.add_subcaption("listen", duration=1)
        self.add(Square())
        self.wait(1)
        self.next_section("loud")
        self.add_sound("@/tone.wav", time_offset=0.5)
        self.play(self.mobjects[0].animate.shift(RIGHT), run_time=1)
"""


def tone(path, seconds=2.0, rate=22_050, level=0.5, channels=1):
    """A sine of 441 Hz, the same in each channel."""
    time = np.arange(int(seconds * rate)) / rate
    samples = np.round(32767 * level * np.sin(2 * np.pi * 441 * time)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return path


@pytest.fixture
def loud(tmp_path):
    """A job for a film of 2 s, silent except for its last half second."""
    tone(tmp_path / "tone.wav")
    (tmp_path / "loud.py").write_text(FILE.replace("@", str(tmp_path)))

    def make(output, encoding=None, **options):
        from pipeline import encoding_for

        path = tmp_path / output
        scene, picture = SceneRef(str(tmp_path / "loud.py"), "Loud"), FrameSpec(64, 64, 10)
        return RenderJob(scene, picture, encoding or encoding_for(path), path, **options)

    return make


def heard(path):
    """Codec and the loudness of each tenth of a second, left channel."""
    with av.open(path) as container:
        stream = container.streams.audio[0]
        frames = [frame for frame in container.decode(stream)]
        resampler = av.AudioResampler("fltp", "stereo", RATE)
        parts = [p.to_ndarray() for frame in frames for p in resampler.resample(frame)]
        start = float(frames[0].pts * frames[0].time_base)
    samples = np.concatenate(parts, axis=1)[0][max(0, round(-start * RATE)) :]
    tenths = [samples[k : k + RATE // 10] for k in range(0, len(samples), RATE // 10)]
    return stream.codec_context.name, [float(np.sqrt(np.mean(t**2))) for t in tenths if len(t) > 99]


@pytest.mark.parametrize(
    ("output", "codec"), [("film.mp4", "aac"), ("film.mov", "aac"), ("film.webm", "opus")]
)
def test_the_sound_is_heard_when_it_should_be(loud, output, codec):
    done = render(loud(output))
    found, loudness = heard(done.path)
    assert codec in found
    assert done.frames == 20 and abs(len(loudness) - 20) <= 1
    with av.open(done.path) as container:
        tag = container.streams.video[0].codec_context.codec_tag
    assert tag == "ap4h" or output != "film.mov"  # not that of ProRes without alpha
    assert max(loudness[:14]) < 0.01
    assert min(loudness[16:19]) == pytest.approx(0.5 / 2, rel=0.1)


def test_chapters_subtitles_title_and_fast_start_stay(loud):
    path = render(loud("film.mp4", title="声音", language="zho")).path
    with av.open(path) as container:
        assert container.metadata["title"] == "声音"
        assert [c["metadata"]["title"] for c in container.chapters()] == ["quiet", "loud"]
        track = container.streams.subtitles[0]
        texts = [bytes(p)[2:].decode() for p in container.demux(track) if p.size > 2]
        assert texts == ["listen"] and track.language == "zho"
    data = path.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_pictures_are_those_of_the_silent_film(loud, tmp_path):
    def pictures(path):
        with av.open(path) as container:
            return [
                (frame.pts * frame.time_base, frame.to_ndarray())
                for frame in container.decode(video=0)
            ]

    sounding = pictures(render(loud("film.mp4")).path)
    file = tmp_path / "loud.py"
    file.write_text(
        file.read_text().replace("self.add_sound", "str").replace(", time_offset=0.5", "")
    )
    silent = pictures(render(loud("silent.mp4")).path)
    assert [time for time, _ in sounding] == [Fraction(k, 10) for k in range(20)]
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(sounding, silent, strict=True))


def test_a_section_alone_has_its_part_of_the_sound(loud):
    _, loudness = heard(render(loud("part.mp4", part=Part.of("loud"))).path)
    assert abs(len(loudness) - 10) <= 1
    assert max(loudness[:4]) < 0.01 < 0.2 < min(loudness[6:9])


def test_a_transparent_film_stays_transparent(loud):
    clear = FrameSpec(64, 64, 10, transparent=True)
    path = render(replace(loud("film.webm"), frame=clear)).path
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert stream.metadata["alpha_mode"] == "1" and container.streams.audio
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        frame = next(f for packet in container.demux(stream) for f in decoder.decode(packet))
    assert frame.to_ndarray(format="rgba")[0, 0, 3] == 0


@pytest.mark.parametrize("ending", ["mp4", "mov", "webm"])
def test_equal_jobs_give_equal_bytes(loud, ending):
    assert render(loud(f"a.{ending}")).sha256 == render(loud(f"b.{ending}")).sha256


def test_a_gif_and_a_still_are_silent(loud):
    for name in ("film.gif", "film.png"):
        with av.open(render(loud(name)).path) as container:
            assert not container.streams.audio


def test_a_film_of_another_sound_is_made_again(loud, tmp_path):
    cache = FilmCache(Store(tmp_path / "cache", 10**9))
    render(loud("film.mp4"), cache=cache)
    assert render(loud("film.mp4"), cache=cache).cached
    tone(tmp_path / "tone.wav", level=0.1)
    assert not render(loud("film.mp4"), cache=cache).cached


@pytest.mark.parametrize("content", [None, b"no sound at all"])
def test_a_sound_file_that_is_none(loud, tmp_path, content):
    (tmp_path / "tone.wav").unlink()
    if content:
        (tmp_path / "tone.wav").write_bytes(content)
    with pytest.raises(SceneFailed, match=r"tone\.wav"):
        render(loud("film.mp4"))


def test_mixing(tmp_path):
    path = tone(tmp_path / "tone.wav", seconds=1.0, rate=RATE, level=0.25)
    one = mixed([Sound(path, 0.0)], Fraction(1))
    assert one.shape == (2, RATE)
    late = mixed([Sound(path, 0.25, gain=-6.0206)], Fraction(1))
    assert not late[:, : RATE // 4].any()
    assert np.allclose(late[:, RATE // 4 :], one[:, : 3 * RATE // 4] / 2, atol=1e-5)
    early = mixed([Sound(path, -0.5)], Fraction(1))
    assert (
        np.allclose(early[:, : RATE // 2], one[:, RATE // 2 :]) and not early[:, RATE // 2 :].any()
    )
    both = mixed([Sound(path, 0.0), Sound(path, 0.0, background_gain=-6.0206)], Fraction(1))
    assert np.allclose(both, 1.5 * one, atol=1e-5)
    loud = mixed([Sound(path, 0.0, gain=40)], Fraction(1))
    assert np.abs(loud).max() == pytest.approx(0.5**0.5)
    assert not mixed([Sound(path, 5.0), Sound(path, -5.0)], Fraction(1)).any()


def test_each_sound_has_the_level_that_manim_gives_it(tmp_path):
    """Measured in manim's files: mono alone has 3 dB less, but not a wave file beside stereo."""
    mono = tone(tmp_path / "mono.wav", 1.0, RATE, 0.2)
    stereo = tone(tmp_path / "stereo.wav", 1.0, RATE, 0.2, channels=2)
    flac = tmp_path / "mono.flac"
    with av.open(flac, "w") as target, av.open(mono) as source:
        stream = target.add_stream("flac", rate=RATE)
        stream.codec_context.layout = "mono"
        packets = [p for frame in source.decode(audio=0) for p in stream.encode(frame)]
        for packet in packets + stream.encode(None):
            target.mux(packet)

    def level(*sounds):
        return np.abs(mixed(sounds, Fraction(1))).max()

    full, less = 0.2, 0.2 / 2**0.5
    assert level(Sound(mono, 0.0)) == pytest.approx(less, rel=0.01)
    assert level(Sound(flac, 0.0)) == pytest.approx(less, rel=0.01)
    assert level(Sound(stereo, 0.0)) == pytest.approx(full, rel=0.01)
    later = Sound(stereo, 2.0)
    assert level(Sound(mono, 0.0), later) == pytest.approx(full, rel=0.01)
    assert level(Sound(flac, 0.0), later) == pytest.approx(less, rel=0.01)
