"""The command, which has any course of several films drawn side by side, however short they are."""

from __future__ import annotations

import runpy
from pathlib import Path

from cli.course.farm import crew

if __name__ == "__main__":
    crew.WORTHWHILE = 0.0
    runpy.run_path(str(Path(__file__).resolve().parents[3] / "render.py"), run_name="__main__")
