"""The checks of ``doctor``: each checks one thing and says what to do if it is not right."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import starmap
from pathlib import Path

from packaging.requirements import Requirement

from cli.console.failures import one_line
from cli.console.installation import DISTRIBUTION, python_remedy, remedy
from cli.console.language import say
from cli.console.tables import size
from cli.verbs.versions import extras, python_range, requirements, spelled
from gdcore.message import Message

ENCODERS = {
    "libx264": "mp4",
    "prores_ks": Message("mov, transparent"),
    "libvpx-vp9": "webm",
    "gif": "gif",
    "png": "png",
}
DISK_NEEDED = 1e9  # bytes; a lecture at 2160p60 needs less, with its temporary files


@dataclass(frozen=True)
class Check:
    """What was checked (in English), what was found, and what to do if it is not ``ok``."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def every_check() -> Iterator[Check]:
    """All checks, from Python to the disk. None of them imports manim."""
    yield from _installed()
    yield _tried("pango", _pango, _system_remedy())
    yield _tried("cairo", _cairo, _system_remedy())
    yield _tried("typst", _typst, say(remedy()))
    yield _font()
    yield from (_encoder(codec, use) for codec, use in ENCODERS.items())
    temporary, current = Path(tempfile.gettempdir()), Path.cwd()
    yield _writable(Message("temporary folder"), temporary, say("set TMPDIR to another folder"))
    yield _writable(Message("current folder"), current, say("go to another folder, or use -o"))
    yield _disk(Path.cwd())


def _system_remedy() -> str:
    return say(
        "Debian/Ubuntu: apt install libpango1.0-dev pkg-config python3-dev gcc; "
        "macOS: brew install pango cairo pkg-config; then {remedy}",
        remedy=say(remedy()),
    )


def _installed() -> Iterator[Check]:
    """The program itself, the Python that runs it, and each package that it needs."""
    try:
        yield Check(DISTRIBUTION, True, metadata.version(DISTRIBUTION))
    except metadata.PackageNotFoundError:
        found = say("not installed: no versions are known")
        yield Check(DISTRIBUTION, False, found, say(remedy()))
        return
    yield _python()
    yield from map(_package, requirements())
    yield from starmap(_extra, extras().items())


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    allowed = python_range()
    found = say("{version} at {path}", version=version, path=sys.executable)
    fits = allowed.contains(version, prereleases=True)
    return Check(f"Python {spelled(allowed)}", fits, found, say(python_remedy()))


def _package(wanted: Requirement) -> Check:
    label = f"{wanted.name} {spelled(wanted.specifier)}".strip()
    try:
        version = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return Check(label, False, say("not installed"), say(remedy()))
    fits = wanted.specifier.contains(version, prereleases=True)
    return Check(label, fits, version, say(remedy()))


def _extra(name: str, packages: Sequence[Requirement]) -> Check:
    """What is installed of an extra. None is needed for films: so it is never missing."""
    found = {each.name: _version(each.name) for each in packages}
    label = Message("extra {name}", name=name)
    if all(found.values()):
        return Check(label, True, ", ".join(" ".join(map(str, each)) for each in found.items()))
    lacking = ", ".join(each for each, version in found.items() if not version)
    message = "optional, not installed: {packages}; docs/install.md says what for"
    return Check(label, True, say(message, packages=lacking))


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


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
        raise RuntimeError(say("it cannot set a formula"))
    return say("sets formulas ({version})", version=metadata.version("typst"))


def _font() -> Check:
    from scenes.stage.page import fonts

    try:
        face = fonts.find_face()
        fonts.cap_height(face)  # reads the file
    except fonts.FontDamaged as error:
        return Check(Message("font"), False, say("cannot be read"), one_line(error))
    except fonts.FontError as error:
        found = say("none of {names}", names=", ".join(fonts.candidates()))
        return Check(Message("font"), False, found, one_line(error))
    return Check(Message("font"), True, f"{face.family} ({face.path})")


def _encoder(codec: str, use: str) -> Check:
    def attempt() -> str:
        importlib.import_module("av").codec.Codec(codec, "w")
        return say("for {use}", use=say(use))

    fix = say("install PyAV from its wheel: {remedy}", remedy=say(remedy()))
    return _tried(Message("encoder {codec}", codec=codec), attempt, fix)


def _writable(name: str, folder: Path, remedy: str) -> Check:
    def attempt() -> str:
        with tempfile.TemporaryFile(dir=folder):
            return say("{folder} can be written", folder=folder)

    return _tried(name, attempt, remedy)


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    fix = "free some space, or use -o: a long film needs up to {size}"
    found = say("{size} free", size=size(free))
    return Check(Message("disk"), free >= DISK_NEEDED, found, say(fix, size=size(DISK_NEEDED)))
