"""GIF: exact time, the film's own colours, small files."""

from __future__ import annotations

import tracemalloc

import av
import numpy as np
import pytest

from pipeline import FrameSpec, Gif, JobError, RenderJob, SceneRef, render
from pipeline.encoders.animation.frame_store import FrameWriter
from pipeline.encoders.animation.histogram import Histogram
from pipeline.encoders.animation.join import JoinedFrames
from pipeline.encoders.animation.palette import Palette
from pipeline.encoders.base import Labels
from pipeline.encoders.chain import open_file
from pipeline.encoders.segmented import Piece
from pipeline.job.region import Region


def blocks(data):
    """Delays, loop count and number of local palettes, read byte by byte."""
    delays, loop, local_palettes = [], None, 0
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while data[at] != 0x3B:
        if data[at] == 0x21:
            if data[at + 1] == 0xF9:
                delays.append(int.from_bytes(data[at + 4 : at + 6], "little"))
            elif data[at + 3 : at + 14] == b"NETSCAPE2.0":
                loop = int.from_bytes(data[at + 16 : at + 18], "little")
            at += 2
        else:
            flags = data[at + 9]
            local_palettes += flags >> 7
            at += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        while data[at]:
            at += data[at] + 1
        at += 1
    return delays, loop, local_palettes


def gif_encoder(picture, folder, name):
    """An encoder that delivers frames as they are drawn."""
    return open_file(
        RenderJob(SceneRef("none", "None"), picture, Gif(), folder / name), folder / name, folder
    )


def pictures(path, layout="rgb24"):
    with av.open(path) as container:
        return [frame.to_ndarray(format=layout) for frame in container.decode(video=0)]


@pytest.mark.parametrize("fps", [10, 20, 25, 50])
def test_delays_add_up_to_the_film_exactly(fps, job):
    done = render(job("Film", "film.gif", picture=FrameSpec(160, 90, fps)))
    delays, loop, _ = blocks(done.path.read_bytes())
    frames = sum(section.frames for section in done.sections)
    assert sum(delays) * fps == 100 * frames
    assert done.duration == pytest.approx(frames / fps, abs=1e-12)
    assert min(delays) == 100 // fps >= 2
    assert done.frames == len(delays) < frames  # the hold is one picture
    assert loop == 0


def test_pictures_are_the_films_frames(job, drawn):
    film = drawn("Film").frames
    shown = pictures(render(job("Film", "film.gif")).path)
    distinct = [*film[:5], *film[10:]]
    assert len(shown) == len(distinct)
    for got, drawn_frame in zip(shown, distinct, strict=True):
        wanted = drawn_frame[..., :3].astype(int)
        assert np.abs(got[0, 0] - wanted[0, 0]).max() == 0  # the page's colour is exact
        assert np.square(got - wanted).mean() < 1  # 48 dB


def test_flat_colours_are_exact(job, swatches):
    shown = pictures(render(job("Swatches", "colours.gif")).path)[0]
    assert [shown[45, 10 + 20 * k].tolist() for k in range(8)] == swatches


def test_one_palette_of_the_size_asked_for(job):
    done = render(job("Film", "film.gif", Gif(colors=16, loop=3)))
    data = done.path.read_bytes()
    _, loop, local_palettes = blocks(data)
    assert (loop, local_palettes) == (2, 0)  # the file counts what follows the first time
    assert len(np.unique(pictures(done.path)[0].reshape(-1, 3), axis=0)) <= 16
    assert done.size < render(job("Film", "full.gif")).size


@pytest.mark.parametrize(("plays", "written"), [(0, 0), (1, None), (2, 1), (65535, 65534)])
def test_a_gif_plays_as_often_as_asked(job, plays, written):
    """A player shows the film once more than the file says; without that block only once."""
    data = render(job("Swatches", "colours.gif", Gif(loop=plays))).path.read_bytes()
    assert blocks(data)[1] == written


def test_transparency_is_there_or_not(job):
    picture = FrameSpec(160, 90, 10, transparent=True)
    shown = pictures(render(job("Soft", "soft.gif", picture=picture)).path, "rgba")
    assert len(shown) == 4
    for frame in shown:
        assert set(np.unique(frame[..., 3])) == {0, 255}
        assert frame[2, 2, 3] == 0
    assert np.abs(shown[0][60, 80].astype(int) - [0xE6, 0x9F, 0x00, 255]).max() <= 3
    # A shape that has moved away leaves no traces.
    assert shown[0][25, 60, 3] == 255 and shown[3][25, 60, 3] == 0


