"""Clips and a joined film, a second time: everything comes out of the cache.

    python benchmarks/lecture.py [FILM ...] [-q 1080p60] [--rounds 3] [--json F]

Whole commands of ``render.py``, with a cache of their own. The first run of each renders; only the
later ones are measured. Without FILM: clips of `batch` and `sgd`, and twelve films joined.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import fmean
from typing import Any

from measuring import OURS, show, timed

CLIPPED = ("batch", "sgd")
JOINED = (
    "cost-function", "gradient", "batch", "code", "learning-rate", "sgd", "compare", "noise-ball",
    "mini-batch", "momentum", "scaling", "plane",
)  # fmt: skip
COLUMNS = {
    "command": "{command}", "first run, s": "{first:.0f}", "wall s": "{wall:.2f}",
    "CPU s": "{cpu:.2f}", "MB": "{size:.1f}",
}  # fmt: skip


def measured(words: list[str], ending: str, rounds: int) -> dict[str, Any]:
    """The first run of a command, and the mean of the later ones."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*OURS, *words, "--quiet", "-o", "made/"]
        first, *later = (timed(command, Path(folder), ending) for _ in range(rounds + 1))
        made = [path.stat().st_size for path in Path(folder).rglob(f"*.{ending}")]
    return {
        "command": " ".join(words),
        "first": first.wall,
        "wall": fmean(run.wall for run in later),
        "cpu": fmean(run.cpu for run in later),
        "size": sum(made) / 1e6,
    }


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("films", nargs="*", metavar="FILM")
    parser.add_argument("-q", dest="quality", default="1080p60")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    of = ["--lang", "en", "-q", options.quality]
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        os.environ["GD_CACHE"] = cache
        for film in options.films or CLIPPED:
            for form in ("mp4", "gif"):
                words = ["clips", film, "--format", form, *of]
                rows.append(measured(words, form, options.rounds))
                print(f"# {rows[-1]}", file=sys.stderr)
        words = ["video", *(options.films or JOINED), "--join", *of]
        rows.append(measured(words, "mp4", options.rounds))
    show("From the cache", COLUMNS, rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
