"""Makes a film in a process of its own (see `gd_films.child`), and waits for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import Any

from cli.console.language import say
from exit_codes import INTERNAL, INTERRUPTED
from gd_films.errors import failure
from gd_films.progress import NotebookBar, in_notebook

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 5.0  # seconds for the clean-up; the child itself allows less

Child = subprocess.Popen[str]


def made(words: Sequence[str], quiet: bool) -> Mapping[str, Any]:
    """Run a command of `gd` that makes one film; return the last message of `gd_films.child`.

    Unless `quiet`, progress is shown: in a notebook below the cell, else on the terminal. Raises
    WrongRequest, FilmNotMade, and KeyboardInterrupt after the film was stopped.
    """
    bar = NotebookBar() if in_notebook() and not quiet else None
    # -P: the folder of that file is no place to import from.
    command = [sys.executable, "-P", str(CHILD)]
    child = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, encoding="utf-8")
    try:
        last = _last_message(child, [[*words], not quiet and bar is None], bar)
        code = child.wait()
    except BaseException:
        _stop(child)
        raise
    finally:
        if bar is not None:
            bar.clear()
    if "error" in last:
        raise failure(last["error"], last["exit_code"])
    if "file" not in last:
        if code in (INTERRUPTED, -signal.SIGINT):
            raise KeyboardInterrupt
        message = "the process that made the film was ended (exit code {code})"
        raise failure(say(message, code=code), INTERNAL)
    return last


def _last_message(child: Child, request: object, bar: NotebookBar | None) -> dict[str, Any]:
    """Start the work and show how far it is; what was said last, empty if the child was killed."""
    assert child.stdin is not None and child.stdout is not None
    with suppress(BrokenPipeError), child.stdin as to_child:
        json.dump(request, to_child)
    last: dict[str, Any] = {}
    with child.stdout as messages:
        for line in messages:
            last = json.loads(line)
            if "done" not in last:
                break
            if bar is not None:
                bar.show(**last)
    return last


def _stop(child: Child) -> None:
    """End the child: as Ctrl-C does, so that it cleans up, and at the latest when patience ends."""
    if child.poll() is None:
        child.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
