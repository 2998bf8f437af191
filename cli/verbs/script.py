"""``script``: what is spoken in films, to read aloud, translate, print, edit or record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from cli.console.help import command, option
from cli.console.language import say
from cli.console.streams import put, put_path
from cli.console.tables import table
from cli.lecture.script import script as script_of
from cli.lecture.speech import seconds_to_say
from cli.making.cues import check_script, recorded_cues, told_cues
from cli.making.lack import note_lack
from cli.request.film_argument import chosen
from cli.request.lessons import Asked, check
from cli.request.naming import path_for, stem_of, words_asked_for
from cli.request.options import (
    debug_option,
    lesson_options,
    quiet_option,
    script_option,
    together,
)
from cli.request.own_scenes import OwnScene
from cli.request.render_options import (
    SCENES_LINE,
    cache_option,
    dry_run_option,
    films_argument,
)
from cli.request.request import Request
from cli.request.shape import DEFAULT_ASPECT, DEFAULT_QUALITY, Shape
from pipeline import Cue
from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import published
from scenes import Film


@command(epilog=SCENES_LINE)
@films_argument
@option(
    "--record-list", is_flag=True,
    help="List the files to record instead: name, seconds that it takes, and text.",
)  # fmt: skip
@option(
    "-o", "--output", metavar="PATH", type=click.Path(),
    help="A file or a folder. Default: standard output.",
)  # fmt: skip
@script_option
@lesson_options(themed=False)
@together(cache_option, dry_run_option, quiet_option, debug_option)
def script(
    films: tuple[str, ...], asked: Asked, record_list: bool, output: str | None, no_cache: bool,
    dry_run: bool, quiet: bool,
) -> None:  # fmt: skip
    """Write what is spoken in films as Markdown: to read aloud, translate or print.

    An edited script is read back with `--script`, here and in `video` and `cues`. A note names the
    sections that are too short for their words.

    \b
    Examples:
      gd script batch sgd --lang en -o lecture.md
      gd script batch --record-list
      gd video batch --script lecture.md --subtitles en
    """
    shape = Shape.of_quality(DEFAULT_QUALITY, DEFAULT_ASPECT)
    request, cached = Request(asked, shape, None, (), ()), not no_cache
    path = target(output, ".txt" if record_list else ".md", asked.inputs)
    found = chosen(films, asked, quiet)
    if dry_run:
        check([each.film for each in found if isinstance(each.film, Film)], asked)
        for each in found:
            check_script(each, request)
        if path is not None:
            put_path(path)
        return
    told = [(each, told_cues(each, request, cached)) for each in found]
    for each, cues in () if quiet else told:
        note_lack(each.film.name, asked.language_of(each.film), cues, shape.fps)
    if record_list:
        rows = [row for each, _ in told for row in _listed(recorded_cues(each, request, cached))]
        text = "".join(f"{line}\n" for line in table(rows, right=(1,)))
    else:
        text = "\n".join(_script(each.film, asked, cues, shape.fps) for each, cues in told)
    if path is None:
        put(text, end="")
        return
    with published([path]) as (part,):
        part.write_text(text, encoding="utf-8", newline="\n")
    put_path(path)


def _script(film: Film | OwnScene, asked: Asked, cues: Sequence[Cue], fps: int) -> str:
    lang = asked.language_of(film)
    title = film.title(lang) if isinstance(film, Film) else film.name
    return script_of(film.name, lang, title, cues, fps)


def _listed(named: Mapping[str, Cue]) -> Iterator[tuple[str, str, str]]:
    """File, seconds and text of each cue that says something."""
    for name, cue in named.items():
        said = " ".join(cue.narration.split())
        yield name, say("{seconds:.1f} s", seconds=seconds_to_say(said)), said


def target(output: str | None, ending: str, inputs: Iterable[Path]) -> Path | None:
    """The file that ``-o`` means, None for standard output; JobError if it is one of ``inputs``."""
    if output in (None, "-"):
        return None
    path = path_for(output, stem_of("script", words_asked_for()), (ending,))
    refuse_inputs([path], inputs)
    return path
