"""Captions as subtitle files. Browsers show WebVTT, players SRT; neither needs the mp4's track."""

from __future__ import annotations

import html
from collections.abc import Iterable

from pipeline.job.result import Caption


def to_srt(captions: Iterable[Caption]) -> str:
    """The captions as SubRip text."""
    return "".join(
        f"{number}\n{_clock(c.start, ',')} --> {_clock(c.end, ',')}\n{_lines(c.text)}\n\n"
        for number, c in enumerate(captions, start=1)
    )


def to_vtt(captions: Iterable[Caption]) -> str:
    """The captions as WebVTT; ``<`` and ``&`` in a caption are text, never markup."""
    cues = "".join(
        f"\n{_clock(c.start, '.')} --> {_clock(c.end, '.')}\n"
        f"{html.escape(_lines(c.text), quote=False)}\n"
        for c in captions
    )
    return f"WEBVTT\n{cues}"


def _clock(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def _lines(text: str) -> str:
    """Without empty lines: one would end the caption."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
