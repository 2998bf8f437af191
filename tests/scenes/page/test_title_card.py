"""The titles between joined films: all of them fit, in both languages."""

from __future__ import annotations

import pytest
from manim import tempconfig

from scenes import FILMS, Telling
from scenes.locales import LANGUAGES
from scenes.stage.page.title_card import TitleCard

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", [(16 / 9 * 8, 8.0), (8.0, 16 / 9 * 8)], ids=["16:9", "9:16"])
def test_every_card_fits(size: tuple[float, float]) -> None:
    width, height = size
    with tempconfig({"frame_width": width, "frame_height": height}):
        for lang in LANGUAGES:
            for number, film in enumerate(FILMS.values(), 1):
                telling = Telling(lang=lang)
                card = TitleCard(number, film.title(lang), film.summary(lang), telling).card()
                assert card.width < 0.9 * width and card.height < height / 2
                above, title, rule, below = card
                assert above.get_bottom()[1] > title.get_top()[1]
                assert title.get_bottom()[1] > rule.get_top()[1] > below.get_top()[1]
