"""Collects the warnings of a run: manim's, and our notices, which are logged in the same way."""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from pathlib import Path

from pipeline.job.result import Notice, packed, unpacked


class WarningCollector(logging.Handler):
    """Adds each distinct message of level WARNING and above to `messages`.

    A forked worker writes its messages to a file in `folder`. `gather` adds them in the parent.
    """

    def __init__(self, messages: list[str], folder: Path) -> None:
        super().__init__(logging.WARNING)
        self._messages, self._owner = messages, os.getpid()
        self._shared = folder / "warnings"

    def emit(self, record: logging.LogRecord) -> None:
        message = record.msg if isinstance(record.msg, Notice) else record.getMessage()
        if message in self._messages:
            return
        self._messages.append(message)
        if os.getpid() != self._owner:
            # A full disk must not stop the scene.
            with suppress(OSError), self._shared.open("a", encoding="utf-8") as file:
                file.write(json.dumps(packed(message)) + "\n")  # one write: lines stay whole

    def gather(self) -> None:
        """Add what the workers wrote, in an order that does not depend on who was first."""
        if self._shared.exists():
            lines = self._shared.read_text(encoding="utf-8").splitlines()
            for line in sorted(set(lines)):
                message = unpacked(json.loads(line))
                if message not in self._messages:
                    self._messages.append(message)
