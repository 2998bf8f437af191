"""``--preview``: shows a finished file in the system's viewer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from subprocess import DEVNULL

from cli.console.language import say
from cli.console.streams import note


def preview(path: Path) -> None:
    """Open `path` with the program that the user has chosen for such files; do not wait for it.

    If there is none, a note says so. The viewer goes on when this program ends, and gets none of
    its streams: a pipe would stay open as long as the viewer runs.
    """
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            subprocess.Popen(
                [_opener(), path.resolve()],
                stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True,
            )  # fmt: skip
    except OSError:
        note(say("Note: {notice}", notice=say("no viewer was found for {path!r}", path=str(path))))


def _opener() -> str:
    """The system's command that opens a file. OSError without a screen."""
    if sys.platform == "darwin":
        return "open"
    if not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        raise FileNotFoundError("no screen")
    return "xdg-open"
