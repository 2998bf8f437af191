"""Repeated frames, written between those of x264: any decoder shows the same film."""

from __future__ import annotations

import random
from fractions import Fraction

import av
import numpy as np
import pytest

from pipeline import FrameSpec, Mp4, WriteFailed, render
from pipeline.drawing.timeline import Timeline
from pipeline.encoders import mp4
from pipeline.encoders.h264 import bits, repeats
from pipeline.encoders.h264 import slices as h264
from pipeline.encoders.h264.parameters import Syntax
from pipeline.encoders.stream import VideoStream
from pipeline.encoders.yuv import YuvFrame
from pipeline.job.region import Region

DRAFT, NORMAL = Mp4("draft"), Mp4("normal")
SPEEDS = {"draft": DRAFT, "normal": NORMAL, "small": Mp4("small")}

pytestmark = pytest.mark.slow


def decoded(path, threads="NONE"):
    """All pictures on the grid, from a decoder that stops at the first fault."""
    level = av.logging.get_level()
    av.logging.set_level(av.logging.DEBUG)  # libav reports a gap in the numbers only at a low level
    try:
        with av.logging.Capture() as complaints, av.open(path) as container:
            stream = container.streams.video[0]
            stream.thread_type = threads
            stream.codec_context.options = {"err_detect": "explode+bitstream+buffer+crccheck"}
            frames = list(container.decode(stream))
            times = [frame.pts * stream.time_base for frame in frames]
            assert times == [Fraction(k) / stream.average_rate for k in range(len(frames))]
            assert not any(frame.is_corrupt for frame in frames)
    finally:
        av.logging.set_level(level)
    loud = [text for kind, _, text in complaints if kind <= av.logging.WARNING or "gap" in text]
    loud = [text for text in loud if "timescale not set" not in text]  # any file with a cover
    assert loud == []
    return [frame.to_ndarray() for frame in frames]


