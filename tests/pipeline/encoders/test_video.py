"""mp4, mov and WebM: what a player reads in them."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace, Interpolation

from pipeline import FrameSpec, JobError, Mp4, Part, SectionSpan, TextFile, render
from pipeline.encoders.prores import prores_settings
from pipeline.encoders.stream import VideoStream
from pipeline.encoders.yuv import arrays
from pipeline.job.region import Region

EXACT = Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT


def decoded(path, layout="rgb24"):
    with av.open(path) as container:
        return [frame.to_ndarray(format=layout) for frame in container.decode(video=0)]


def vp9_with_alpha(path):
    """libav's own VP9 decoder drops the alpha channel; libvpx's keeps it."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        frames = [f for packet in container.demux(stream) for f in decoder.decode(packet)]
    return [frame.to_ndarray(format="rgba") for frame in frames]


def test_an_mp4_holds_every_frame_on_the_grid(job):
    done = render(job("Film", "film.mp4"))
    with av.open(done.path) as container:
        stream = container.streams.video[0]
        times = [frame.pts * stream.time_base for frame in container.decode(stream)]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height, stream.average_rate) == (160, 90, 10)
        assert stream.duration * stream.time_base == Fraction(16, 10)
    assert times == [Fraction(k, 10) for k in range(16)]
    assert (done.frames, done.duration, done.fps) == (16, 1.6, 10)
    assert done.size == done.path.stat().st_size


def test_what_is_reported_of_a_film(job):
    seen = []
    done = render(job("Film", "film.mp4", expected_frames=16), seen.append)
    assert done.sections == (
        SectionSpan("slide", 0, 4), SectionSpan("hold", 4, 6), SectionSpan("turn", 10, 6)
    )  # fmt: skip
    assert [(c.start, c.end, c.text) for c in done.captions] == [
        (0, 0.4, "第一"), (0.4, 0.9, "second & last")
    ]  # fmt: skip
    assert [p.done for p in seen] == [1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 16]
    assert {p.total for p in seen} == {16}
    assert [seen[k].section for k in (0, 4, 10)] == ["slide", "hold", "turn"]
    assert all(p.fps > 0 for p in seen)


def test_playing_starts_before_the_file_is_read(job):
    data = render(job("Film", "film.mp4")).path.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_a_seek_decodes_two_seconds_at_most(job):
    path = render(job("Until", "long.mp4", picture=FrameSpec(64, 64, 60))).path
    with av.open(path) as container:
        keys = [p.pts * p.time_base for p in container.demux(video=0) if p.is_keyframe]
    assert keys and max(np.diff([float(k) for k in [*keys, Fraction(15, 60)]])) <= 2


def test_colours_are_tagged_and_right(job, swatches):
    path = render(job("Swatches", "colours.mp4", Mp4(crf=1))).path
    with av.open(path) as container:
        frame = next(container.decode(video=0))
        context = container.streams.video[0].codec_context
        tags = (context.color_range, context.colorspace, context.color_primaries, context.color_trc)
        assert tags == (ColorRange.MPEG, Colorspace.ITU709, 1, 1)
        rgb = frame.reformat(
            format="rgb24", src_colorspace=Colorspace.ITU709, src_color_range=ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG, interpolation=EXACT,
        ).to_ndarray()  # fmt: skip
    for number, wanted in enumerate(swatches):
        got = rgb[45, 10 + 20 * number].astype(int)
        assert np.abs(got - wanted).max() <= 2, (wanted, got)


def test_title_chapters_and_subtitles(job):
    path = render(job("Film", "film.mp4", title="梯度下降")).path
    with av.open(path) as container:
        assert container.metadata["title"] == "梯度下降"
        marks = {c["metadata"]["title"]: c["start"] * c["time_base"] for c in container.chapters()}
        assert marks == {"slide": 0, "hold": Fraction(4, 10), "turn": 1}
        track = container.streams.subtitles[0]
        texts = {bytes(p)[2:].decode(): (p.pts, p.duration) for p in container.demux(track)}
    assert texts["第一"] == (0, 400)
    assert texts["second & last"] == (400, 500)
    assert track.language == "und"  # nobody said which it is


def test_texts_beside_a_film_appear_with_it(job, tmp_path):
    """They are no part of the film; none of them takes the place of what the film is made from."""
    text = TextFile(tmp_path / "film.srt", "a\r\n梯")
    done = render(job("Film", "film.mp4", beside=(text,)))
    assert done.beside == (text.path,) and text.path.read_bytes() == "a\r\n梯".encode()
    assert done.sha256 == render(job("Film", "film.mp4")).sha256
    source = tmp_path / "words.md"
    source.write_text("mine")
    with pytest.raises(JobError, match="would be lost"):
        render(job("Film", "film.mp4", beside=(TextFile(source, "x"),), inputs=(source,)))
    assert source.read_text() == "mine"


