"""How this copy was installed, and so what mends it. Imports nothing that may be missing.

In a checkout `./gd` keeps the environment; everywhere else pip, pipx or uv does.
"""

from __future__ import annotations

from pathlib import Path

DISTRIBUTION = "gradient-descent-films"
_ROOT = Path(__file__).resolve().parents[2]


def is_checkout() -> bool:
    """Whether the program runs from the project's own folder, with its launcher beside it."""
    return (_ROOT / "gd").is_file() and (_ROOT / "setup" / "films.lock").is_file()


def version() -> str:
    """The version that is installed, such as ``0.1.0``."""
    from importlib import metadata

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def remedy() -> str:
    """What to do about a package that is missing, too old or broken."""
    if is_checkout():
        return "start ./gd, which installs what is missing (docs/install.md says how by hand)"
    return (
        f"install {DISTRIBUTION} again with the tool that you used: pipx reinstall, "
        "uv tool install --reinstall or pip install --force-reinstall"
    )


def python_remedy() -> str:
    """What to do about a Python outside the range."""
    if is_checkout():
        return "start ./gd, which finds a Python of this range"
    return f"install {DISTRIBUTION} with a Python of this range, as in pipx install --python 3.11"
