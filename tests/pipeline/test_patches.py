"""Pictures put together from what changed: any decoder shows what was drawn."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from pipeline import Mp4, Picture
from pipeline.encoders import mp4
from pipeline.encoders.h264 import patches
from pipeline.encoders.yuv import Planes
from pipeline.job.region import Region
from tests.pipeline.test_stills import decoded, packets

DRAFT = Mp4("draft")
# Whole macroblocks; half ones below; partial ones at the right and below; a tall picture.
SIZES = [(256, 128), (320, 136), (284, 142), (134, 240)]


@pytest.fixture
def encode(tmp_path):
    """Encodes canvases as one segment, and returns its path."""

    def make(canvases, picture, changes=None):
        segment = mp4.Mp4Encoder(DRAFT, picture, tmp_path / "film.mp4", tmp_path).begin(0)
        for k, canvas in enumerate(canvases):
            full = Region(picture.width, picture.height, full=True)
            segment.show(canvas, 1, full if changes is None else changes[k])
        segment.finish()
        return tmp_path / "segment-000000.mp4"

    return make


def a_square_moves(picture, count, seed=0):
    """Canvases of a page with a square that moves, and where each differs from the last."""
    choose = np.random.default_rng(seed)
    page = np.full((picture.height, picture.width, 4), (28, 28, 28, 255), np.uint8)
    page[::20, :, :3] = 90
    canvases, changes, last = [], [], None
    for k in range(count):
        canvas = page.copy()
        x = int(choose.integers(0, picture.width - 20))
        y = int(choose.integers(20, picture.height - 20))
        if k % 3 == 0:  # into a corner, where macroblocks are partial
            x, y = picture.width - 20, picture.height - 20
        canvas[y : y + 20, x : x + 20, :3] = choose.integers(60, 250, 3)
        changed = Region(picture.width, picture.height, full=not canvases)
        for left, top in filter(None, [last, (x, y)]):
            changed.mask[changed.tiles(left, top, left + 20, top + 20)] = True
        canvases.append(canvas)
        changes.append(changed)
        last = (x, y)
    return canvases, changes


def samples(canvas, picture):
    """What a lossless encoder would show."""
    planes = Planes(picture.width, picture.height)
    planes.follow(canvas, Region(picture.width, picture.height, full=True))
    return planes.frame.to_ndarray()


def whole(path):
    """The numbers of the pictures that need no other."""
    with av.open(path) as container:
        sent = [packet for packet in container.demux(video=0) if packet.size]
    return [k for k, packet in enumerate(sent) if packet.is_keyframe]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_shown_is_what_was_drawn(size, encode):
    picture = Picture(*size, 10)
    canvases, changes = a_square_moves(picture, 24)
    path = encode(canvases, picture, changes)
    film = decoded(path)
    assert whole(path) == [0]  # x264 gave the first one alone
    for got, canvas in zip(film, canvases, strict=True):
        wanted = samples(canvas, picture)
        assert np.square(got.astype(float) - wanted).mean() < 2.5**2
    assert all(map(np.array_equal, film, decoded(path, "FRAME")))


def test_where_nothing_changed_every_sample_stays(encode):
    picture = Picture(256, 128, 10)
    canvases, changes = a_square_moves(picture, 8)
    film = decoded(encode(canvases, picture, changes))
    for k in range(1, 8):
        far = ~np.kron(changes[k].mask, np.ones((16, 16), bool))
        # Two pixels beside a change chroma may change as well: what is left are rows of
        # macroblocks in which nothing changed, nor above or below.
        rows = far.all(axis=1)
        rows &= np.roll(rows, 16) & np.roll(rows, -16)
        assert rows.any()
        assert np.array_equal(film[k][:128][rows], film[k - 1][:128][rows])


def test_where_much_changes_x264_begins_anew(encode, monkeypatch):
    monkeypatch.setattr(patches, "MOST", 60)
    picture = Picture(256, 128, 10)
    calm, changes = a_square_moves(picture, 12)
    noise = np.random.default_rng(1).integers(0, 255, (128, 256, 4), dtype=np.uint8)
    noise[..., 3] = 255
    full = Region(256, 128, full=True)
    canvases = [*calm[:6], noise, noise // 2, *calm[6:], noise]
    regions = [*changes[:6], full, full, full, *changes[7:], full]
    path = encode(canvases, picture, regions)
    film = decoded(path)
    assert whole(path) == [0, 6, 14]
    for k in (5, 9, 13):
        wanted = samples(canvases[k], picture)
        assert np.square(film[k].astype(float) - wanted).mean() < 2.5**2


def test_a_change_of_chroma_alone_is_seen(encode):
    """Two colours of one luma."""
    picture = Picture(256, 128, 10)
    canvas = np.full((128, 256, 4), (100, 100, 100, 255), np.uint8)
    other = canvas.copy()
    other[32:64, 32:64, :3] = (160, 85, 73)
    a, b = samples(canvas, picture), samples(other, picture)
    assert np.array_equal(a[:128], b[:128]) and not np.array_equal(a, b)
    film = decoded(encode([canvas, other], picture))
    assert np.abs(film[1].astype(int) - b).max() <= 6
    assert np.array_equal(film[1][32:64, 32:64], b[32:64, 32:64])


def test_without_a_change_the_picture_is_a_skipped_one(encode):
    picture = Picture(256, 128, 10)
    canvas = np.full((128, 256, 4), 90, np.uint8)
    path = encode([canvas, canvas, canvas], picture)
    film, sizes = decoded(path), [len(packet) for packet in packets(path)]
    assert np.array_equal(film[0], film[2]) and max(sizes[1:]) < 20 < sizes[0]


def test_a_picture_is_one_slice(encode):
    """libav warns of more than 32 slices, and a decoder in hardware may know fewer."""
    picture = Picture(256, 128, 10)
    canvases, changes = a_square_moves(picture, 6)
    for packet in packets(encode(canvases, picture, changes))[1:]:
        assert int.from_bytes(packet[:4], "big") == len(packet) - 4


@pytest.mark.parametrize("speed", ["normal", "small"])
def test_other_speeds_give_x264_whole_pictures(speed, tmp_path, picture):
    begun = mp4.Mp4Encoder(Mp4(speed), picture, tmp_path / "film.mp4", tmp_path).begin(0)
    assert begun._stills._patches is None and begun._tick == Fraction(1, picture.fps)
    begun.abort()
