"""WebP and APNG: every pixel and soft edges, exact times; a GIF's matte; files within a limit."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

import av
import numpy as np
import pytest
from PIL import Image

from pipeline import Apng, FrameSpec, Gif, JobError, Mp4, Png, RenderJob, WebP, render
from pipeline.encoders.alpha import matted
from pipeline.job.fitting import fitted

CLEAR = FrameSpec(160, 90, 20, transparent=True)
OPAQUE = FrameSpec(160, 90, 20)
ANIMATED = {"webp": WebP(), "apng": Apng()}

pytestmark = pytest.mark.slow


def shown(path, layout):
    """The start of each picture in seconds, and the pictures; WebP by Pillow, APNG by libav."""
    if path.suffix == ".webp":
        times, pictures = [], []
        with Image.open(path) as image:
            for number in range(image.n_frames):
                image.seek(number)
                pictures.append(np.asarray(image.convert(layout)))
                times.append(image.info["duration"] / 1000)
        return [0.0, *accumulate(times)], pictures
    with av.open(path) as container:
        unit = container.streams.video[0].time_base
        times = [float(p.duration * unit) for p in container.demux(video=0) if p.size]
    with av.open(path) as container:
        form = {"RGBA": "rgba", "RGB": "rgb24"}[layout]
        pictures = [frame.to_ndarray(format=form) for frame in container.decode(video=0)]
    return [0.0, *accumulate(times)], pictures


@pytest.mark.parametrize("form", ANIMATED)
@pytest.mark.parametrize("spec", [OPAQUE, CLEAR], ids=["opaque", "clear"])
def test_every_pixel_at_its_time(form, spec, job):
    """At five moments the file shows the still of that moment, soft edges included."""
    done = render(job("Film", f"film.{form}", picture=spec, encoding=ANIMATED[form]))
    layout = "RGBA" if spec.transparent else "RGB"
    starts, pictures = shown(done.path, layout)
    assert starts[-1] == pytest.approx(done.duration, abs=0.001) and done.frames == len(pictures)
    soft = False
    for at in np.linspace(0, done.duration - 0.05, 5).round(2).tolist():
        still = render(job("Film", "still.png", picture=spec, encoding=Png(at)))
        wanted = np.asarray(Image.open(still.path).convert(layout)).astype(int)
        place = np.searchsorted(starts, at + 1e-3, side="right") - 1
        found = pictures[place].astype(int)
        if spec.transparent:  # the colour of a pixel that is not shown does not matter
            wanted, found = (each * (each[..., 3:] > 0) for each in (wanted, found))
            soft = soft or bool(((wanted[..., 3] > 0) & (wanted[..., 3] < 255)).any())
        assert np.array_equal(found, wanted)
    assert soft == spec.transparent


@pytest.mark.parametrize("form", ANIMATED)
def test_a_film_of_one_picture(form, job):
    """Such a file is a still: it holds no time."""
    done = render(job("NoPlay", f"still.{form}", encoding=ANIMATED[form]))
    with Image.open(done.path) as image:
        assert image.size == (160, 90) and getattr(image, "n_frames", 1) == done.frames == 1


@pytest.mark.parametrize("form", ANIMATED)
def test_the_bytes_do_not_depend_on_the_workers(form, job):
    one, two = (
        render(job("Film", f"{n}.{form}", encoding=ANIMATED[form]), workers=n) for n in (1, 2)
    )
    assert one.sha256 == two.sha256


def test_a_matte_lays_soft_edges_on_the_page():
    """Straight alpha over the colour, computed with fractions; nothing elsewhere."""
    page = (253, 246, 227)
    frame = np.array([[[0, 0, 0, 0], [60, 30, 0, 60], [200, 100, 50, 255]]], np.uint8)
    (empty, soft, full) = matted(frame, page)[0]
    assert empty.tolist() == [0, 0, 0, 0] and full.tolist() == [200, 100, 50, 255]
    expected = [
        float(part + Fraction(255 - 60, 255) * back)
        for part, back in zip((60, 30, 0), page, strict=True)
    ]
    assert soft[3] == 255 and np.abs(soft[:3] - expected).max() <= 0.5


def test_a_matted_gif_has_no_dark_edges(job):
    """Beside the page's colour every edge pixel lies between that colour and the drawing's."""
    done = render(job("Film", "film.gif", picture=CLEAR, encoding=Gif(matte="#ffffff")))
    cut = render(job("Film", "cut.gif", picture=CLEAR, encoding=Gif()))
    with av.open(done.path) as matted_film, av.open(cut.path) as cut_film:
        laid = next(matted_film.decode(video=0)).to_ndarray(format="rgba")
        hard = next(cut_film.decode(video=0)).to_ndarray(format="rgba")
    assert (laid[..., 3] > 0).sum() > (hard[..., 3] > 0).sum()  # soft pixels are shown too
    assert {*np.unique(laid[..., 3]).tolist()} == {0, 255}


def guessed_size(job: RenderJob) -> int:
    """A file's size if it went by pixels, frames, colours and crf."""
    spec, encoding = job.delivered, job.encoding
    size = 0.9 * spec.width * spec.height * spec.fps**0.6
    if isinstance(encoding, Gif):
        size *= encoding.colors**0.3
    if isinstance(encoding, Mp4):
        size *= 0.9 ** ((encoding.crf or 19) - 19)
    return int(size)


@pytest.mark.parametrize(
    ("encoding", "smallest"),
    [(Gif(width=640, every=3), 0.06), (WebP(width=640, every=3), 0.13), (Mp4(), 0.06)],
)
def test_a_limit_is_used_well(encoding, smallest, tmp_path):
    """For 200 limits: within 70 to 100 %, in at most eight tries, unless nothing is given up."""
    spec = FrameSpec(1920, 1080, 60)
    asked = RenderJob(None, spec, encoding, tmp_path / "film")
    best = guessed_size(asked)
    for limit in np.geomspace(best * smallest, best * 1.2, 200).astype(int).tolist():
        tried: list[RenderJob] = []

        def size_of(job: RenderJob, tried: list[RenderJob] = tried) -> int:
            tried.append(job)
            return guessed_size(job)

        found = fitted(asked, limit, size_of)
        assert found.size == guessed_size(found.job) <= limit and len(tried) <= 8
        assert found.job == asked or found.size >= 0.7 * limit


def test_a_limit_that_cannot_be_kept(tmp_path):
    asked = RenderJob(None, OPAQUE, Gif(), tmp_path / "film.gif")
    with pytest.raises(JobError, match="smallest file"):
        fitted(asked, 20_000, lambda job: 30_000)
