"""What a course can make: each product is a command of `gd` with some options set.

To add a product, add a line to ``PRODUCTS``: its keys, its checks, its schema and its progress
follow from the command. A command needs ``--output``, ``--dry-run`` and, to describe its files,
``--json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import click

from cli.verbs.clips import clips
from cli.verbs.deck import deck
from cli.verbs.frame import frame
from cli.verbs.gif import gif
from cli.verbs.handout import handout
from cli.verbs.script import script
from cli.verbs.sheet import sheet
from cli.verbs.trace import trace
from cli.verbs.video import video

COMMANDS: dict[str, click.Command] = {
    "video": video, "clips": clips, "gif": gif, "sheet": sheet, "frame": frame,
    "handout": handout, "deck": deck, "script": script, "trace": trace,
}  # fmt: skip

# Options that a course sets itself, or that do not suit many films.
_LEFT_OUT = {
    "output", "dry_run", "quiet", "as_json", "preview", "no_cache", "jobs", "timeout", "poster",
    "only", "join", "at", "section", "every_section", "record_list",
}  # fmt: skip


@dataclass(frozen=True)
class Product:
    """One kind of file: the command that makes it, and what is always or usually set.

    ``together`` says that all films of a lesson go into one file. With an ``ending`` the file is
    named on the command line, since the command alone would make another kind.
    """

    name: str
    verb: str
    fixed: dict[str, Any] = field(default_factory=dict)
    usual: Mapping[str, Any] = field(default_factory=dict)
    together: bool = False
    ending: str = ""

    @property
    def command(self) -> click.Command:
        """The command that makes it."""
        return COMMANDS[self.verb]

    @cached_property
    def keys(self) -> Mapping[str, click.Option]:
        """The keys that it takes, named as the options of its command."""
        return {
            key_of(option): option
            for option in self.command.params
            if isinstance(option, click.Option)
            and option.expose_value
            and option.name not in _LEFT_OUT
            and key_of(option) not in self.fixed
        }


PRODUCTS = {
    product.name: product
    for product in (
        Product("video", "video"),
        Product("joined", "video", {"join": True}, together=True),
        Product("clips", "clips"),
        Product("gif", "gif", {"format": "gif"}),
        Product("webp", "gif", {"format": "webp"}),
        Product("apng", "gif", {"format": "apng"}),
        Product("sheet", "sheet"),
        Product("pictures", "frame", {"every-section": True}),
        Product("handout", "handout", together=True),
        Product("deck", "deck", together=True),
        Product("deck-html", "deck", together=True, ending=".html"),
        Product("script", "script", together=True),
        Product("trace", "trace", usual={"format": "csv"}),
    )
}

ADDITIONS = {"subtitles": ("video", "joined"), "poster": ("video", "gif", "webp", "apng")}
"""What is made beside one of these products."""


def key_of(option: click.Option) -> str:
    """The key for an option: its long name, ``batch-size``."""
    return max(option.opts, key=len).removeprefix("--")
