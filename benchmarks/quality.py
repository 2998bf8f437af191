"""How close to the drawn frames each file is: PSNR of the luma, in dB.

    python benchmarks/quality.py [FILE.py:Name ...] [--speeds draft normal small] [--json F]

The drawn frames come from a lossless film of the same scene (crf 0). ``all`` is the mean of the
frames' PSNR. ``moving`` looks only at blocks of 8 by 8 pixels that differ from the frame before:
their errors together, as one PSNR. A repeated frame has none.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from measuring import FRESH, MANIM, OURS, film_in, located, show, timed

from pipeline import FrameSpec, Mp4, RenderJob, SceneRef, render

FILMS = [
    "scenes/films/batch/scene.py:BatchDescent",
    "scenes/films/sgd/scene.py:StochasticDescent",
]
FRAME = FrameSpec(1920, 1080, 60)
BLOCK = 8  # pixels: 1080 is a multiple of it
COLUMNS = {"file": "{file}", "kB": "{size:.0f}", "all": "{all:.1f}", "moving": "{moving:.1f}"}
Luma = npt.NDArray[np.int16]


def lumas(path: Path) -> Iterator[Luma]:
    """The luma of each frame."""
    with av.open(path) as container:
        for frame in container.decode(video=0):
            plane = frame.planes[0]
            lines = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
            yield lines[: frame.height, : frame.width].astype(np.int16)


def psnr(mean_square: float) -> float:
    """In dB; 99 for what is equal."""
    return 10 * math.log10(255**2 / mean_square) if mean_square else 99.0


def blocks(square: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """(rows, columns): the mean of each block."""
    height, width = (size // BLOCK for size in square.shape)
    means: npt.NDArray[Any] = square.reshape(height, BLOCK, width, BLOCK).mean(axis=(1, 3))
    return means


def compared(drawn: Path, film: Path) -> dict[str, float]:
    """PSNR of all, and of what moves."""
    frames: list[float] = []
    moving: list[npt.NDArray[Any]] = []
    before: Luma | None = None
    for wanted, got in zip(lumas(drawn), lumas(film), strict=True):
        square = np.square((wanted - got).astype(np.int32))
        frames.append(psnr(float(square.mean())))
        if before is not None:
            moving.append(blocks(square)[blocks(np.abs(wanted - before)) > 0])
        before = wanted
    return {"all": float(np.mean(frames)), "moving": psnr(float(np.concatenate(moving).mean()))}


def measured(scene: str, speeds: list[str], folder: Path) -> Iterator[dict[str, Any]]:
    """A row for manim's own file and for each speed."""
    place = located(scene)
    file, name = place.rsplit(":", 1)
    drawn = folder / "drawn.mp4"
    render(RenderJob(SceneRef(file, name), FRAME, Mp4(crf=0), drawn))
    commands = {"manim": [*MANIM, "-r", "1920,1080", "--fps", "60", file, name]}
    for speed in speeds:
        ours = [*OURS, "video", place, "-q", "1080p60", "-o", "film.mp4"]
        commands[speed] = [*ours, "--speed", speed, *FRESH]
    for label, command in commands.items():
        with tempfile.TemporaryDirectory() as place_of_its_own:
            run = timed(command, Path(place_of_its_own))
            yield {
                "file": label,
                "size": run.size,
                **compared(drawn, film_in(Path(place_of_its_own), "mp4")),
            }


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scenes", nargs="*", default=FILMS)
    parser.add_argument("--speeds", nargs="+", default=["draft", "normal", "small"])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    kept: dict[str, Any] = {}
    for scene in options.scenes:
        with tempfile.TemporaryDirectory() as folder:
            kept[scene] = list(measured(scene, options.speeds, Path(folder)))
        show(f"{scene}, 1080p60, PSNR of the luma in dB", COLUMNS, kept[scene])
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
