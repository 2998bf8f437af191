"""The cost of a film by its length: 10, 30 and 90 seconds of the same, 1920x1080 at 60 fps.

    python benchmarks/growth.py [-q 1080p60] [--rounds 2]

Each second of film should cost the same, and memory should not grow.
"""

from __future__ import annotations

import argparse

from measuring import FRESH, OURS, interleaved, located, mean

FILMS = {"Ten": 10, "Thirty": 30, "Ninety": 90}


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("-q", "--quality", default="1080p60")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    shape = ["-o", "film.mp4", "-q", options.quality, *FRESH]
    commands = {
        name: [*OURS, "video", located(f"benchmarks/films.py:{name}"), *shape] for name in FILMS
    }
    runs = {name: mean(runs) for name, runs in interleaved(commands, options.rounds).items()}
    print("| film s | wall s | CPU s | CPU s a further film s | MB |\n|---|---|---|---|---|")
    before = None
    for name, seconds in FILMS.items():
        run, more = runs[name], ""
        if before is not None:
            last, had = before
            more = f"{(run.cpu - last.cpu) / (seconds - had):.3f}"
        print(f"| {seconds} | {run.wall:.1f} | {run.cpu:.1f} | {more} | {run.memory:.0f} |")
        before = run, seconds


if __name__ == "__main__":
    main()
