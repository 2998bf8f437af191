"""Whether the same job gives the same bytes each time: every format at three sizes, 20 runs.

    python benchmarks/equal_bytes.py [--runs 20]

Each run is a process of its own, without a cache. 500x282 and 854x480 are no multiples of the 16
pixels of a macroblock. Ends with 1 if any two files differ.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from measuring import ROOT

sys.path.insert(0, str(ROOT))

from manim import BLUE, RED, RIGHT, Circle, Rotate, Scene, Square, Text

import pipeline
from pipeline import SPEEDS, Encoding, Gif, Mp4, ProRes, WebM

SIZES = ((160, 90), (500, 282), (854, 480))
FORMATS: dict[str, Encoding] = {f"{speed}.mp4": Mp4(speed) for speed in SPEEDS}
FORMATS |= {"film.webm": WebM(), "film.mov": ProRes(), "film.gif": Gif()}


class Small(Scene):
    """Three seconds with soft edges, translucent colours, and a hold."""

    def construct(self) -> None:
        square = Square(color=RED, fill_opacity=0.5)
        disc = Circle(radius=3, color=BLUE, fill_opacity=0.2)
        self.add(disc, square, Text("∇J").shift(3 * RIGHT))
        self.play(Rotate(square), run_time=2)
        self.wait(1)


def films() -> dict[str, str]:
    """The checksum of each film."""
    sums = {}
    with tempfile.TemporaryDirectory() as folder:
        for width, height in SIZES:
            for name, encoding in FORMATS.items():
                clear = isinstance(encoding, (ProRes, WebM))
                job = pipeline.RenderJob(
                    pipeline.SceneRef(__file__, "Small"),
                    pipeline.FrameSpec(width, height, 25, transparent=clear),
                    encoding,
                    Path(folder) / name,
                )
                sums[f"{name}, {width}x{height}"] = pipeline.render(job).sha256
    return sums


def main() -> None:
    """Make the films again and again, and print how many different files there are of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--once", action="store_true", help="print the checksums of one run")
    options = parser.parse_args()
    if options.once:
        print(json.dumps(films()))
        return
    found = defaultdict(set)
    for _ in range(options.runs):
        command = [sys.executable, __file__, "--once"]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        for film, checksum in json.loads(done.stdout).items():
            found[film].add(checksum)
    for film, checksums in found.items():
        print(f"{film}: {options.runs} runs, different files: {len(checksums)}")
    sys.exit(any(len(checksums) > 1 for checksums in found.values()))


if __name__ == "__main__":
    main()
