"""The signals that end a program, which may clean up first."""

from __future__ import annotations

import signal

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")  # Windows has only the first two
ENDING = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
