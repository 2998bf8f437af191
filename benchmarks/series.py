"""How fast each film of the catalogue is rendered: 1920x1080 at 60 fps, whole commands.

    python benchmarks/series.py [FILM ...] [--speed normal draft] [--json F]

``fps`` is frames of film per second of rendering. The second value leaves out the time for a film
of one frame (start-up).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from measuring import FRESH, OURS, ROOT, interleaved, located, mean, show

sys.path.insert(0, str(ROOT))

from scenes import FILMS

COLUMNS = {
    "film": "{film}", "speed": "{speed}", "frames": "{frames}", "wall s": "{wall:.1f}",
    "CPU s": "{cpu:.1f}", "fps": "{fps:.0f}", "start-up left out": "{fps_without_start:.0f}",
    "kB": "{size:.0f}", "MB": "{memory:.0f}",
}  # fmt: skip


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("films", nargs="*", default=[*FILMS])
    parser.add_argument("--speed", nargs="+", default=["normal", "draft"])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    nothing = [*OURS, "video", located("benchmarks/films.py:OneFrame"), "-o", "film.mp4", *FRESH]
    start = mean(interleaved({"one frame": nothing}, 2)["one frame"])
    rows: list[dict[str, Any]] = []
    for name in options.films:
        film = FILMS[name]
        frames = round(film.seconds(film.lesson()) * 60)
        command = [*OURS, "video", name, *FRESH]
        commands = {speed: [*command, "--speed", speed] for speed in options.speed}
        for speed, runs in interleaved(commands, 1).items():
            run = mean(runs)
            rates = {
                "fps": frames / run.wall,
                "fps_without_start": frames / (run.wall - start.wall),
            }
            rows.append({"film": name, "speed": speed, "frames": frames, **asdict(run), **rates})
    show("The films, 1920x1080 at 60 fps", COLUMNS, rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
