"""Compares the time for a film with the time for encoding its frames, on the same cores.

    python benchmarks/encoding_alone.py [FILE.py:Name] [--speed normal]

The frames are stored first, each distinct one once, as YUV 4:2:0 in a temporary file: 3 MB each at
1080p, a few gigabytes for a film of 40 s. Then one process for each core encodes segments of them
with libx264 and the pipeline's own options, and writes nothing. This is the time for encoding.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from measuring import FRESH, OURS, located, timed

from pipeline import FrameSpec, Mp4, RenderJob, SceneRef, render
from pipeline.encoders import stream
from pipeline.encoders.mp4 import SECONDS, h264_settings

FRAME = FrameSpec(1920, 1080, 60)
SIZE = FRAME.width * FRAME.height * 3 // 2  # bytes of a frame


def lay_aside(scene: str, folder: Path) -> tuple[Path, list[int]]:
    """Store all distinct frames in a file; return it, and for each frame its number in the file."""
    order: list[int] = []
    show = stream.VideoStream.show
    with (folder / "frames").open("wb") as file:

        def noted(self, canvas, repeat, changed):  # type: ignore[no-untyped-def]
            show(self, canvas, repeat, changed)
            assert self._converted is not None
            for plane in self._converted.planes:
                lines = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
                file.write(lines[:, : plane.width].tobytes())
            order.extend([order[-1] + 1 if order else 0] * repeat)

        stream.VideoStream.show = noted  # type: ignore[method-assign]
        film = SceneRef(*located(scene).rsplit(":", 1))
        render(RenderJob(film, FRAME, Mp4("draft"), folder / "film.mp4"), workers=1)
        stream.VideoStream.show = show  # type: ignore[method-assign]
    return folder / "frames", order


def encode(frames: Path, order: list[int], speed: str) -> None:
    """Encode one segment."""
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height, context.pix_fmt = FRAME.width, FRAME.height, "yuv420p"
    context.time_base, context.framerate = Fraction(1, FRAME.fps), Fraction(FRAME.fps)
    context.thread_count, context.options = 1, dict(h264_settings(Mp4(speed), FRAME.fps).options)
    frame = av.VideoFrame(FRAME.width, FRAME.height, "yuv420p")
    shown = None
    with frames.open("rb") as file:
        for k, number in enumerate(order):
            if number != shown:
                file.seek(number * SIZE)
                for plane in frame.planes:
                    plane.update(file.read(plane.buffer_size))
            frame.pts, shown = k, number
            context.encode(frame)
    context.encode(None)


def main() -> None:
    """Measure both and print their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scene", nargs="?", default="scenes/films/batch/scene.py:BatchDescent")
    parser.add_argument("--speed", choices=list(SECONDS), default="normal")
    options = parser.parse_args()
    length = SECONDS[options.speed] * FRAME.fps
    with tempfile.TemporaryDirectory() as folder:
        frames, order = lay_aside(options.scene, Path(folder))
        parts = [order[k : k + length] for k in range(0, len(order), length)]
        with multiprocessing.Pool(os.cpu_count()) as pool:
            pool.starmap(encode, [(frames, parts[0], options.speed)])  # warmed up
            begun = time.perf_counter()
            pool.starmap(encode, [(frames, part, options.speed) for part in parts], chunksize=1)
            alone = time.perf_counter() - begun
    ours = [*OURS, "video", located(options.scene), "-o", "film.mp4", "-q", "1080p60", *FRESH]
    with tempfile.TemporaryDirectory() as folder:
        whole = timed([*ours, "--speed", options.speed], Path(folder)).wall
    print(f"{len(order)} frames, {options.speed}: encoding alone {alone:.1f} s, "
          f"the whole command {whole:.1f} s: {whole / alone:.2f}×")  # fmt: skip


if __name__ == "__main__":
    main()
