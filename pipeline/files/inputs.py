"""An output is never an input: a file must not take the place of what it is made from.

Files are compared by device and inode, so links, also hard ones, are seen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import source_from_cache
from pathlib import Path

from pipeline.job.errors import JobError

_opened: set[str] = set()  # the paths of all files that scenes of this process have opened so far
_outputs: Sequence[Path] = ()  # within the block of `outputs_unread`
_refused: list[JobError] = []  # in that block
_hooked = False
_stat = os.stat  # the cache may replace the one in `os`, to see what a scene asks


def refuse_inputs(outputs: Sequence[Path], inputs: Iterable[Path | str]) -> None:
    """Raise `JobError` if one of `outputs` is one of the files `inputs`."""
    there = [(output, status) for output in outputs if (status := _status(output))]
    for path in inputs if there else ():
        status = _status(path)
        for output, old in there:
            if status and os.path.samestat(status, old):
                raise JobError(
                    "{output!r} cannot be written: {path!r} is read for it and would be lost; "
                    "choose another name with -o",
                    output=str(output),
                    path=str(path),
                )


@contextmanager
def outputs_unread(outputs: Sequence[Path]) -> Iterator[None]:
    """Within the block a scene cannot open one of `outputs` for reading: it gets a `JobError`.

    The end of the block raises the error again if the scene has caught it. The start raises it if
    an earlier scene opened the file: it may still be in memory. An audit hook sees every file that
    Python opens, also in forked workers, but not what a C library opens.
    """
    global _outputs, _hooked
    if not _hooked:
        sys.addaudithook(_note)  # cannot be removed; does nothing outside the block
        _hooked = True
    refuse_inputs(outputs, _opened)
    _refused.clear()
    _outputs = outputs
    try:
        yield
        if _refused:
            raise _refused[0]
    finally:
        _outputs = ()


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or not _outputs:
        return
    path, _, flags = arguments
    if not isinstance(path, (str, bytes)) or (isinstance(flags, int) and flags & os.O_WRONLY):
        return
    with suppress(OSError, ValueError, NotImplementedError):
        name = os.path.abspath(os.fsdecode(path))
        # Python opens a compiled module instead of its source.
        path = source_from_cache(name) if name.endswith(".pyc") else name
    name = os.fsdecode(path)
    _opened.add(name)
    try:
        refuse_inputs(_outputs, [name])
    except JobError as error:
        _refused.append(error)
        raise


def _status(path: Path | str) -> os.stat_result | None:
    try:
        return _stat(path)
    except (OSError, ValueError):
        return None
