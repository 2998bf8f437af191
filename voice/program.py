"""Runs a program that speaks, with a limit of time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from voice.errors import NoVoice

LIMIT = 120.0
"""seconds that a program may take for one text"""
_TAIL = 4000  # bytes of what it said last


def run(words: Sequence[str], said: str | None, wav: Path, limit: float = LIMIT) -> None:
    """Run the program `words`, with `said` on its standard input; it must write the file `wav`.

    After the limit, and after Ctrl-C, the program is ended with all that it has started. Raises
    `NoVoice` with the last line of its standard error.
    """
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL if said is None else subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        except OSError as error:
            raise NoVoice(
                "the program {program!r} cannot be run: {reason}; install it, or correct its name",
                program=words[0],
                reason=error.strerror or str(error),
            ) from error
        except ValueError as error:  # a NUL in a word
            raise NoVoice("the program {program!r} cannot be run", program=words[0]) from error
        try:
            process.communicate(None if said is None else said.encode(), timeout=limit)
        except subprocess.TimeoutExpired as error:
            raise NoVoice(
                "{program} did not finish a text within {seconds:g} s",
                program=words[0],
                seconds=limit,
            ) from error
        finally:
            _end(process)
        _check(words[0], process.returncode, wav, errors)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program if it still runs, and what it has started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _check(program: str, code: int, wav: Path, errors: IO[bytes]) -> None:
    if code == 0 and wav.is_file():
        return
    last = _last_line(errors)
    if code:
        message = "{program} failed with code {code}"
        if last:
            message = "{program} failed with code {code}: {last}"
    else:
        message = "{program} wrote no sound file"
        if last:
            message = "{program} wrote no sound file: {last}"
    raise NoVoice(message, program=program, code=code, last=last)


def _last_line(errors: IO[bytes]) -> str:
    errors.seek(max(errors.seek(0, os.SEEK_END) - _TAIL, 0))
    lines = errors.read().decode("utf-8", "replace").split("\n")
    return next((" ".join(line.split()) for line in reversed(lines) if line.strip()), "")
