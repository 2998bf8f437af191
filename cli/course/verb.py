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
from cli.course.making import make_course
from cli.course.plan import steps_of
from cli.course.reading import course_in, text_of
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
@together(dry_run_option, cache_option, jobs_option, timeout_option, lang_option, quiet_option)
@json_option(help="Print one JSON document instead of the paths.")
@debug_option
def course(
    file: str, init: bool, schema: bool, dry_run: bool, no_cache: bool, jobs: int | None,
    timeout: float | None, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make all films of a course from one file: course.toml, if COURSE names no other.

    The whole file is checked before anything is drawn. The same command again makes only what is
    missing or has changed. build/manifest.json lists what was made, build/index.html shows it.

    \b
    Examples:
      gd course --init
      gd course course.toml --dry-run
      gd course --schema > course.schema.json
    """
    if init and schema:
        raise BadValue("--init", say("and --schema cannot be used together"))
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
        if dry_run:
            estimates.show(found, planned, as_json)
            return
        make_course(
            found, planned, no_cache=no_cache, quiet=quiet, as_json=as_json, jobs=jobs,
            timeout=timeout,
        )  # fmt: skip


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
