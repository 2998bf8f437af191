"""One film as a GIF, made by manim's own command line and by this project's.

    python benchmarks/gif.py [FILE.py:Name] [--rounds 1] [--json FILE]

Whole commands are timed in turn, as in `against_manim.py`. Then the GIFs are decoded: how long
they last, and the PSNR of their picture at each frame time compared with the drawn frame.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from itertools import repeat as again
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from measuring import FRESH, MANIM, OURS, interleaved, located, mean, show

from pipeline import FrameSpec, SceneRef
from pipeline.job.region import Region

FRAME = FrameSpec(960, 540, 20)
COLUMNS = {
    "command": "{command}", "wall s": "{wall:.1f}", "faster": "{faster:.1f}×", "CPU s": "{cpu:.1f}",
    "kB": "{size:.0f}", "of manim's": "{size_ratio:.2f}×", "pictures": "{pictures}",
    "s": "{seconds:g}", "PSNR dB": "{psnr:.1f}", "MB": "{memory:.0f}",
}  # fmt: skip
Pixels = npt.NDArray[np.uint8]


def commands(scene: str) -> dict[str, list[str]]:
    """What is compared; the first is the measure of the others."""
    place, size = located(scene), (FRAME.width, FRAME.height)
    ours = [*OURS, "gif", place, "-o", "film.gif", *FRESH]
    ours += ["--width", str(FRAME.width), "--fps", str(FRAME.fps)]
    manim = [*MANIM, "-r", "{},{}".format(*size), "--fps", str(FRAME.fps), "--format", "gif"]
    return {
        "manim --format gif": [*manim, *place.rsplit(":", 1)],
        "a worker a core": ours,
        "1 worker": [*ours, "--jobs", "1"],
    }


class Shown:
    """What a GIF shows at each frame time, and how much it differs from the drawn frames."""

    def __init__(self, path: Path) -> None:
        with av.open(path) as container:
            unit = container.streams.video[0].time_base
            assert unit is not None
            packets = [packet for packet in container.demux(video=0) if packet.size]
            self._delays = [(packet.duration or 0) * unit for packet in packets]
        self.pictures, self.seconds = len(self._delays), sum(self._delays)
        self._frames = self._by_time(path)
        self._errors: list[float] = []

    def compare(self, drawn: Pixels) -> None:
        """Take the next frame time, if there is one left."""
        if (shown := next(self._frames, None)) is not None:
            self._errors.append(float(np.square(drawn.astype(np.int16) - shown).mean()))

    @property
    def psnr(self) -> float:
        """The PSNR of all frame times together, in dB."""
        error = float(np.mean(self._errors))
        return 10 * math.log10(255**2 / error) if error else math.inf

    def _by_time(self, path: Path) -> Iterator[Pixels]:
        with av.open(path) as container:
            for frame, delay in zip(container.decode(video=0), self._delays, strict=True):
                yield from again(frame.to_ndarray(format="rgb24"), round(delay * FRAME.fps))


class Beside:
    """A sink that compares every frame of the film with GIFs of it."""

    def __init__(self, gifs: list[Shown]) -> None:
        self._gifs = gifs

    def show(self, canvas: Pixels, repeat: int, changed: Region, key_frame: bool = False) -> None:
        for _ in range(repeat):
            for gif in self._gifs:
                gif.compare(canvas[..., :3])


def draw(scene: str, sink: Beside) -> None:
    """Draw the film for `sink`."""
    from pipeline.drawing.frames import FrameRenderer
    from pipeline.drawing.made_scene import made_scene
    from pipeline.drawing.scene_class import scene_class
    from pipeline.drawing.selection import WholeFilm
    from pipeline.drawing.session import manim_session
    from pipeline.drawing.share import AllFrames
    from pipeline.files.workspace import workspace

    file, name = located(scene).rsplit(":", 1)
    with (
        workspace() as folder,
        manim_session(FRAME, folder),
        scene_class(SceneRef(file, name)) as found,
    ):
        share = AllFrames(sink, lambda frames, section: None)
        made_scene(found, {}, lambda camera: FrameRenderer(camera, WholeFilm(), share)).render()


def measure(scene: str, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """Run all commands in turn, `rounds` times; compare the GIFs of the last round."""
    runs = interleaved(commands(scene), rounds, "gif", folder)
    gifs = {name: Shown(folder / f"{name}.gif") for name in runs}
    draw(scene, Beside(list(gifs.values())))
    means = {name: mean(of_one) for name, of_one in runs.items()}
    first = next(iter(means.values()))
    return [
        {
            "command": name, **asdict(run), "faster": first.wall / run.wall,
            "size_ratio": run.size / first.size, "pictures": gifs[name].pictures,
            "seconds": float(gifs[name].seconds), "psnr": gifs[name].psnr,
        }
        for name, run in means.items()
    ]  # fmt: skip


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scene", nargs="?", default="scenes/films/batch/scene.py:BatchDescent")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(options.scene, options.rounds, Path(folder))
    show(f"{options.scene}, {FRAME.width}x{FRAME.height} at {FRAME.fps} fps", COLUMNS, rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
