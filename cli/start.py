"""The first thing that `gd` and ``render.py`` do. Imports nothing that may be missing."""

from __future__ import annotations

import os
import sys

from cli.console.signals import take_over
from exit_codes import UNAVAILABLE

NEEDED_AT_ONCE = ("click", "numpy", "packaging")  # `doctor` finds the films' other packages


def main() -> None:
    """Run the command line and exit: what the installed command `gd` calls."""
    prepare()
    from cli.program import gd  # after `prepare`: this import takes a sixth of a second

    gd()


def prepare() -> None:
    """Make Ctrl-C quiet, and say in one line when this is no environment for the films."""
    take_over()
    import warnings  # not above: the handlers should be in place as early as can be
    from importlib.util import find_spec

    # NumPy's threads cost a third of its import, and its matrices here have a few hundred rows.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Python 3.12 and later compile pydub, which manim imports, with a warning for each bad escape.
    warnings.filterwarnings("ignore", category=SyntaxWarning, module=".*pydub")
    for package in NEEDED_AT_ONCE:
        if find_spec(package) is None:
            from cli.console.installation import remedy

            sys.stderr.write(f"Error: {sys.executable} has no package {package!r}; {remedy()}\n")
            raise SystemExit(UNAVAILABLE)
