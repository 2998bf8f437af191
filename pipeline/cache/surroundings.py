"""What a film's bytes depend on, except its job: sources, libraries, fonts, settings.

No library is imported for this: it is identified by the names, sizes and times of its files.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.cache.keys import digest

Part = tuple[str, str]
"""Kind and name: ``("package", "manim")``, ``("font", path)``, ``("variable", "LANG")``."""
PIPELINE = Path(__file__).resolve().parents[1]
_FONT_FOLDER = re.compile(rb"<dir( prefix=\"\w+\")?>([^<]+)</dir>")
# The system's libraries set the text: a new version may draw other letters.
_LIBRARIES = ("libpango", "libcairo", "libharfbuzz", "libfreetype", "libfontconfig", "libfribidi")
# Pango chooses glyphs by language, fontconfig by its files.
_VARIABLES = (
    "LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE", "PANGO_LANGUAGE", "FONTCONFIG_FILE",
    "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
)  # fmt: skip


def surroundings(sources: Iterable[Path]) -> str:
    """A digest of the content of the folders `sources`, and of all that is installed and draws."""
    return digest(_installed(), [_content(folder) for folder in sources])


def at_start(sources: Iterable[Path]) -> str:
    """As `surroundings`, at the first call in this process.

    A process goes on with the modules that it has imported, whatever becomes of their files.
    """
    return digest(_installed_at_start(), [_content_at_start(folder) for folder in sources])


def _content(folder: Path) -> str:
    return digest([(str(path.relative_to(folder)), path.read_bytes()) for path in _files(folder)])


def parts(sources: Iterable[Path]) -> dict[Part, str]:
    """What `surroundings` is a digest of, part by part."""
    return _installed_parts() | {("sources", each.name): _content(each) for each in sources}


def _installed() -> str:
    return digest([*_installed_parts().items()])


def _installed_parts() -> dict[Part, str]:
    machine = os.uname().machine if hasattr(os, "uname") else ""
    found: dict[Part, str] = {("Python", ""): sys.version, ("system", machine): sys.platform}
    found |= {("variable", n): repr(os.environ[n]) for n in _VARIABLES if n in os.environ}
    for name in _packages():  # the first of a name is the one that is imported
        package, _, release = name.partition("-")
        found.setdefault(("package", package), release.removesuffix(".dist-info"))
    found |= {("library", path): stamp for path, stamp in _libraries()}
    fonts = (path for folder in _font_folders() for path in _files(folder))
    return found | {("font", str(path)): _stamp(path) for path in fonts}


_content_at_start = functools.cache(_content)
_installed_at_start = functools.cache(_installed)


def _files(folder: Path) -> Iterator[Path]:
    """All files below `folder` except hidden ones, in the same order on every system."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(parent, name) for name in sorted(names) if name[0] != ".")


def _stamp(path: Path) -> str:
    """Size and time of a file: it is too large to be read each time."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"


def _packages() -> Iterator[str]:
    """``manim-0.22.0.dist-info`` and all others: each name contains the version."""
    for folder in sys.path:
        try:
            yield from sorted(n for n in os.listdir(folder) if n.endswith((".dist-info", ".egg")))
        except OSError:
            continue


def _libraries() -> Iterator[tuple[str, str]]:
    """The system's libraries that set and draw text, each with its stamp."""
    folders = [Path("/usr/lib"), Path("/usr/local/lib"), Path("/opt/homebrew/lib")]
    for folder in [*folders, *sorted(Path("/usr/lib").glob("*-linux-gnu*"))]:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        found = (folder / name for name in names if name.startswith(_LIBRARIES))
        yield from ((str(path), _stamp(path)) for path in found)


def _font_folders() -> list[Path]:
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home))
        return [
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            local / "Microsoft/Windows/Fonts",
        ]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/etc/fonts")]
    own = (".fonts", ".local/share/fonts", ".config/fontconfig")
    return [*shared, *(home / name for name in own), *_configured(home)]


def _configured(home: Path) -> list[Path]:
    """Further folders in fontconfig's settings, such as TeX's."""
    files = [Path(os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf")]
    files += [path for folder in ("/etc/fonts/conf.d", home / ".config/fontconfig")
              for path in _files(Path(folder))]  # fmt: skip
    texts = (path.read_bytes() for path in files if path.is_file())
    found = {os.fsdecode(name) for text in texts for prefix, name in _FONT_FOLDER.findall(text)
             if not prefix}  # fmt: skip
    return [Path(name).expanduser() for name in sorted(found - {"/usr/share/fonts", "~/.fonts"})]