def test_a_part_becomes_a_film_of_its_own(job):
    whole = decoded(render(job("Film", "film.mp4", Mp4(crf=1))).path)

    def check(done, first, end):
        pairs = zip(decoded(done.path), whole[first:end], strict=True)
        assert max(np.abs(a.astype(int) - b).max() for a, b in pairs) < 8

    one = render(job("Film", "hold.mp4", Mp4(crf=1), part=Part.of("hold")))
    assert (one.frames, one.sections) == (6, (SectionSpan("hold", 0, 6),))
    assert [(c.start, c.end) for c in one.captions] == [(0, 0.5)]
    check(one, 4, 10)
    two = [
        render(job("Film", f"{n}.mp4", Mp4(crf=1), part=Part("hold", "turn")), workers=n)
        for n in (1, 2)
    ]
    assert two[0].sha256 == two[1].sha256
    assert two[0].sections == (SectionSpan("hold", 0, 6), SectionSpan("turn", 6, 6))
    check(two[0], 4, 16)


@pytest.mark.parametrize("ending", ["mp4", "mov", "webm", "gif"])
def test_equal_jobs_give_equal_bytes(job, ending):
    first, second = (render(job("Film", f"{name}.{ending}")) for name in "ab")
    assert first.sha256 == second.sha256
    assert first.path.read_bytes() == second.path.read_bytes()


@pytest.mark.parametrize(
    ("name", "codec", "pixels"), [("film.mov", "prores", "yuva444p"), ("film.webm", "vp9", "yuv")]
)
def test_transparent_films_keep_colour_and_alpha_apart(job, name, codec, pixels):
    picture = FrameSpec(160, 90, 10, transparent=True)
    done = render(job("Soft", name, picture=picture))
    with av.open(done.path) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == codec
        assert stream.pix_fmt.startswith(pixels)
    frames = vp9_with_alpha(done.path) if codec == "vp9" else decoded(done.path, "rgba")
    assert len(frames) == done.frames == 4
    centre, corner = frames[0][60, 80].astype(int), frames[0][3, 3]
    # Straight alpha: the colour is the theme's own, not half of it.
    assert np.abs(centre[:3] - [0xE6, 0x9F, 0x00]).max() <= 6
    assert abs(centre[3] - 128) <= 3
    assert corner[3] == 0


def encoded(path, spec, frames):
    """The planes of a ProRes film of these frames, and its bytes."""
    stream = VideoStream(prores_settings(spec), spec, path)
    for frame in frames:
        stream.show(frame, 1, Region(spec.width, spec.height, full=True))
    stream.finish()
    with av.open(path) as container:
        shown = [arrays(picture) for picture in container.decode(video=0)]
    cut = slice(spec.height), slice(2 * spec.width)
    return [[p[cut].copy().view("<u2") for p in planes] for planes in shown], path.read_bytes()


@pytest.mark.parametrize(("width", "height"), [(500, 282), (854, 480), (150, 90), (160, 96)])
def test_a_mov_of_any_width_holds_the_alpha_that_was_drawn(tmp_path, width, height):
    """In each pixel, also where the sides are no multiples of 16, and the same in each run."""
    spec = FrameSpec(width, height, 10, transparent=True)
    given = np.random.default_rng(3).integers(0, 2, (4, height, width, 1), np.uint8) * 255
    given = np.repeat(given, 4, axis=-1)
    shown, first = encoded(tmp_path / "film.mov", spec, given)
    for planes, wanted in zip(shown, given, strict=True):
        assert np.array_equal(planes[3], np.where(wanted[..., 3], 4095, 0))
    assert encoded(tmp_path / "again.mov", spec, given)[1] == first


@pytest.mark.parametrize("transparent", [True, False])
def test_a_grey_film_is_grey_in_each_pixel(tmp_path, transparent):
    spec = FrameSpec(500, 282, 10, transparent=transparent)
    grey = np.full((6, 282, 500, 4), (90, 90, 90, 255), np.uint8)
    for planes in encoded(tmp_path / "film.mov", spec, grey)[0]:
        assert all(len(np.unique(plane)) == 1 for plane in planes)


def test_an_opaque_webm_and_mov(job):
    for name, frames in (("film.webm", 3), ("film.mov", 3)):
        done = render(job("Swatches", name))
        assert done.frames == frames
        assert np.abs(decoded(done.path)[0][45, 10].astype(int) - [0x58, 0xC4, 0xDD]).max() <= 4


def test_what_a_video_cannot_hold_is_refused(job):
    with pytest.raises(JobError, match="even"):
        job("Film", "film.mp4", picture=FrameSpec(161, 90, 10))
    with pytest.raises(JobError, match="transparency"):
        job("Film", "film.mp4", picture=FrameSpec(160, 90, 10, transparent=True))
