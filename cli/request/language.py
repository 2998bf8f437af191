"""The default language of the films."""

from __future__ import annotations

import locale
import os


def default_language() -> str:
    """``zh`` for a Chinese locale, else ``en``: the first of LC_ALL, LC_MESSAGES, LANG decides."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh" if value.lower().startswith("zh") else "en"
    # Windows sets none of them. Its names are like "Chinese (Simplified)_China".
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
