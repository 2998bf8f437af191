"""Gives the orders of a film their voice."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cli.console.language import say
from cli.console.streams import note
from cli.making.cues import recorded_cues
from cli.making.film_cache import film_cache
from cli.making.orders import Order
from cli.request.voicing import is_audible
from pipeline import Cue
from pipeline.files.workspace import workspace
from scenes import Telling
from scenes.catalogue.telling import BREATH, Spoken
from voice import Line, speak


@contextmanager
def voiced(orders: Sequence[Order], cached: bool, quiet: bool) -> Iterator[list[Order]]:
    """The orders of one film, told with the voice that their request asks for.

    Each cue is held until its voice has ended. The sounds are there within the block. A note says
    which text is spoken, unless `quiet`. Raises what `told_cues` raises, and the `PipelineError` of
    the voice.
    """
    request = orders[0].request
    if request.speaker is None or not any(is_audible(order.job.encoding) for order in orders):
        yield [*orders]
        return
    recorded = recorded_cues(orders[0].chosen, request, cached)
    lang = request.asked.telling.lang
    lines = {cue.id: Line(Path(name).stem, cue.narration, lang) for name, cue in recorded.items()}
    cache = film_cache(cached)
    announce = _silent if quiet else _announcer(orders[0].name, [*lines.values()])
    with workspace() as folder:
        sounds = speak(
            [*lines.values()], request.speaker, cache.store if cache else None, folder, announce
        )
        spoken = tuple(
            Spoken(cue, sound.seconds, sound.sha256, sound.path)
            for cue, sound in zip(lines, sounds, strict=True)
        )
        inputs = [path for line in lines.values() for path in request.speaker.inputs(line)]
        longer = _added([*recorded.values()], spoken, request.shape.fps)
        yield [_told(order, spoken, inputs, longer) for order in orders]


def _silent(line: Line) -> None:
    """For ``--quiet``."""


def _announcer(film: str, lines: Sequence[Line]) -> Callable[[Line], None]:
    """Notes which of the lines is spoken: that may take long."""

    def announce(line: Line) -> None:
        told = say("the voice speaks text {n} of {of}", n=lines.index(line) + 1, of=len(lines))
        note(f"{film}: {told}")

    return announce


def _added(cues: Sequence[Cue], spoken: Sequence[Spoken], fps: int) -> int:
    """The frames by which the voice makes a film longer."""
    frames = {cue.id: cue.frames for cue in cues}
    needed = ((each.cue, math.ceil((each.seconds + BREATH) * fps)) for each in spoken)
    return sum(max(needs - frames[cue], 0) for cue, needs in needed)


def _told(order: Order, spoken: tuple[Spoken, ...], inputs: Sequence[Path], longer: int) -> Order:
    asked, job = order.request.asked, order.job
    telling: Telling = replace(asked.telling, spoken=spoken)
    arguments = tuple(
        (name, telling if name == "telling" else value) for name, value in job.scene.arguments
    )
    frames = None if order.frames is None else order.frames + longer
    return replace(
        order,
        job=replace(
            job,
            scene=replace(job.scene, arguments=arguments),
            expected_frames=frames,
            inputs=(*job.inputs, *inputs),
        ),
        request=replace(order.request, asked=replace(asked, telling=telling)),
        frames=frames,
    )
