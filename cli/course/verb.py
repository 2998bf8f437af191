"""``course``: all films of a course, from one file."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import click

from cli.console.failures import BadValue
from cli.console.help import argument, command, option
from cli.console.language import say, spoken
from cli.console.streams import put_json, put_path
from cli.course import estimates
from cli.course.checking import checked
from cli.course.farm.films import each_once, films_of
from cli.course.farm.place import Place, PlaceType, Share, ShareType
from cli.course.farm.shares import draw_share, share_of, show_share
from cli.course.making import make_course
from cli.course.plan import steps_of
from cli.course.reading import course_in, text_of
from cli.course.room import course_store
from cli.course.schema import schema as schema_of_courses
from cli.request.options import debug_option, json_option, lang_option, quiet_option, together
from cli.request.render_options import (
    cache_option,
    dry_run_option,
    jobs_option,
    timeout_option,
)
from pipeline import CannotCreate

EXAMPLES = Path(__file__).parent / "examples"


@command("course")
@argument("file", type=click.Path(), default="course.toml", metavar="[COURSE]")
@option("--init", is_flag=True, help="Write an example with comments; it replaces no file.")
@option("--schema", is_flag=True, help="Print the JSON Schema of such files, for editors.")
@option(
    "--on", type=PlaceType(), metavar="PLACE",
    help="Where films are drawn: dask://HOST:PORT, or local:N for N processes of this machine.",
)  # fmt: skip
@option(
    "--share", type=ShareType(), metavar="I/N",
    help="Draw only one of N shares of the films, into the cache, and make no files.",
)  # fmt: skip
@together(dry_run_option, cache_option, jobs_option, timeout_option, lang_option, quiet_option)
@json_option(help="Print one JSON document instead of the paths.")
@debug_option
def course(
    file: str, init: bool, schema: bool, on: Place | None, share: Share | None, dry_run: bool,
    no_cache: bool, jobs: int | None, timeout: float | None, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make all films of a course from one file: course.toml, if COURSE names no other.

    The whole file is checked before anything is drawn. The same command again makes only what is
    missing or has changed. build/manifest.json lists what was made, build/index.html shows it.

    \b
    Examples:
      gd course --init
      gd course course.toml --dry-run
      gd course course.toml --on local:4
      gd course --schema > course.schema.json
    """
    if init and schema:
        raise BadValue("--init", say("and --schema cannot be used together"))
    _check_together(on, share)
    if schema:
        put_json(schema_of_courses())
        return
    path = Path(file)
    if init:
        _write_example(path)
        return
    text = text_of(path)
    with chdir(path.parent):
        found = course_in(text, path)
        planned = checked(found, steps_of(found))
        if share is not None:
            films = share_of(each_once(films_of(planned)), share)
            if dry_run:
                show_share(films)
                return
            draw_share(films, course_store(planned), quiet=quiet, jobs=jobs, timeout=timeout)
            return
        if dry_run:
            estimates.show(found, planned, as_json)
            return
        make_course(
            found, planned, no_cache=no_cache, quiet=quiet, as_json=as_json, jobs=jobs,
            timeout=timeout, on=on,
        )  # fmt: skip


def _check_together(on: Place | None, share: Share | None) -> None:
    """Raise BadValue for options that mean nothing with ``--on`` or ``--share``."""
    given = click.get_current_context().params
    for option_, value, others in (
        ("--on", on, ("share", "no_cache", "timeout")),
        ("--share", share, ("on", "no_cache", "as_json")),
    ):
        for other in others if value is not None else ():
            if given[other]:
                name = {"as_json": "json"}.get(other, other).replace("_", "-")
                raise BadValue(option_, say("cannot be used with --{name}", name=name))


def _write_example(path: Path) -> None:
    """Write the example in the user's language; CannotCreate if the file is there already."""
    text = (EXAMPLES / f"{spoken()}.toml").read_bytes()
    try:
        with path.open("xb") as new:
            new.write(text)
    except OSError as error:
        message = "{output!r} cannot be created: {reason}"
        raise CannotCreate(message, output=str(path), reason=error.strerror) from error
    put_path(path)
