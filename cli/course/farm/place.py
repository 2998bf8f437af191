"""``--on`` and ``--share``: where the films of a course are drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import click

from cli.console.extras import check_extra
from cli.console.failures import BadValue
from cli.console.language import say
from cli.request.kinds import option_name

EXTRA = "farm"
# Workers of this machine talk in secret: any other user of it could send them programs otherwise.
_PACKAGES = {"distributed": "distributed", "cryptography": "cryptography"}
_SCHEDULER = re.compile(r"(dask|tls)://(\[[0-9a-fA-F:]+\]|[^\s/:\[\]]+):([0-9]{1,5})/?")
_LOCAL = re.compile(r"local:([0-9]{1,3})")
MOST = 256  # processes of this machine


@dataclass(frozen=True)
class Place:
    """Where workers are: at the scheduler with this address, or so many of this machine.

    ``typed`` is the place as the user wrote it.
    """

    typed: str
    address: str | None = None
    workers: int = 0


@dataclass(frozen=True)
class Share:
    """The share ``number`` of ``of``, counted from 1."""

    number: int
    of: int


class PlaceType(click.ParamType[Place]):
    """``dask://HOST:PORT``, ``tls://HOST:PORT`` or ``local:N``."""

    name = "place"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Place:
        """The place; BadValue for anything else, ExtraMissing without the package."""
        if isinstance(value, Place):
            return value
        if match := _SCHEDULER.fullmatch(value):
            protocol = {"dask": "tcp"}.get(match[1], match[1])
            place = Place(value, address=f"{protocol}://{match[2]}:{match[3]}")
        elif (match := _LOCAL.fullmatch(value)) and 1 <= int(match[1]) <= MOST:
            place = Place(value, workers=int(match[1]))
        else:
            message = "must be dask://HOST:PORT or local:N (from 1 to {most}), not {value!r}"
            raise BadValue(option_name(param), say(message, most=MOST, value=value))
        check_extra(EXTRA, _PACKAGES, option_name(param), "./gd course --on")
        return place


class ShareType(click.ParamType[Share]):
    """``I/N``: I from 1 to N."""

    name = "share"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Share:
        """The share; BadValue for anything else."""
        if isinstance(value, Share):
            return value
        match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", value)
        if match is None or not 1 <= int(match[1]) <= int(match[2]):
            message = "must be I/N with I from 1 to N, such as 2/8, not {value!r}"
            raise BadValue(option_name(param), say(message, value=value))
        return Share(int(match[1]), int(match[2]))
