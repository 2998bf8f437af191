"""A developer's short way to a picture: ``python -m pipeline FILE.py:Scene OUT [--at S]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline import (
    SPEEDS,
    Mp4,
    Picture,
    PipelineError,
    Png,
    RenderJob,
    SceneRef,
    encoding_for,
    render,
)


def main() -> int:
    """Render one scene; print the path and what was measured."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    parser.add_argument("scene", help="MODULE:NAME or path/to/file.py:NAME")
    parser.add_argument("output", type=Path, help="a .mp4, .mov, .webm, .gif or .png file")
    parser.add_argument("--at", type=float, help="seconds, for a .png")
    parser.add_argument("--section", help="one section; of a .png, its last frame")
    parser.add_argument("--size", default="854x480", help="WIDTHxHEIGHT (854x480)")
    parser.add_argument("--fps", type=int, default=20)
    parser.add_argument("--transparent", action="store_true")
    parser.add_argument("--workers", type=int, help="of an mp4 or a GIF (one a core)")
    parser.add_argument("--speed", choices=SPEEDS, default="normal", help="of an mp4")
    options = parser.parse_args()
    try:
        return _run(options)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code


def _run(options: argparse.Namespace) -> int:
    module, _, name = options.scene.rpartition(":")
    width, _, height = options.size.partition("x")
    encoding, only = encoding_for(options.output), options.section
    if isinstance(encoding, Png):
        encoding, only = Png(only if options.at is None else options.at), None
    if isinstance(encoding, Mp4):
        encoding = Mp4(options.speed)
    picture = Picture(int(width), int(height), options.fps, transparent=options.transparent)
    job = RenderJob(SceneRef(module, name), picture, encoding, options.output, only)
    done = render(job, workers=options.workers)
    for warning in done.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    for reason in done.drawn_by_manim:
        print(f"drawn by manim's camera: {reason}", file=sys.stderr)
    print(f"{done.path}  {done.frames} frames, {done.duration:g} s, {done.size} bytes")
    for section in done.sections:
        print(f"  {section.name}: {section.frames} frames from {section.first}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
