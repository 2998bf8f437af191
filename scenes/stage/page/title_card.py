"""A title between the films of a lecture: which film comes now, and what it is about."""

from __future__ import annotations

from typing import Any

from manim import Line, Scene, VGroup, config

from scenes.catalogue.telling import Telling
from scenes.catalogue.theme import THEMES
from scenes.stage.page.background import lay_page
from scenes.stage.page.clock import Clock
from scenes.stage.page.layout import Box, layout, point
from scenes.stage.page.motion import Conceal, Reveal, hide
from scenes.stage.page.wording import paragraph

FADE, SHOWN = 0.4, 1.7  # seconds
_TITLE = 1.9  # heights of a film's own title
_GAP, _MARGIN = 0.4, 0.08  # units between the rows; at both sides, of the width


class TitleCard(Scene):
    """``number``, ``title`` and ``summary`` in the look of the films, for two seconds and a half.

    Raises scenes.stage.page.fonts.FontError for a character that the font lacks.
    """

    def __init__(
        self, number: int, title: str, summary: str = "", telling: Telling | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.number, self.title, self.summary = number, title, summary
        self.theme = THEMES[(telling or Telling()).theme]
        super().__init__(**kwargs)

    def setup(self) -> None:
        """Prepare the page."""
        lay_page(self, self.theme)

    def construct(self) -> None:
        """Show the card."""
        card = self.card()
        hide(card)
        self.add(card)
        self.next_section("title")
        clock = Clock(float(config.frame_rate), 1.0)
        for seconds, change in ((FADE, Reveal), (SHOWN, None), (FADE, Conceal)):
            frames = clock.advance(seconds)
            if change is None:
                self.wait(clock.wait_time(frames), frozen_frame=True)
            else:
                self.play(change(card), run_time=clock.play_time(frames))

    def card(self) -> VGroup:
        """The number, the title, a rule, and the summary, one below the other."""
        page = layout(float(config.frame_width), float(config.frame_height))
        scale, theme = page.scale, self.theme
        room = Box(-page.width / 2, -page.height / 4, page.width / 2, page.height / 4)
        margin = _MARGIN * page.width
        above, middle, below = room.inset(left=margin, right=margin).rows(1.0, 2.0, 1.5, gap=_GAP)
        height = middle.bottom - _GAP / 2
        ends = point(-scale.title, height), point(scale.title, height)
        rule = Line(*ends, color=theme.point, stroke_width=3)
        return VGroup(
            paragraph(str(self.number), scale.body, theme.muted, above),
            paragraph(self.title, _TITLE * scale.title, theme.ink, middle),
            rule,
            *([paragraph(self.summary, scale.body, theme.muted, below)] if self.summary else []),
        )
