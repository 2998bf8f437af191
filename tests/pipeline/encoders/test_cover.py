"""The cover of an mp4: one of the film's own pictures, beside the film."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline import FrameSpec, Part, RenderJob, SceneRef, encoding_for, render
from pipeline.encoders.cover import WIDTH, is_cover

FILE = """
from manim import BLUE, RIGHT, Scene, Square, Text

class Squares(Scene):
    def construct(self):
        square = Square(2, color=BLUE, fill_opacity=1).shift(3 * RIGHT)
        self.next_section("left")
        self.add(square.shift(-6 * RIGHT))
        self.wait(1)
        self.next_section("right")
        self.play(square.animate.shift(6 * RIGHT), run_time=5)
        self.next_section("nothing")
        self.remove(square)
        self.wait(1)
"""


@pytest.fixture
def squares(tmp_path: Path) -> Callable[..., RenderJob]:
    (tmp_path / "squares.py").write_text(FILE)

    def make(name: str = "film.mp4", **options: object) -> RenderJob:
        path = tmp_path / name
        job = RenderJob(
            SceneRef(str(tmp_path / "squares.py"), "Squares"),
            FrameSpec(160, 90, 10),
            encoding_for(path),
            path,
        )
        return replace(job, **options)

    return make


def cover(path: Path) -> np.ndarray:
    """The cover's pixels (height, width, 3)."""
    with av.open(path) as container:
        streams = container.streams.video
        assert [is_cover(stream) for stream in streams] == [False, True]
        packet = next(p for p in container.demux(streams[1]) if p.size)
        data = bytes(packet)
    with av.open(io.BytesIO(data), format="mjpeg") as picture:
        return next(picture.decode(video=0)).to_ndarray(format="rgb24")


def frame(path: Path, number: int) -> np.ndarray:
    """A frame of the film (height, width, 3)."""
    with av.open(path) as container:
        frames = [f.to_ndarray(format="rgb24") for f in container.decode(video=0)]
    return frames[number]


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    """In dB, over all channels."""
    error = np.mean((one.astype(float) - other) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


@pytest.mark.parametrize(("section", "number"), [("left", 9), ("right", 59), (None, 69)])
def test_the_cover_is_the_last_frame_of_its_section(
    squares: Callable[..., RenderJob], section: str | None, number: int
) -> None:
    """Also in the second segment; without a section it is the film's last frame."""
    path = render(squares(cover=section)).path
    assert psnr(cover(path), frame(path, number)) > 32
    others = {9, 59, 69} - {number}
    assert all(psnr(cover(path), frame(path, other)) < 25 for other in others)


def test_a_clip_has_a_cover_of_its_own(squares: Callable[..., RenderJob]) -> None:
    path = render(squares(cover="left", part=Part.of("right"))).path
    assert psnr(cover(path), frame(path, -1)) > 32


def test_processes_do_not_matter(squares: Callable[..., RenderJob]) -> None:
    one, two = (
        render(squares(f"{workers}.mp4", cover="right"), workers=workers).sha256
        for workers in (1, 2)
    )
    assert one == two


def test_a_large_film_has_a_smaller_cover(squares: Callable[..., RenderJob]) -> None:
    path = render(squares(frame=FrameSpec(1440, 810, 5), cover="left")).path
    assert cover(path).shape == (WIDTH * 9 // 16, WIDTH, 3)


def test_other_formats_have_none(squares: Callable[..., RenderJob]) -> None:
    for name in ("film.webm", "film.mov"):
        with av.open(render(squares(name, cover="left")).path) as container:
            assert len(container.streams.video) == 1
