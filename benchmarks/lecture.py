"""Clips, a joined film and decks: the first time, and from the cache.

    python benchmarks/lecture.py [FILM ...] [-q 1080p60] [--rounds 3] [--json F]
    python benchmarks/lecture.py --decks [FILM ...] [--rounds 3] [--json F]

Whole commands of ``render.py``. The first run of each renders, the later ones find everything in
the cache. Without FILM: clips of `batch` and `sgd`, and twelve films joined. With ``--decks``: the
clips of all films at 720p30, then decks of them, each with a cache of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
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
        where = [] if "-o" in words else ["-o", "made/"]
        command = [*OURS, *words, "--quiet", *where]
        first, *later = (timed(command, Path(folder), ending) for _ in range(rounds + 1))
        made = [path.stat().st_size for path in Path(folder).rglob(f"*.{ending}")]
    return {
        "command": " ".join(words),
        "first": first.wall,
        "wall": fmean(run.wall for run in later),
        "cpu": fmean(run.cpu for run in later),
        "size": sum(made) / 1e6,
    }


def clips_and_join(films: Sequence[str], quality: str, rounds: int) -> Iterator[dict[str, Any]]:
    """The clips of each film, and all films as one."""
    of = ["--lang", "en", "-q", quality]
    with tempfile.TemporaryDirectory() as cache:
        os.environ["GD_CACHE"] = cache
        for film in films or CLIPPED:
            for form in ("mp4", "gif"):
                yield measured(["clips", film, "--format", form, *of], form, rounds)
        yield measured(["video", *(films or JOINED), "--join", *of], "mp4", rounds)


def decks(films: Sequence[str], rounds: int) -> Iterator[dict[str, Any]]:
    """The clips of the films, and their decks: what a deck costs more is not in the clips."""
    for words, ending in (
        (["clips", *films, "--by", "question", "-q", "720p30"], "mp4"),
        (["deck", *films, "-o", "made/deck.pptx"], "pptx"),
        (["deck", *films, "-o", "made/deck.html", "--one-file"], "html"),
    ):
        with tempfile.TemporaryDirectory() as cache:
            os.environ["GD_CACHE"] = cache
            yield measured([*words, "--lang", "en"], ending, rounds)


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("films", nargs="*", metavar="FILM")
    parser.add_argument("-q", dest="quality", default="1080p60")
    parser.add_argument("--decks", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.decks:
        rows = list(decks(options.films or ["all"], options.rounds))
    else:
        rows = list(clips_and_join(options.films, options.quality, options.rounds))
    show("Clips, joined films, decks", COLUMNS, rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
