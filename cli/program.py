"""The program: the group `gd` and its verbs.

The installed command `gd`, ``./gd`` in a checkout and ``python render.py`` are the same. A verb
parses its arguments and calls one function, which prints the result.
"""

from __future__ import annotations

from typing import Any, cast

import click

from cli.console.app import App, Verbs, version_option
from cli.request.options import lang_option

VERBS = Verbs(
    {
        "list": "cli.verbs.list:list_films",
        "video": "cli.verbs.video:video",
        "gif": "cli.verbs.gif:gif",
        "frame": "cli.verbs.frame:frame",
        "sheet": "cli.verbs.sheet:sheet",
        "clips": "cli.verbs.clips:clips",
        "cues": "cli.verbs.cues:cues",
        "script": "cli.verbs.script:script",
        "handout": "cli.verbs.handout:handout",
        "deck": "cli.verbs.deck:deck",
        "live": "cli.verbs.live:live",
        "trace": "cli.verbs.trace:trace",
        "course": "cli.course.verb:course",
        "gallery": "cli.gallery.verb:gallery",
        "cache": "cli.verbs.cache:cache",
        "doctor": "cli.verbs.doctor:doctor",
        "completion": "cli.verbs.completion:completion",
    }
)


@click.group(
    cls=App,
    commands=cast(Any, VERBS),  # click would change the mapping only to add a command
    context_settings={"help_option_names": ["-h", "--help"]},
)
@lang_option
@version_option
def gd() -> None:
    """Lecture films of gradient descent, exact to the last digit.

    In a checkout of the project, type `./gd` for `gd`; `./gd test` runs the tests.

    \b
    Example:
      gd video batch --lang en -q 720p30
    """
