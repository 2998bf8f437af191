"""The start of `gd` and ``render.py``. Imports nothing that may be missing."""

from __future__ import annotations

import os
import sys

from cli.console.signals import take_over
from exit_codes import UNAVAILABLE

NEEDED_AT_ONCE = ("click", "numpy", "packaging")  # `doctor` checks the films' other packages


def main() -> None:
    """Run the command line and exit. The installed command `gd` calls this."""
    prepare()
    from cli.program import gd  # after `prepare`: this import takes a sixth of a second

    gd()


def prepare() -> None:
    """Make Ctrl-C quiet; if this Python lacks the packages, say so in one line and exit."""
    take_over()
    _fill_standard_streams()
    import warnings  # not above: the signal handlers should be set as early as possible
    from importlib.util import find_spec

    # Starting NumPy's threads takes a third of its import time. Its matrices here have only a few
    # hundred rows, so they need no threads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # manim imports pydub. Python 3.12 and later warn of each bad escape when they compile it.
    warnings.filterwarnings("ignore", category=SyntaxWarning, module=".*pydub")
    for package in NEEDED_AT_ONCE:
        if find_spec(package) is None:
            from cli.console.installation import remedy

            sys.stderr.write(f"Error: {sys.executable} has no package {package!r}; {remedy()}\n")
            raise SystemExit(UNAVAILABLE)


def _fill_standard_streams() -> None:
    """Open the null device for each standard stream that is closed.

    Otherwise the next file that is opened, such as the film, would be taken for that stream.
    """
    while (file := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(file)
