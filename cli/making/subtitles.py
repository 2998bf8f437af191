"""Gives an order its subtitles: tracks in an mp4, and files beside every video."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cli.lecture.subtitle_files import WRITERS
from cli.lecture.subtitles import subtitles
from cli.making.cues import cues_of
from cli.making.lack import note_lack
from cli.making.orders import Order
from cli.request.parts import Chosen
from cli.request.request import Request
from cli.request.subtitling import FILMED
from pipeline import Caption, Cue, Mp4, RenderJob, SceneFailed, SubtitleTrack, TextFile
from scenes.locales import code_of

Texts = dict[str, tuple[Caption, ...]]
"""The subtitles in each language."""


def with_subtitles(
    orders: Sequence[Order], request: Request, cached: bool, quiet: bool
) -> list[Order]:
    """The orders of one film, its videos with the subtitles that `request` asks for.

    Raises what `texts_of` raises.
    """
    filmed = any(isinstance(order.job.encoding, FILMED) for order in orders)
    if request.subtitles is None or not filmed:  # a poster has none
        return [*orders]
    texts = texts_of(orders[0].chosen, request, cached, quiet)
    return [
        replace(order, job=subtitled(order.job, texts))
        if isinstance(order.job.encoding, FILMED)
        else order
        for order in orders
    ]


def texts_of(chosen: Chosen, request: Request, cached: bool, quiet: bool) -> Texts:
    """The subtitles of a film or its part in each language asked for, the film's own first.

    A note names the sections that are too short for what is spoken. Raises what `cues_of` raises,
    BadData for a script of another film, and SceneFailed if the film has other cues in another
    language.
    """
    wanted, film = request.subtitles, chosen.film
    assert wanted is not None
    requests = {lang: request.told_in(lang) for lang in _own_first(request)}
    if script := request.asked.script:
        script.check(film.name, [each.asked.language_of(film) for each in requests.values()])
    told = {lang: cues_of(chosen, each, cached) for lang, each in requests.items()}
    first, *others = told
    for lang in others:
        if _places(told[lang]) != _places(told[first]):
            message = "the film has other cues in {lang} than in {first}"
            raise SceneFailed(message, lang=lang, first=first)
    fps = request.shape.fps
    held = request.speaker is not None  # then each cue is as long as its words
    if wanted.source == "narration" and not held and not quiet:
        for lang, cues in told.items():
            note_lack(film.name, lang, cues, fps)
    return {lang: subtitles(cues, fps, wanted.source) for lang, cues in told.items()}


def _own_first(request: Request) -> list[str]:
    """The languages of the subtitles, the film's own first."""
    wanted, own = request.subtitles, request.asked.telling.lang
    return sorted(wanted.languages if wanted else (), key=lambda lang: lang != own)


def subtitled(job: RenderJob, texts: Texts) -> RenderJob:
    """The job with these subtitles: ``film.en.srt`` beside ``film.mp4``, and tracks in an mp4."""
    tracks = tuple(SubtitleTrack(code_of(lang), said) for lang, said in texts.items())
    files = tuple(
        TextFile(beside(job.output, f".{lang}{ending}"), write(said))
        for lang, said in texts.items()
        for ending, write in WRITERS.items()
    )
    return replace(job, subtitles=tracks if isinstance(job.encoding, Mp4) else (), beside=files)


def beside(output: Path, ending: str) -> Path:
    """The file beside a film, with its name and another ending."""
    return output.with_name(output.stem + ending)


def _places(cues: Sequence[Cue]) -> list[tuple[str, int, int]]:
    return [(cue.id, cue.first, cue.frames) for cue in cues]
