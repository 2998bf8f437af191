"""Films made by manim's own command line and by this project's.

    python benchmarks/against_manim.py [FILE.py:Name ...] [-q 1080p60] [--rounds 1] [--json F]

Whole commands are timed, with interpreter start and imports. A film of one frame is timed too, so
that the table can show the ratios without start-up.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from measuring import FRESH, MANIM, OURS, Run, interleaved, located, mean, show

FILMS = ["scenes/films/batch/scene.py:BatchDescent", "scenes/films/sgd/scene.py:StochasticDescent"]
NOTHING = "benchmarks/films.py:OneFrame"
SIZES = {"480p15": "854,480", "720p30": "1280,720", "1080p60": "1920,1080", "2160p60": "3840,2160"}
COLUMNS = {
    "command": "{command}", "wall s": "{wall:.1f}", "faster": "{faster:.1f}×",
    "start-up left out": "{faster_without_start:.1f}×", "CPU s": "{cpu:.1f}", "kB": "{size:.0f}",
    "of manim's": "{size_ratio:.2f}×", "MB": "{memory:.0f}",
}  # fmt: skip


def commands(scene: str, quality: str) -> dict[str, list[str]]:
    """What is compared; the first is the measure of the others."""
    place, fps = located(scene), quality.partition("p")[2]
    ours = [*OURS, "video", place, "-o", "film.mp4", "-q", quality, *FRESH]
    manim = [*MANIM, "-r", SIZES[quality], "--fps", fps, *place.rsplit(":", 1)]
    found = {"manim": manim}
    for speed in ("normal", "draft", "small"):
        found[speed] = [*ours, "--speed", speed]
    found["normal, one worker"] = [*ours, "--jobs", "1"]
    return found


def compared(runs: dict[str, list[Run]], start: dict[str, Run]) -> list[dict[str, Any]]:
    """Means, and the first command's figures divided by those of each."""
    rows: list[dict[str, Any]] = []
    means = {name: mean(of_one) for name, of_one in runs.items()}
    first = means["manim"]
    for name, row in means.items():
        began = start["manim" if name == "manim" else "normal"].wall
        alone = (first.wall - start["manim"].wall) / (row.wall - began)
        rows.append({
            "command": name, **asdict(row), "faster": first.wall / row.wall,
            "faster_without_start": alone, "size_ratio": row.size / first.size,
        })  # fmt: skip
    return rows


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scenes", nargs="*", default=FILMS)
    parser.add_argument("-q", "--quality", choices=SIZES, default="1080p60")
    parser.add_argument("--only", nargs="+", help="of the commands, beside manim: draft, ...")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    nothing = commands(NOTHING, options.quality)
    started = interleaved({name: nothing[name] for name in ("manim", "normal")}, 2)
    start = {name: mean(runs) for name, runs in started.items()}
    kept: dict[str, Any] = {"start": {name: asdict(run) for name, run in start.items()}}
    for scene in options.scenes:
        chosen = commands(scene, options.quality)
        if options.only:
            chosen = {name: chosen[name] for name in ("manim", *options.only)}
        runs = interleaved(chosen, options.rounds)
        kept[scene] = compared(runs, start)
        show(f"{scene}, {options.quality}", COLUMNS, kept[scene])
    print(f"\na film of one frame: manim {start['manim'].wall:.1f} s, ours "
          f"{start['normal'].wall:.1f} s")  # fmt: skip
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
