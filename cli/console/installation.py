"""How this copy was installed, and so how to repair it. Imports nothing that may be missing.

In a checkout `./gd` makes the environment; everywhere else pip, pipx or uv does.
"""

from __future__ import annotations

from pathlib import Path

DISTRIBUTION = "gradient-descent-films"
_ROOT = Path(__file__).resolve().parents[2]


def is_checkout() -> bool:
    """Whether the program runs in a checkout, with `./gd` beside it."""
    return (_ROOT / "gd").is_file() and (_ROOT / "setup" / "films.lock").is_file()


def version() -> str:
    """The installed version, such as ``0.1.0``."""
    from importlib import metadata

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def remedy() -> str:
    """What to do about a package that is missing, too old or broken, in English."""
    if is_checkout():
        return "start ./gd, which installs what is missing (docs/install.md says how by hand)"
    return (
        "install gradient-descent-films again with the tool that you used: pipx reinstall, "
        "uv tool install --reinstall or pip install --force-reinstall"
    )


def python_remedy() -> str:
    """What to do if this Python is outside the allowed range, in English."""
    if is_checkout():
        return "start ./gd, which finds a Python in this range"
    return (
        "install gradient-descent-films with a Python in this range, "
        "as in pipx install --python 3.11"
    )
