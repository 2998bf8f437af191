"""Whose temporary files are: a run holds a lock on its own; a dead run holds none.

The lock (flock) belongs to the open file, which forked workers inherit. The system drops it when
the last of these processes is dead, also after SIGKILL. So a file whose lock can be taken has no
owner any more. Windows has no such lock: there, what a killed run left stays.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PART = re.compile(r"\.gd-[0-9a-f]{12}\.part")


def create_owned(path: Path) -> int | None:
    """Create an empty file of this run; return what holds its lock, for `os.close`.

    The user's umask decides who may read the file. None: on this system or file system there are
    no locks. Raises OSError; FileNotFoundError if another run took the new file for abandoned.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
    held = _locked(descriptor)
    if held and path.exists():
        return descriptor
    os.close(descriptor)
    if held is None and path.exists():
        return None
    raise FileNotFoundError(f"another run has removed {path}")


def remove_abandoned(paths: list[Path], remove: Callable[[Path], object], mark: str = "") -> None:
    """Call `remove` for each of `paths` that a dead run of this user left; never raises.

    The lock is on the file at the path, or on the file `mark` in the folder at the path. What has
    no lock file is left alone.
    """
    for path in paths:
        with suppress(OSError):
            # Without waiting: in the place of the file there may be a pipe.
            flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            descriptor = os.open(path / mark if mark else path, flags)
            try:
                if _is_ours(os.fstat(descriptor)) and _locked(descriptor):
                    remove(path)
            finally:
                os.close(descriptor)


def remove_abandoned_parts(folder: Path) -> None:
    """Remove the unfinished files that dead runs left in `folder`."""
    with suppress(OSError):
        parts = [folder / name for name in os.listdir(folder) if PART.fullmatch(name)]
        remove_abandoned(parts, os.unlink)


def _is_ours(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and (
        not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    )


def _locked(descriptor: int) -> bool | None:
    """Whether the lock could be taken; None if there are no locks here."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
