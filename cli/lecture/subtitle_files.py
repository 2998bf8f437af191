"""Subtitles as files: SubRip (``.srt``) and WebVTT (``.vtt``)."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline import Caption


def srt(captions: Iterable[Caption]) -> str:
    """The text of a ``.srt`` file."""
    return "".join(
        f"{number}\n{_time(each.start, ',')} --> {_time(each.end, ',')}\n{each.text}\n\n"
        for number, each in enumerate(captions, 1)
    )


def vtt(captions: Iterable[Caption]) -> str:
    """The text of a ``.vtt`` file, in which &, < and > are spelled out."""
    return "WEBVTT\n" + "".join(
        f"\n{_time(each.start, '.')} --> {_time(each.end, '.')}\n{_spelled(each.text)}\n"
        for each in captions
    )


WRITERS = {".srt": srt, ".vtt": vtt}
"""By the ending of the file."""


def _time(seconds: float, point: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}{point}{milliseconds:03}"


def _spelled(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
