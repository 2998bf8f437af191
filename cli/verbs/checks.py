"""The checks of ``doctor``: each checks one thing and says what to do if it is not right."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from cli.console.installation import DISTRIBUTION, python_remedy, remedy
from cli.console.tables import size
from cli.verbs.versions import python_range, requirements, spelled

SYSTEM_REMEDY = (
    "Debian/Ubuntu: apt install libpango1.0-dev pkg-config python3-dev gcc; "
    "macOS: brew install pango cairo pkg-config; then "
)
ENCODERS = {
    "libx264": "mp4",
    "prores_ks": "mov, transparent",
    "libvpx-vp9": "webm",
    "gif": "gif",
    "png": "png",
}
DISK_NEEDED = 1e9  # bytes; a lecture at 2160p60 needs less, with its temporary files


@dataclass(frozen=True)
class Check:
    """What was checked, what was found, and what to do if it is not ``ok``."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def every_check() -> Iterator[Check]:
    """All checks, from Python to the disk. None of them imports manim."""
    yield from _installed()
    yield _tried("pango", _pango, SYSTEM_REMEDY + remedy())
    yield _tried("cairo", _cairo, SYSTEM_REMEDY + remedy())
    yield _tried("typst", _typst, remedy())
    yield _font()
    yield from (_encoder(codec, use) for codec, use in ENCODERS.items())
    yield _writable("temporary folder", Path(tempfile.gettempdir()), "set TMPDIR to another folder")
    yield _writable("current folder", Path.cwd(), "go to another folder, or use -o")
    yield _disk(Path.cwd())


def _installed() -> Iterator[Check]:
    """The program itself, the Python that runs it, and each package that it needs."""
    try:
        yield Check(DISTRIBUTION, True, metadata.version(DISTRIBUTION))
    except metadata.PackageNotFoundError:
        yield Check(DISTRIBUTION, False, "not installed: no versions are known", remedy())
        return
    yield _python()
    yield from map(_package, requirements())


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    allowed = python_range()
    found = f"{version} at {sys.executable}"
    fits = allowed.contains(version, prereleases=True)
    return Check(f"Python {spelled(allowed)}", fits, found, python_remedy())


def _package(wanted: Requirement) -> Check:
    label = f"{wanted.name} {spelled(wanted.specifier)}".strip()
    try:
        version = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return Check(label, False, "not installed", remedy())
    fits = wanted.specifier.contains(version, prereleases=True)
    return Check(label, fits, version, remedy())


def _tried(name: str, attempt: Callable[[], str], remedy: str) -> Check:
    """A check that passes when ``attempt`` returns what it found."""
    try:
        return Check(name, True, attempt())
    except Exception as error:  # a broken package may raise anything, also OSError
        reason = " ".join(str(error).split())
        return Check(name, False, f"{type(error).__name__}: {reason}", remedy)


def _pango() -> str:
    pango = importlib.import_module("manimpango")
    return f"{pango.pango_version()} (manimpango {pango.__version__})"


def _cairo() -> str:
    cairo = importlib.import_module("cairo")
    return f"{cairo.cairo_version_string()} (pycairo {cairo.version})"


def _typst() -> str:
    typst = importlib.import_module("typst")
    picture = typst.compile(b"$ nabla J(w) $", format="svg")
    if b"<svg" not in picture:
        raise RuntimeError("it cannot set a formula")
    return f"sets formulas ({metadata.version('typst')})"


def _font() -> Check:
    from scenes.stage.page import fonts

    try:
        face = fonts.find_face()
    except fonts.FontError as error:
        return Check("font", False, "none of " + ", ".join(fonts.candidates()), str(error))
    return Check("font", True, f"{face.family} ({face.path})")


def _encoder(codec: str, use: str) -> Check:
    def attempt() -> str:
        importlib.import_module("av").codec.Codec(codec, "w")
        return f"for {use}"

    return _tried(f"encoder {codec}", attempt, "install PyAV from its wheel: " + remedy())


def _writable(name: str, folder: Path, remedy: str) -> Check:
    def attempt() -> str:
        with tempfile.TemporaryFile(dir=folder):
            return f"{folder} can be written"

    return _tried(name, attempt, remedy)


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    remedy = f"free some space, or use -o: a long film needs up to {size(DISK_NEEDED)}"
    return Check("disk", free >= DISK_NEEDED, f"{size(free)} free", remedy)
