"""The program: the group `gd` and its verbs.

The installed command `gd`, ``./gd`` in a checkout and ``python render.py`` are the same. A verb
parses its arguments and calls one function, which prints the result.
"""

from __future__ import annotations

import click

from cli.console.app import App, version_option
from cli.course.verb import course
from cli.request.options import lang_option
from cli.verbs.cache import cache
from cli.verbs.clips import clips
from cli.verbs.completion import completion
from cli.verbs.cues import cues
from cli.verbs.deck import deck
from cli.verbs.doctor import doctor
from cli.verbs.frame import frame
from cli.verbs.gif import gif
from cli.verbs.handout import handout
from cli.verbs.list import list_films
from cli.verbs.live import live
from cli.verbs.script import script
from cli.verbs.sheet import sheet
from cli.verbs.trace import trace
from cli.verbs.video import video


@click.group(cls=App, context_settings={"help_option_names": ["-h", "--help"]})
@lang_option
@version_option
def gd() -> None:
    """Lecture films of gradient descent, exact to the last digit.

    In a checkout of the project, type `./gd` for `gd`; `./gd test` runs the tests.

    \b
    Example:
      gd video batch --lang en -q 720p30
    """


for verb in (
    list_films, video, gif, frame, sheet, clips, cues, script, handout, deck, live, trace, course,
    cache, doctor, completion,
):  # fmt: skip
    gd.add_command(verb)