def packets(path):
    with av.open(path) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def skipped(picture, place):
    """The packet in a draft, with a length instead of the start code."""
    blocks = -(-picture.width // 16) * -(-picture.height // 16)
    unit = h264.skipped(Syntax(4, 0, blocks, True, 23, True), place, place)[len(h264.START) :]
    return len(unit).to_bytes(4, "big") + unit


def kinds(path):
    """The types of all pictures, in the order in which they are shown."""
    with av.open(path) as container:
        return "".join(
            av.video.frame.PictureType(f.pict_type).name for f in container.decode(video=0)
        )


def segment(encoding, picture, path):
    """One segment's stream."""
    return VideoStream(mp4.h264_settings(encoding, picture.fps), picture, path)


def error(ours, frames, picture):
    """The mean square difference from the drawn frames."""
    total = 0.0
    for got, canvas in zip(ours, frames, strict=True):
        planes = YuvFrame(picture.width, picture.height)
        planes.follow(canvas, Region(picture.width, picture.height, full=True))
        total += np.square(got.astype(float) - planes.frame.to_ndarray()).mean()
    return total / len(frames)


@pytest.fixture
def no_cues(monkeypatch):
    """Only segments begin with key frames. In films.py a section, and so a cue, begins the hold."""
    monkeypatch.setattr(Timeline, "begins_cue", False)


@pytest.fixture
def by_x264(monkeypatch, job):
    """Renders a film in which every frame comes from x264."""

    def make(name, speed=DRAFT, **options):
        with monkeypatch.context() as patch:
            patch.setattr(repeats, "_syntax_of", lambda _: None)
            return render(job(name, "x264.mp4", speed, **options), workers=1)

    return make


@pytest.fixture
def x264(monkeypatch):
    """Adds to x264's parameters for one speed."""

    def add(speed, parameters):
        options = dict(mp4.SPEEDS[speed])
        options["x264-params"] += parameters
        monkeypatch.setitem(mp4.SPEEDS, speed, options)

    return add


@pytest.mark.parametrize("size", [(160, 90), (176, 144), (94, 210)])
@pytest.mark.parametrize(
    ("name", "seconds", "hold"),
    # In segments of 8 s the numbers of pictures start again in the hold and after it.
    [("Film", 4, range(4, 10)), ("Long", 4, range(13, 40)), ("Long", 8, range(13, 44))],
)
def test_a_hold_repeats_its_first_frame(
    name, seconds, hold, size, job, drawn, by_x264, monkeypatch, no_cues
):
    monkeypatch.setitem(mp4.SECONDS, "draft", seconds)
    picture = FrameSpec(*size, 10)
    path = render(job(name, "film.mp4", DRAFT, picture=picture), workers=1).path
    film, drawings = decoded(path), drawn(name, picture=picture).frames
    stored = packets(path)
    for k in hold[1:]:
        assert stored[k] == skipped(picture, k) and np.array_equal(film[k], film[hold[0]])
    theirs = decoded(by_x264(name, picture=picture).path)
    ratio = error(film, drawings, picture) / error(theirs, drawings, picture)
    assert ratio < 1.26  # 1 dB


@pytest.mark.parametrize("speed", ["normal", "small"])
@pytest.mark.parametrize("size", [(160, 90), (94, 210)])
@pytest.mark.parametrize(
    ("name", "seconds", "hold"),
    [("Film", 4, range(4, 10)), ("Long", 4, range(13, 40)), ("Long", 8, range(13, 44))],
)
def test_a_hold_follows_pictures_out_of_order(
    name, seconds, hold, size, speed, job, drawn, by_x264, monkeypatch, no_cues
):
    monkeypatch.setitem(mp4.SECONDS, speed, seconds)
    picture = FrameSpec(*size, 10)
    path = render(job(name, "film.mp4", SPEEDS[speed], picture=picture), workers=1).path
    film, drawings = decoded(path), drawn(name, picture=picture).frames
    assert set(kinds(path)[hold[0] : hold[-1] + 1]) == {"P"} and "B" in kinds(path)
    for k in hold[1:]:
        assert np.array_equal(film[k], film[hold[0]])
    assert all(map(np.array_equal, film, decoded(path, "FRAME")))
    theirs = decoded(by_x264(name, SPEEDS[speed], picture=picture).path)
    ratio = error(film, drawings, picture) / error(theirs, drawings, picture)
    assert ratio < 1.26  # 1 dB


def test_what_x264_made_is_decoded_as_without_skipped_pictures(tmp_path, picture):
    """x264 gets the same pictures, with and without a hold between them."""
    choose = np.random.default_rng(3)
    canvas = np.full((90, 160, 4), 60, np.uint8)
    canvases = []
    for k in range(20):
        canvas[20:60, 6 * k : 6 * k + 40] = [*choose.integers(90, 160, 3).tolist(), 255]
        canvases.append(canvas.copy())
    films = {}
    for hold in (2, 39):
        stream = segment(NORMAL, picture, tmp_path / f"segment-{hold:06}.mp4")
        for k, shown in enumerate(canvases):
            stream.show(shown, hold if k in (7, 8, 13) else 1, Region(160, 90, full=True))
        stream.finish()
        films[hold] = decoded(tmp_path / f"segment-{hold:06}.mp4")
    distinct = {hold: films[hold][:8] for hold in films}
    for hold, film in films.items():
        distinct[hold] += film[7 + hold : 8 + hold] + film[7 + 2 * hold : 12 + 2 * hold]
        distinct[hold] += film[11 + 3 * hold :]
    assert all(map(np.array_equal, distinct[2], distinct[39]))


@pytest.mark.parametrize("speed", SPEEDS.values(), ids=SPEEDS)
@pytest.mark.parametrize("name", ["Long", "NoPlay", "Swatches", "Crumbs", "Until"])
def test_bytes_do_not_depend_on_the_number_of_workers(name, speed, job, forking):
    shas = {render(job(name, f"{w}.mp4", speed), workers=w).sha256 for w in (1, 2)}
    assert len(shas) == 1
    decoded(job(name, "1.mp4").output)


@pytest.mark.parametrize(
    ("speed", "parameters"),
    # A lossless stream has another profile.
    [("draft", p) for p in (":ref=2", ":weightp=1", ":qp=0")]
    + [("normal", p) for p in (":ref=2", ":b-pyramid=normal", ":weightp=1", ":bframes=0:ref=3")]
    + [("small", ":ref=2")],
)
def test_streams_of_another_kind_are_x264s_alone(speed, parameters, job, by_x264, x264):
    x264(speed, parameters)
    ours = render(job("Film", "film.mp4", SPEEDS[speed]), workers=1)
    assert len(decoded(ours.path)) == 16
    assert ours.sha256 == by_x264("Film", SPEEDS[speed]).sha256


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("parameters", [":cabac=0", ":bframes=0", ":8x8dct=1", ":force-cfr=0"])
def test_streams_of_a_like_kind_are_understood(speed, parameters, job, x264, no_cues):
    x264(speed, parameters)
    film = decoded(render(job("Film", "film.mp4", SPEEDS[speed]), workers=1).path)
    assert len(film) == 16 and all(np.array_equal(film[4], film[k]) for k in range(5, 10))


def test_a_picture_of_several_slices_is_refused(job, x264):
    x264("normal", ":slices=2")
    with pytest.raises(WriteFailed, match="one slice"):
        render(job("Film", "film.mp4", NORMAL), workers=1)


def test_canvases_without_a_change_are_repeated(tmp_path, picture):
    stream = segment(DRAFT, picture, tmp_path / "segment-000000.mp4")
    canvas = np.full((90, 160, 4), 90, np.uint8)
    for full in (True, False, False, True):
        stream.show(canvas, 1, Region(160, 90, full=full))
    stream.finish()
    path = tmp_path / "segment-000000.mp4"
    assert len(decoded(path)) == 4
    # The fourth was given to x264, which finds by itself that nothing changed.
    assert packets(path)[1:3] == [skipped(picture, place) for place in (1, 2)]
    film = decoded(path)
    assert all(np.array_equal(film[0], frame) for frame in film) and len(packets(path)[3]) < 20


@pytest.mark.parametrize("order_bits", [0, 5])
def test_a_picture_is_numbered_as_x264_would(order_bits):
    syntax = Syntax(7, order_bits, 8160, False, 23, False)
    first = h264.skipped(syntax, 1, 1)
    for k in range(300):
        assert h264.renumbered(syntax, first, k) == (h264.skipped(syntax, 1 + k, 1 + k), True)


def test_what_follows_the_number_stays_escaped():
    syntax = Syntax(4, 0, 60, False, 23, True)
    first, second = (h264.skipped(syntax, place, place) for place in (1, 2))
    rest = b"\0\0\3\0\0\3\1\0\0\3\3\x80"
    assert h264.renumbered(syntax, first + rest, 1)[0] == second + rest


def test_bits_are_read_as_they_were_written():
    numbers = [0, 1, 2, 3, 7, 8, 254, 255, 8160, 65535]
    writer = bits.BitWriter()
    for number in numbers:
        writer.ue(number)
        writer.u(number, 17)
        writer.se(-number)
    reader = bits.BitReader(writer.trailed())
    assert [(reader.ue(), reader.u(17), reader.se()) for _ in numbers] == [
        (n, n, -n) for n in numbers
    ]
    with pytest.raises(EOFError):
        reader.u(9)


def test_no_unit_looks_like_the_start_of_another():
    choose = random.Random(2)
    for _ in range(300):
        data = bytes(choose.choices((0, 0, 0, 1, 2, 3, 4), k=40)) + b"\x80"
        escaped = bits.escaped(data)
        assert not any(bytes((0, 0, k)) in escaped for k in (0, 1, 2))
        assert bits.unescaped(escaped) == data
    assert bits.escaped(b"\0\0\0\0\1") == b"\0\0\3\0\0\3\1"
    assert bits.units(b"\0\0\1ab\0\0\0\1c") == [b"ab", b"c"]
