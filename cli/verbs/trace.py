"""``trace``: the numbers that a film draws: the lecture's lines, a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from cli.console.failures import FILM, BadValue, one_line
from cli.console.help import command, option
from cli.console.language import say
from cli.console.streams import put, put_path
from cli.console.tables import table
from cli.request.choices import note_choices
from cli.request.kinds import OneOf
from cli.request.lessons import Asked, check
from cli.request.naming import path_for
from cli.request.options import debug_option, lang_option, lesson_options, quiet_option, together
from cli.request.render_options import FILMS_LINE, dry_run_option, traced_argument
from gdcore.export import Cell, columns, csv_rows, rows, to_json
from gdcore.trace import Trace
from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import published
from programs.printout import lecture_lines
from scenes import FILMS, Film, Lesson
from scenes.catalogue.choices import choices
from scenes.catalogue.knobs import knobs_of

SUFFIXES = {"table": ".txt", "lecture": ".txt", "csv": ".csv", "json": ".json"}


@command(epilog=FILMS_LINE)
@traced_argument
@option(
    "--format", "form", type=OneOf(SUFFIXES),
    help="Format: lecture (the lecture's own output), table, csv, json. Default: by -o's ending.",
)  # fmt: skip
@option(
    "-o", "--output", metavar="PATH", type=click.Path(),
    help="A file or a folder. Default: standard output.",
)  # fmt: skip
@lesson_options(telling=False)
@together(lang_option, dry_run_option, quiet_option, debug_option)
def trace(
    asked: Asked, film: str, form: str | None, output: str | None, dry_run: bool, quiet: bool
) -> None:
    """Print the numbers that a film draws.

    \b
    Examples:
      gd trace sgd --format lecture
      gd trace batch --format csv -o batch.csv
      gd trace sgd --data "1,2 2,4 3,6" --lr 0.05 --order random --seed 3
    """
    found = FILMS[film]
    form = format_for(form, output)
    check([found], asked)
    path = target(output, found, form, asked.inputs)
    lesson = asked.of(found)
    text = text_of(form, found, lesson)
    if dry_run:
        if path is not None:
            put_path(path)
        return
    if not quiet:
        note_choices([(found, lesson)])
    deliver(text, path)


def traces_of(film: Film, lesson: Lesson) -> Mapping[str, Trace]:
    """The film's traces; BadValue for a film that shows no descent."""
    found = film.traces(lesson)
    if not found:
        others = ", ".join(name for name, other in FILMS.items() if other.traces(other.lesson()))
        message = "{film} makes no updates, so it has no trace; films that have one: {others}"
        raise BadValue(FILM, say(message, film=film.name, others=others))
    return found


def text_of(form: str, film: Film, lesson: Lesson) -> str:
    """The film's traces in one of the formats of ``SUFFIXES``."""
    traces = traces_of(film, lesson)
    if form == "lecture":
        return _lecture(traces)
    if form == "csv":
        return _csv(traces)
    if form == "json":
        return _json(film, lesson, traces)
    return _table(traces)


def deliver(text: str, path: Path | None) -> None:
    """Write the text to standard output; or write it to ``path`` and print that path."""
    if path is None:
        put(text, end="")
        return
    with published([path]) as (part,):
        part.write_text(text, encoding="utf-8", newline="\n")
    put_path(path)


def target(output: str | None, film: Film, form: str, inputs: Iterable[Path]) -> Path | None:
    """The file that ``-o`` means, None for standard output; JobError if it is one of ``inputs``."""
    if output in (None, "-"):
        return None
    path = path_for(output, film.name, (SUFFIXES[form],))
    refuse_inputs([path], inputs)
    return path


def format_for(form: str | None, output: str | None) -> str:
    """The given format; without one the format that the ending of ``-o`` means, or a table."""
    if form is not None:
        return form
    ends = {".csv": "csv", ".json": "json"}
    return next((f for e, f in ends.items() if (output or "").lower().endswith(e)), "table")


def _lecture(traces: Mapping[str, Trace]) -> str:
    # The lecture's programs make one descent, so only the first trace is printed.
    first = next(iter(traces.values()))
    try:
        return "".join(f"{line}\n" for line in lecture_lines(first))
    except ValueError as error:
        raise BadValue("--format lecture:", one_line(error)) from error


def _csv(traces: Mapping[str, Trace]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(csv_rows(traces))
    return text.getvalue()


def _json(film: Film, lesson: Lesson, traces: Mapping[str, Trace]) -> str:
    chosen = choices(film, lesson).document()
    return to_json(traces, {"film": film.name, "asked": _asked(lesson), "chosen": chosen})


def _asked(lesson: Lesson) -> dict[str, Any]:
    """The values of all knobs; None where the film chooses."""
    data = lesson.data
    samples = {"name": data.name, "x": data.x.tolist(), "y": data.y.tolist(), "seed": data.seed}
    names = {"x_name": data.x_name, "y_name": data.y_name}  # those of a file, if none was given
    return {knob: getattr(lesson, knob) for knob in knobs_of(lesson)} | names | {"data": samples}


def _table(traces: Mapping[str, Trace]) -> str:
    """A table to read: six significant digits, and how each descent stopped."""
    lines: list[str] = []
    for name, trace in traces.items():
        own = {name: trace}
        head, cells = columns(own), [[_short(cell) for cell in row] for row in rows(own)]
        lines += table([head, *cells], right=range(1, len(head)))
        told = say("{n:# update|# updates}, {stopped}", n=trace.updates, stopped=trace.stopped)
        lines += [f"{name}: {told}", ""]
    return "\n".join(lines[:-1]) + "\n"


def _short(cell: Cell) -> str:
    if isinstance(cell, list):
        text = " ".join(map(str, cell))
        return text if len(text) <= 24 else f"{text[:20].rsplit(' ', 1)[0]} ... ({len(cell)})"
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)
