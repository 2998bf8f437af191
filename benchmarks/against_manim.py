"""One film, side by side: manim's own command line and this project's; wall time, CPU, size.

    python benchmarks/against_manim.py [FILE.py:Name] [--rounds 1] [--json FILE]

Whole commands are timed, interpreter start and imports included. Rounds are interleaved, and the
ratios are of their means: on a machine that others use too, both sides suffer alike.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
QUALITY = ("--size", "1920x1080", "--fps", "60")


@dataclass(frozen=True)
class Run:
    """Seconds of wall time and of CPU time (all processes), kilobytes of the film."""

    wall: float
    cpu: float
    size: float


def timed(command: list[str], folder: Path) -> Run:
    """Run `command` in `folder` and measure it together with its children."""
    begun = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode()}")
    films = [path for path in folder.rglob("*.mp4") if "partial_movie_files" not in path.parts]
    return Run(wall, usage.ru_utime + usage.ru_stime, films[0].stat().st_size / 1000)


def commands(scene: str) -> dict[str, list[str]]:
    """What is compared; the first is the measure of the others."""
    file, name = scene.rsplit(":", 1)
    path = str((ROOT / file).resolve())
    ours = [sys.executable, "-m", "pipeline", f"{path}:{name}", "film.mp4", *QUALITY]
    manim = [sys.executable, "-m", "manim", "-qh", "--disable_caching", path, name]
    found = {"manim -qh --disable_caching": manim}
    for speed in ("normal", "draft", "small"):
        found[f"{speed}, a worker a core"] = [*ours, "--speed", speed]
    found["normal, 1 worker"] = [*ours, "--workers", "1"]
    return found


def measure(scene: str, rounds: int) -> dict[str, list[Run]]:
    """All commands in turn, `rounds` times."""
    runs: dict[str, list[Run]] = {name: [] for name in commands(scene)}
    for _ in range(rounds):
        for name, command in commands(scene).items():
            with tempfile.TemporaryDirectory() as folder:
                runs[name].append(timed(command, Path(folder)))
            last = runs[name][-1]
            print(f"# {name}: {last.wall:.1f} s, {last.cpu:.1f} s CPU", file=sys.stderr)
    return runs


def table(runs: dict[str, list[Run]]) -> list[dict[str, Any]]:
    """Means, and their ratios to the first command."""
    rows: list[dict[str, Any]] = []
    for name, all_runs in runs.items():
        mean = {
            key: sum(getattr(run, key) for run in all_runs) / len(all_runs)
            for key in ("wall", "cpu", "size")
        }
        first = rows[0] if rows else mean
        ratios = {f"{key}_ratio": first[key] / mean[key] for key in mean}
        rows.append({"command": name, **mean, **ratios})
    return rows


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scene", nargs="?", default="scenes/batch.py:BatchDescent")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = table(measure(options.scene, options.rounds))
    print(f"{options.scene}, 1920x1080 at 60 fps, {os.cpu_count()} cores, {platform.machine()}\n")
    print(
        "| command | wall s | faster | CPU s | less | kB | smaller |\n|---|---|---|---|---|---|---|"
    )
    for row in rows:
        print(
            f"| {row['command']} | {row['wall']:.1f} | {row['wall_ratio']:.1f}× "
            f"| {row['cpu']:.1f} | {row['cpu_ratio']:.1f}× "
            f"| {row['size']:.0f} | {row['size_ratio']:.1f}× |"
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
