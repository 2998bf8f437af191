"""The film ``batch`` is quick here, and speaks two languages (spoken_scene.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from scenes import FILMS, Section

SCENE = Path(__file__).with_name("spoken_scene.py")
Run = Callable[..., Result]


@pytest.fixture
def spoken(invoke: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """As ``invoke``, with the quick film in the place of ``batch``."""
    sections = (Section("first", 2.0), Section("second", 2.0))
    quick = replace(FILMS["batch"], module=str(SCENE), scene="Spoken", sections=sections)
    monkeypatch.setitem(FILMS, "batch", quick)
    return invoke
