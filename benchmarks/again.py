"""The same film a second time, and after a change of one number in its last section.

    python benchmarks/again.py [--speed normal draft] [--jobs 2 1] [--json F]

`batch` at 1920x1080 and 60 fps, whole commands of ``render.py``, in a copy of the project with
its own cache.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

from measuring import ROOT, show, timed

PARTS = (
    "scenes", "programs", "gdcore", "pipeline", "voice", "cli", "render.py", "exit_codes.py",
    "pyproject.toml",
)  # fmt: skip
FILM = "scenes/films/batch/scene.py"
LATE = "self.take(0.4, Conceal(", "self.take(0.5, Conceal("
COLUMNS = {
    "speed": "{speed}", "jobs": "{jobs}", "run": "{run}", "wall s": "{wall:.2f}",
    "CPU s": "{cpu:.1f}", "of the first": "{share:.0%}",
}  # fmt: skip


def measured(speed: str, jobs: int) -> list[dict[str, Any]]:
    """The three runs of one speed and number of processes."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in PARTS:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy2
            copy(ROOT / part, folder / part)
        os.environ["GD_CACHE"] = str(folder / "cache")
        command = [
            sys.executable, "render.py", "video", "batch", "-q", "1080p60", "--speed", speed,
            "--jobs", str(jobs), "-o", "films/batch.mp4",
        ]  # fmt: skip
        for run in ("first", "second", "last section changed"):
            if run.startswith("last"):
                text = (folder / FILM).read_text(encoding="utf-8")
                assert text.count(LATE[0]) == 1
                (folder / FILM).write_text(text.replace(*LATE), encoding="utf-8")
            shutil.rmtree(folder / "films", ignore_errors=True)
            (folder / "films").mkdir()
            took = timed(command, folder)
            share = took.wall / (rows[0]["wall"] if rows else took.wall)
            rows.append({"speed": speed, "jobs": jobs, "run": run, **asdict(took), "share": share})
            print(f"# {speed}, {jobs} jobs, {run}: {took.wall:.2f} s", file=sys.stderr)
    return rows


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--speed", nargs="+", default=["normal", "draft"])
    parser.add_argument("--jobs", nargs="+", type=int, default=[2, 1])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    kinds = product(options.speed, options.jobs)
    rows = [row for speed, jobs in kinds for row in measured(speed, jobs)]
    show("batch, 1920x1080 at 60 fps", COLUMNS, rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
