"""The command, which has any course of several films drawn side by side, however short they are.

With GD_STAND_INS the films are stand-ins, also in the processes that draw, which import this file.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

from cli.course.farm import crew

ROOT = Path(__file__).resolve().parents[3]
if "GD_STAND_INS" in os.environ:
    sys.path.insert(0, str(ROOT))
    from tests.cli.stand_in import put_stand_ins

    put_stand_ins()
if __name__ == "__main__":
    crew.WORTHWHILE = 0.0
    runpy.run_path(str(ROOT / "render.py"), run_name="__main__")
