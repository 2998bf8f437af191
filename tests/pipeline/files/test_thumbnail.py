"""Thumbnails: of an mp4 its cover, of other films a picture from their last third, or none."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition
from PIL import Image

from pipeline.files.thumbnail import thumbnail

SIZE = WIDTH, HEIGHT = 64, 36
RED, GREEN, BLUE, GREY = (200, 30, 30), (30, 200, 30), (30, 30, 200), (128, 128, 128)


def filled(colour: tuple[int, int, int]) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.full((HEIGHT, WIDTH, 3), colour, np.uint8))


def film(path: Path, cover: tuple[int, int, int] | None = None, every: int = 4) -> Path:
    """Three seconds of red, green and blue; a key frame after so many pictures."""
    with av.open(str(path), "w") as container:
        codec = "libx264" if path.suffix == ".mp4" else "libvpx-vp9"
        video = container.add_stream(codec, rate=4, options={"g": f"{every}", "keyint_min": "4"})
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        if cover is not None:
            still = container.add_stream("mjpeg", rate=1)
            still.width, still.height, still.pix_fmt = WIDTH, HEIGHT, "yuvj420p"
            still.disposition = Disposition.attached_pic
            picture = filled(cover).reformat(format="yuvj420p")
            picture.pts, picture.time_base = 0, Fraction(1, 1)
            container.mux(still.encode(picture))
        for colour in (RED, GREEN, BLUE):
            for _ in range(4):
                container.mux(video.encode(filled(colour)))
        container.mux(video.encode())
    return path


def animation(path: Path) -> Path:
    first, *others = (Image.new("RGB", SIZE, colour) for colour in (RED, GREEN, BLUE))
    first.save(path, save_all=True, append_images=others, duration=1000, lossless=True)
    return path


def colour_of(content: bytes | None) -> tuple[int, int, int]:
    """The colour in the middle of a picture of the whole size."""
    assert content is not None
    with Image.open(BytesIO(content)) as picture:
        assert picture.format == "WEBP" and picture.size == SIZE
        red, green, blue = picture.convert("RGB").getpixel((WIDTH // 2, HEIGHT // 2))  # type: ignore[misc]
    return red, green, blue


def test_the_cover_of_an_mp4(tmp_path: Path) -> None:
    shown = colour_of(thumbnail(film(tmp_path / "film.mp4", cover=GREY), 640))
    assert shown == pytest.approx(GREY, abs=12)


@pytest.mark.parametrize("every", [4, 100])
@pytest.mark.parametrize("name", ["film.mp4", "film.webm"])
def test_without_a_cover(tmp_path: Path, name: str, every: int) -> None:
    """A clip has one key frame, its first picture: it is mostly empty."""
    shown = colour_of(thumbnail(film(tmp_path / name, every=every), 640))
    assert shown == pytest.approx(BLUE, abs=25)


@pytest.mark.parametrize("name", ["film.gif", "film.webp", "film.png"])
def test_animations(tmp_path: Path, name: str) -> None:
    shown = colour_of(thumbnail(animation(tmp_path / name), 640))
    assert shown == pytest.approx(BLUE, abs=25)


def test_the_size(tmp_path: Path) -> None:
    """The shape stays, however thin it is."""
    wide, thin = tmp_path / "wide.png", tmp_path / "thin.png"
    Image.new("RGB", (640, 360)).save(wide)
    Image.new("RGB", (2000, 1)).save(thin)
    sizes = []
    for path in (wide, thin):
        with Image.open(BytesIO(thumbnail(path, 100) or b"")) as picture:
            sizes.append(picture.size)
    assert sizes == [(100, 56), (100, 1)]


@pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.gif", "a.webp", "a.txt"])
def test_no_picture(tmp_path: Path, name: str) -> None:
    for content in (b"", b"GIF89a", b"\x00" * 100):
        (tmp_path / name).write_bytes(content)
        assert thumbnail(tmp_path / name, 100) is None
    assert thumbnail(tmp_path / "nowhere" / name, 100) is None
