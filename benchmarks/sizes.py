"""One clip in every format: how large the files are.

    python benchmarks/sizes.py [--json FILE]

`sgd@first-epoch` at 640x360 and 20 frames a second, with and without its background.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from measuring import ROOT, show

sys.path.insert(0, str(ROOT))

from cli.request.lessons import Asked
from pipeline import (
    SPEEDS,
    Apng,
    Encoding,
    FrameSpec,
    Gif,
    Mp4,
    Part,
    ProRes,
    RenderJob,
    SceneRef,
    WebM,
    WebP,
    render_together,
)
from scenes import FILMS, Telling

FORMATS: dict[str, Encoding] = {f"{speed}.mp4": Mp4(speed) for speed in SPEEDS}
FORMATS |= {
    "clip.webm": WebM(), "clip.mov": ProRes(), "clip.gif": Gif(), "clip.webp": WebP(),
    "clip.apng": Apng(),
}  # fmt: skip
COLUMNS = {"file": "{name}", "theme": "{theme}", "kB": "{kilobytes:.0f}", "s": "{seconds:g}"}


def measured(theme: str, transparent: bool, folder: Path) -> list[dict[str, Any]]:
    """The files of one theme."""
    film, asked = FILMS["sgd"], Asked({}, Telling(theme=theme, lang="en"))
    arguments = (("lesson", asked.of(film)), ("telling", asked.telling))
    job = RenderJob(
        SceneRef(film.module, film.scene, arguments),
        FrameSpec(640, 360, 20, transparent=transparent),
        ProRes(),
        folder / "clip.mov",
        part=Part.of("first-epoch"),
    )
    jobs = [
        replace(job, encoding=encoding, output=folder / name)
        for name, encoding in FORMATS.items()
        if not (transparent and isinstance(encoding, Mp4))
    ]
    return [
        {
            "name": file.path.name, "theme": theme, "kilobytes": file.size / 1000,
            "seconds": file.duration,
        }
        for file in render_together(jobs)
    ]  # fmt: skip


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows = measured("dark", False, Path(name)) + measured("transparent", True, Path(name))
    show("sgd@first-epoch, 640x360 at 20 fps", COLUMNS, rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
