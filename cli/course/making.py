"""Makes a course: each step in turn, and the manifest; a step that fails does not stop the rest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from cli.console import guard
from cli.console.app import App
from cli.console.language import say, spoken
from cli.console.streams import note, put_json, put_path
from cli.console.tables import clock
from cli.console.time_limit import TimedOut
from cli.course.checking import Planned
from cli.course.course import Course
from cli.course.farm.crew import crew_for
from cli.course.farm.farm import farm_at
from cli.course.farm.films import films_of
from cli.course.farm.place import Place
from cli.course.farm.waiting import FilmsElsewhere
from cli.course.manifest import Manifest
from cli.course.plan import Step
from cli.course.progress import CourseProgress, course_progress
from cli.course.room import course_store
from cli.course.running import run
from cli.gallery.writing import NAME, check_page, write_page
from cli.making.film_cache import stored_in
from cli.making.make import Failed, failed_with, name_failed
from cli.making.progress import reported_to
from pipeline import Store

SAVED_EVERY = 2.0  # seconds: what a killed run has made since is found in the cache


def make_course(
    course: Course, planned: Sequence[Planned], *, no_cache: bool, quiet: bool, as_json: bool,
    jobs: int | None, timeout: float | None, on: Place | None = None,
) -> None:  # fmt: skip
    """Make what is missing or has changed. The current folder must be that of the course.

    Films are drawn `on` other machines first, if a place is given; then FarmLost may be raised.
    Without a place many films are drawn side by side, one in each process.
    At the end it writes the page of all files. Prints the path of each file and of the page, from
    the folder that the course was named from, or one JSON document. Exits with the code of the
    failed steps (1 if their codes differ).
    """
    guard.start()
    manifest = Manifest(course, [each.step for each in planned])
    check_page(manifest.folder / NAME)
    manifest.save()  # now, so that a folder that cannot be written is found before any work
    progress = course_progress(planned, quiet)
    failed: list[Failed] = []
    saved = time.monotonic()
    store = course_store(planned)
    try:
        there = {} if no_cache else {e.step.words: manifest.files_of(e.step) for e in planned}
        missing = [each for each in planned if there.get(each.step.words) is None]
        drawn = nullcontext() if no_cache else _drawn(on, missing, store, progress, jobs, timeout)
        with stored_in(store), drawn as elsewhere:
            for each in planned:
                progress.start(each)
                kept = there.get(each.step.words)
                if elsewhere is not None and kept is None:
                    elsewhere.wait_for(each.step.words)
                made = kept or _made(each.step, manifest, progress, no_cache, jobs, timeout)
                progress.clear()
                if isinstance(made, Failed):
                    failed.append(made)
                elif not as_json:
                    for path in made:
                        put_path(course.path.parent / path)
                progress.finish(each, kept=bool(kept), failed=isinstance(made, Failed))
                if time.monotonic() - saved > SAVED_EVERY:
                    manifest.save()
                    saved = time.monotonic()
    finally:
        progress.clear()
        manifest.save()
    page = write_page(manifest.folder, manifest.folder / NAME, spoken(), quiet).page
    if as_json:
        places = {"manifest": manifest.path, "page": page}
        named = {name: str(course.path.parent / place) for name, place in places.items()}
        put_json({**named, **manifest.document()})
    else:
        put_path(course.path.parent / page)
    _summarise(progress, failed)


def _drawn(
    on: Place | None, missing: Sequence[Planned], store: Store | None, progress: CourseProgress,
    jobs: int | None, timeout: float | None,
) -> AbstractContextManager[FilmsElsewhere | None]:  # fmt: skip
    """What draws for the steps whose files are missing: a farm, or other processes beside this one.

    None if each film is best drawn at its step.
    """
    films = films_of(missing)
    progress.made_here = {
        words for words, needed in films.items() if not any(film.is_sealed for film in needed)
    }
    if on is not None:
        return farm_at(on, films, store, progress)
    return crew_for(films, store, progress, jobs=jobs, timeout=timeout)


def _made(
    step: Step, manifest: Manifest, progress: CourseProgress, no_cache: bool, jobs: int | None,
    timeout: float | None,
) -> list[Path] | Failed:  # fmt: skip
    """Run a step, print what it said, and note in the manifest what it made."""
    try:
        with reported_to(progress):
            outcome = run(step.words, no_cache=no_cache, jobs=jobs, timeout=timeout)
        if not outcome.exit_code:
            files = manifest.add(step, outcome)
    except (Exception, TimedOut) as error:
        progress.clear()
        failed = failed_with(step.name, error)
        manifest.lose(step, failed.message)
        return failed
    progress.clear()
    if outcome.exit_code:
        message = outcome.document["failed"][0]["error"]
        shown = outcome.notes if App.debug else ()
        for line in (*shown, say("Error: {message}", message=f"{step.name}: {message}")):
            note(line)
        manifest.lose(step, message)
        return Failed(step.name, message, outcome.exit_code)
    for line in () if progress.quiet else outcome.notes:
        note(f"{step.name}: {line}")
    return files


def _summarise(progress: CourseProgress, failed: Sequence[Failed]) -> None:
    """Print how many steps were made, and which have failed; exit if some have."""
    if not progress.quiet:
        made = len(progress.done) - progress.kept - len(failed)
        message = "{made} made, {kept} as before, {failed} failed, in {time}"
        elapsed = clock(progress.elapsed)
        note(say(message, made=made, kept=progress.kept, failed=len(failed), time=elapsed))
    if failed:
        name_failed(failed)
