"""The time that is left while films are drawn elsewhere: theirs, and that of what is made here."""

from __future__ import annotations

from multiprocessing import Pipe
from types import SimpleNamespace

import pytest

from cli.course import progress
from cli.course.checking import Expected, Planned
from cli.course.farm.errand import Finished, Workers
from cli.course.farm.farm import Farm
from cli.course.farm.films import WantedFilm
from cli.course.plan import Step
from cli.course.progress import CourseProgress


def test_the_time_left_shrinks_between_films_and_counts_what_is_made_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1000.0]
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: now[0]))
    names = ("first", "second", "handout")
    planned = [
        Planned(Step(n, "", "", (n,), (n,), {}, {}, 1, ()), (Expected(n, seconds=30.0),))
        for n in names
    ]
    films = [WantedFilm(name, ((name,),), (), True, 10.0) for name in names[:2]]
    table = CourseProgress(planned, quiet=True)
    table.made_here = {("handout",)}
    ours, engine = Pipe()
    with ours, engine:
        farm = Farm(ours, films, {film.commands[0]: [film] for film in films}, table)
        engine.send(Workers(1))
        farm.meet()
        assert table.left() == 90  # nothing is known but the estimates
        left = []
        for number, each in enumerate(planned[:2]):
            table.start(each)
            now[0] += 100
            engine.send(Finished(number))
            farm.wait_for(each.step.words)
            left.append(table.left())
            now[0] += 40
            left.append(table.left())
            table.finish(each)
    # After 100 s half is drawn. After 240 s all is; then only the handout is to be made.
    assert left == [100 + 30, 60 + 30, 30, 30]
    table.start(planned[2])
    now[0] += 10
    assert table.left() == 20
