"""``--format mp4,gif``: several files of one film, whose frames are drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from cli.console.failures import BadValue, hint
from cli.console.language import say
from cli.request.naming import path_for, stem_of
from cli.request.request import Request
from pipeline import GIF_RATES, Animation, Apng, Gif, WebP

ANIMATED: dict[str, type[Animation]] = {"gif": Gif, "webp": WebP, "apng": Apng}
FORMATS = ("mp4", "mov", "webm", *ANIMATED)
WIDTH = 640  # pixels of an animation, as `gif` makes them by default
_FASTEST = 25  # frames a second of one beside a video: more would only make it larger


class Formats(click.ParamType[tuple[str, ...]]):
    """Some of ``FORMATS``, separated by commas."""

    name = "formats"

    def convert(self, value: Any, param: object, ctx: object) -> tuple[str, ...]:
        """Return the formats, each once, or raise BadValue with the nearest one and all."""
        words = value.split(",") if isinstance(value, str) else list(value)
        words = [word.strip().casefold().removeprefix(".") for word in words]
        for word in words:
            if word not in FORMATS:
                names = ",".join(FORMATS)
                message = say("must be some of {names}, not {value!r}", names=names, value=word)
                raise BadValue("--format", message + hint(word, FORMATS))
        return tuple(dict.fromkeys(words))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """The formats that are not in the list yet."""
        before, comma, word = incomplete.rpartition(",")
        left = (name for name in FORMATS if name not in before.split(","))
        return [CompletionItem(before + comma + name) for name in left if name.startswith(word)]


def in_formats(request: Request, formats: Sequence[str] | None) -> tuple[Request, ...]:
    """The request once for each format; only the request itself if no format was given."""
    return tuple(_in_format(request, form) for form in formats) if formats else (request,)


def joined(request: Request, formats: Sequence[str] | None) -> tuple[Path, Request]:
    """Where the film that joins all others goes, and the request for each of these.

    BadValue unless it is one video.
    """
    suffixes = tuple(f".{form}" for form in formats or ()) or request.suffixes
    videos = [form for form in FORMATS if form not in ANIMATED]
    if formats and (len(formats) > 1 or formats[0] not in videos):
        message = "with --join must be one of {names}"
        raise BadValue(
            "--format",
            say(message, names=", ".join(videos)),
        )
    path = path_for(request.output, stem_of("lecture", request.words), suffixes)
    return path, replace(request, output=None, suffixes=(path.suffix.lower(),))


def _in_format(request: Request, form: str) -> Request:
    changed = replace(request, suffixes=(f".{form}",))
    if form not in ANIMATED:
        return changed
    shape = request.shape
    width = min(WIDTH, shape.size[0])
    return replace(changed, encoding=ANIMATED[form](width=width, every=_step(form, shape.fps)))


def _step(form: str, fps: int) -> int:
    """The animation has every n-th frame of the film: this is n.

    BadValue if a GIF could not have exact delays. The other formats have the same rates.
    """
    rates = [rate for rate in GIF_RATES if rate <= _FASTEST]
    if fitting := [rate for rate in rates if fps % rate == 0]:
        return fps // fitting[-1]
    message = say(
        "{form}: {fps} frames a second cannot be thinned to a rate of a GIF; "
        "use --fps with a multiple of {rates} or {last}",
        form=form, fps=fps, rates=", ".join(map(str, rates[:-1])), last=rates[-1],
    )  # fmt: skip
    raise BadValue("--format", message)
