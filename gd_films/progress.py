"""A bar below the cell while a film is drawn."""

from __future__ import annotations

import sys
from html import escape
from typing import Any


def in_notebook() -> bool:
    """Whether the output goes to a notebook: Jupyter, JupyterLab, VS Code."""
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return hasattr(shell, "kernel")


class NotebookBar:
    """It appears with the first frames, so a film from the cache has none, and goes at the end."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, done: int, total: int | None, text: str) -> None:
        """Show the number of frames that are done of all (None: nobody knows), and a text."""
        from IPython import display

        untyped: Any = display  # as far as annotations go
        amount = "" if total is None else f' max="{max(total, done)}" value="{done}"'
        bar = f'<progress{amount} style="width:40%"></progress> <small>{escape(text)}</small>'
        if self._handle is None:
            self._handle = untyped.display(untyped.HTML(bar), display_id=True)
        else:
            self._handle.update(untyped.HTML(bar))

    def clear(self) -> None:
        """Remove the bar."""
        if self._handle is not None:
            self._handle.update({"text/html": ""}, raw=True)
            self._handle = None