def test_a_hold_longer_than_one_delay_can_say(tmp_path):
    """A delay holds 655.35 s."""
    encoder = gif_encoder(FrameSpec(16, 16, 10), tmp_path, "long.gif")
    page = np.full((16, 16, 4), 255, np.uint8)
    for seconds in (400, 400, 700):
        encoder.show(page, 10 * seconds, Region(*page.shape[1::-1], full=True))
    encoder.finish(Labels())
    delays, _, _ = blocks((tmp_path / "long.gif").read_bytes())
    assert sum(delays) == 1500 * 100
    assert max(delays) <= 65535


def test_rates_that_hundredths_cannot_hold_are_refused(job):
    for fps in (15, 30, 60):
        with pytest.raises(JobError, match="10, 20, 25, 50"):
            job("Film", "film.gif", picture=FrameSpec(160, 90, fps))
    with pytest.raises(JobError, match="colors"):
        Gif(colors=257)


def segment(path, frames):
    """Store `frames`, pairs of a frame and its repeat, unchanged."""
    height, width = frames[0][0].shape[:2]
    writer = FrameWriter(path, width, height, lambda frame: frame)
    for frame, repeat in frames:
        writer.show(frame, repeat, Region(width, height, full=True))
    writer.finish()
    return Piece.of(path)


class Every:
    """Replaces a palette: each shade of grey has its own number."""

    nothing = 0

    def indices(self, colours):
        return (colours & 0xFF).astype(np.uint8)


def grey(*levels):
    """A frame of one line of pixels."""
    frame = np.full((1, len(levels), 4), 255, np.uint8)
    frame[0, :, :3] = np.array(levels)[:, None]
    return frame


def test_pictures_come_back_joined_over_the_segments_border(tmp_path):
    a, b, c = grey(7, 8, 9), grey(7, 5, 9), grey(1, 2, 3)
    film = JoinedFrames(
        [
            segment(tmp_path / "0", [(a, 1), (b, 2), (b.copy(), 3)]),
            segment(tmp_path / "1", [(b, 4)]),
            segment(tmp_path / "2", [(b, 5), (a, 6), (c, 1)]),
            segment(tmp_path / "3", [(a, 1)]),
        ]
    )
    assert film.repeats == [1, 14, 6, 1, 1]
    shown = [picture.ravel().tolist() for picture in film.mapped(Every(), 1, 3)]
    assert shown == [[7, 8, 9], [7, 5, 9], [7, 8, 9], [1, 2, 3], [7, 8, 9]]


def test_a_colour_counts_for_all_pixels_and_all_frames_that_show_it(tmp_path):
    a, b = grey(7, 7, 9), grey(7, 5, 9)
    pieces = [[(a, 1), (b, 2)], [(b, 4), (a, 3)]]
    film = JoinedFrames([segment(tmp_path / str(k), piece) for k, piece in enumerate(pieces)])
    levels, weights = film.seen.colours & 0xFF, film.seen.weights
    assert dict(zip(levels.tolist(), weights.tolist(), strict=True)) == {
        5: 6, 7: 2 * 4 + 6, 9: 10
    }  # fmt: skip


def test_a_settled_palette_is_closer_and_holds_flat_colours_exactly(monkeypatch):
    random, seen = np.random.default_rng(2), Histogram()
    flat = np.array([0xFF1B1410, 0xFFF4EFEC, 0xFF5ED7FF], np.uint32)
    soft = random.integers(0, 1 << 24, 3000).astype(np.uint32) | 0xFF000000
    seen.add(flat, np.array([10**9, 10**6, 10**5]))
    seen.count(soft, 1)

    def shown():
        palette = Palette(seen, 64, transparent=False)
        picture = palette.frame(palette.indices(seen.colours)[None])
        return picture.to_ndarray(format="rgba").view("<u4").ravel()

    def error(colours):
        wanted, got = (c.view(np.uint8).astype(int) for c in (seen.colours, colours))
        return np.square(wanted - got).mean()

    settled = shown()
    assert len(np.unique(settled)) <= 64
    assert set(flat.tolist()) == set(settled[np.isin(seen.colours, flat)].tolist())
    monkeypatch.setattr("pipeline.encoders.animation.palette.ROUNDS", 0)
    assert error(settled) < 0.95 * error(shown())


def test_memory_does_not_grow_with_the_film(tmp_path):
    def peak(count):
        (folder := tmp_path / str(count)).mkdir()
        encoder = gif_encoder(FrameSpec(320, 180, 10), folder, "film.gif")
        tracemalloc.start()
        for number in range(count):
            page = np.full((180, 320, 4), 50 + number % 200, np.uint8)
            encoder.show(page, 1, Region(320, 180, full=True))
        encoder.finish(Labels())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    frame = 180 * 320 * 4
    assert peak(150) < peak(20) + 20 * frame
