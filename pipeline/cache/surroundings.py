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


def _installed() -> str:
    return digest(
        sys.version,
        sys.platform,
        os.uname().machine if hasattr(os, "uname") else "",
        tuple(os.environ.get(name) for name in _VARIABLES),
        list(_packages()),
        list(_libraries()),
        [_stamp(path) for folder in _font_folders() for path in _files(folder)],
    )


_content_at_start = functools.cache(_content)
_installed_at_start = functools.cache(_installed)


def _files(folder: Path) -> Iterator[Path]:
    """All files below `folder` except hidden ones, in the same order on every system."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(parent, name) for name in sorted(names) if name[0] != ".")


def _stamp(path: Path) -> tuple[str, int, int]:
    """Name, size and time of a file: it is too large to be read each time."""
    try:
        status = path.stat()
    except OSError:
        return str(path), -1, -1
    return str(path), status.st_size, status.st_mtime_ns


def _packages() -> Iterator[str]:
    """``manim-0.22.0.dist-info`` and all others: each name contains the version."""
    for folder in sys.path:
        try:
            yield from sorted(n for n in os.listdir(folder) if n.endswith((".dist-info", ".egg")))
        except OSError:
            continue


def _libraries() -> Iterator[tuple[str, int, int]]:
    """The system's libraries that set and draw text."""
    folders = [Path("/usr/lib"), Path("/usr/local/lib"), Path("/opt/homebrew/lib")]
    for folder in [*folders, *sorted(Path("/usr/lib").glob("*-linux-gnu*"))]:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        yield from (_stamp(folder / name) for name in names if name.startswith(_LIBRARIES))


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
