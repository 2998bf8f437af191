"""One film for all tests of this folder: a short scene with subtitles."""

from __future__ import annotations

from pathlib import Path

import pytest

from gd_films import FinishedFilm, film

SCENE = Path(__file__).with_name("caption_scene.py")


@pytest.fixture(scope="session")
def shown() -> FinishedFilm:
    """The film of caption_scene.py, as a notebook gets it."""
    return film(f"{SCENE}:Moving", quality="480p15", jobs=1)
