"""Three clips, made once."""

from __future__ import annotations

import pytest

from cli.deck.slides import Kind, Shown
from tests.cli.deck.clips import shown

KINDS: tuple[Kind, ...] = ("play", "ask", "loop")


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Kind, Shown]]:
    """One clip of each kind."""
    folder = tmp_path_factory.mktemp("clips")
    return [(kind, shown(folder, kind, 60 * number)) for number, kind in enumerate(KINDS)]
