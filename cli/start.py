"""The first thing that ``render.py`` does. Imports nothing that may be missing."""

from __future__ import annotations

import importlib.util
import os
import sys

from cli.signals import take_over

NEEDED_AT_ONCE = ("click", "numpy")  # the films' other packages are `doctor`'s to find
UNAVAILABLE = 69


def prepare() -> None:
    """Make Ctrl-C quiet, and say in one line when this is no environment for the films."""
    take_over()
    # NumPy's threads cost a third of its import, and its matrices here have a few hundred rows.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for package in NEEDED_AT_ONCE:
        if importlib.util.find_spec(package) is None:
            sys.stderr.write(
                f"Error: {sys.executable} has no package {package!r}; "
                "start with ./gd, which installs what is missing (README.md says how by hand)\n"
            )
            raise SystemExit(UNAVAILABLE)
