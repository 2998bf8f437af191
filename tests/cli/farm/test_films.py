"""Which films a course needs, each once; which share draws which; where they are drawn."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from importlib import util
from pathlib import Path

import click
import pytest

from cli.course.checking import Expected, Planned, checked
from cli.course.farm import drawing, shares
from cli.course.farm.differences import difference
from cli.course.farm.drawing import NotDrawn
from cli.course.farm.films import WantedFilm, each_once, films_of
from cli.course.farm.parcels import parcel_of, token_in
from cli.course.farm.place import Share
from cli.course.farm.shares import share_of
from cli.course.manifest import SOURCES
from cli.course.plan import Step, steps_of
from cli.course.reading import course_in
from cli.course.room import course_store
from pipeline import CannotCreate, Store
from pipeline.cache import LIMIT
from pipeline.cache.surroundings import parts

COURSE = """
[[lesson]]
name = "one"
lang = ["en", "zh"]
films = ["batch", "sgd"]
make = ["video", "clips", "joined", "trace"]
[[lesson]]
name = "two"
films = ["batch"]
data = "./a.csv:x,y"
lang = "en"
make = ["video", "gif"]
[[lesson]]
name = "three"
films = ["own.py:Own"]
"""
OWN = "from manim import Scene\n\n\nclass Own(Scene):\n    pass\n"


def wanted(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str = COURSE
) -> tuple[WantedFilm, ...]:
    (folder / "a.csv").write_text("x,y\n1,2\n2,3\n")
    (folder / "own.py").write_text(OWN)
    monkeypatch.chdir(folder)
    course = course_in(text, folder / "course.toml")
    return each_once(films_of(checked(course, steps_of(course))))


def test_each_film_in_one_shape_is_drawn_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    films = wanted(tmp_path, monkeypatch)
    verbs = {film.name: [command[0] for command in film.commands] for film in films}
    assert verbs == {
        "batch en dark 16:9": ["video", "clips"],
        "sgd en dark 16:9": ["video", "clips"],
        "batch zh dark 16:9": ["video", "clips"],
        "sgd zh dark 16:9": ["video", "clips"],
        "batch ./a.csv:x,y en dark 16:9": ["video", "gif"],
        "own.py:Own dark 16:9": ["video"],
    }
    assert [film.is_sealed for film in films] == [True] * 5 + [False]
    # The joined video shows the same films as the videos: the same commands.
    video, clips = films[0].commands
    assert video == ("video", "batch", "--lang=en", "-o", "")
    assert clips == ("clips", "batch", "--lang=en", "-o", "")


def test_a_film_alone_is_asked_only_for_what_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A joined video of a film and a scene file has a language; the scene file alone has none."""
    text = (
        '[defaults]\nlang = "en"\nmake = ["video", "joined"]\n[[lesson]]\nname = "one"\n'
        'films = ["batch@start", "own.py:Own"]\n'
    )
    commands = {
        command for film in wanted(tmp_path, monkeypatch, text) for command in film.commands
    }
    assert commands == {
        ("video", "batch@start", "--lang=en", "-o", ""), ("video", "own.py:Own", "-o", ""),
    }  # fmt: skip


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    message = "cannot be written to: set GD_CACHE to another"
    store = Store(tmp_path / "file" / "cache", 1)
    with pytest.raises(CannotCreate, match=message), token_in(store):
        pass


def test_a_parcel_has_all_that_a_worker_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, film, _ = wanted(tmp_path, monkeypatch)
    parcel = parcel_of(film, "token", 1)
    assert parcel.files == {"sent-files/0/a.csv": b"x,y\n1,2\n2,3\n"}
    assert all("--data=sent-files/0/a.csv:x,y" in command for command in parcel.commands)
    before = film.receipt()
    assert before == parcel.receipt
    (tmp_path / "a.csv").write_text("x,y\n1,2\n2,4\n")
    assert film.receipt() != before


def test_shares_are_all_films_once_and_take_as_long() -> None:
    draws = random.Random(1)
    films = [
        WantedFilm(str(n), ((str(n),),), (), True, draws.choice([1.0, 5.0, 20.0]))
        for n in range(101)
    ]
    for of in (1, 2, 7, 200):
        shares = [share_of(films, Share(number, of)) for number in range(1, of + 1)]
        assert sorted(film.name for share in shares for film in share) == sorted(
            film.name for film in films
        )
        times = [sum(film.seconds for film in share) for share in shares]
        assert max(times) - min(times) <= 20.0  # the longest film
        assert all(share == sorted(share, key=lambda film: int(film.name)) for share in shares)


def test_a_film_of_a_share_that_fails_does_not_stop_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    films = [WantedFilm(name, ((name,),), (), True, 1.0) for name in "abc"]
    drawn: list[str] = []

    def draw(commands: Sequence[tuple[str, ...]], store: Store, **_: object) -> dict[str, object]:
        ((name,),) = commands
        drawn.append(name)
        if name == "b":
            raise NotDrawn("the chalk broke", 65)
        return {}

    monkeypatch.setattr(drawing, "draw", draw)
    store = Store(tmp_path / "store", 10**6)
    share = partial(shares.draw_share, films, store, quiet=False, jobs=None, timeout=None)
    for _ in range(2):  # what was drawn is left out the second time
        with click.Context(click.Command("course")), pytest.raises(click.exceptions.Exit) as ended:
            share()
        assert ended.value.exit_code == 65
    assert drawn == ["a", "b", "c", "b"]
    said = capsys.readouterr().err
    assert said.count("Error: b: the chalk broke") == said.count("Failed: b.") == 2
    assert "1/3  a  as before" in said


def test_the_cache_has_room_for_all_of_a_course(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GD_CACHE", str(tmp_path))
    step = Step("", "", "", (), (), {}, {}, 1, ())
    for size, limit in ((10, LIMIT), (LIMIT, 3 * LIMIT)):
        store = course_store([Planned(step, (Expected("x", size=size), Expected("y")))])
        assert store is not None and store.limit == limit


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--on", "somewhere"], "--on must be dask://HOST:PORT or local:N (from 1 to 256), not "
         "'somewhere'"),
        (["--on", "local:0"], "--on must be dask://HOST:PORT or local:N (from 1 to 256), not "
         "'local:0'"),
        (["--share", "0/3"], "--share must be I/N with I from 1 to N, such as 2/8, not '0/3'"),
        (["--share", "4/3"], "--share must be I/N with I from 1 to N, such as 2/8, not '4/3'"),
        (["--share", "1/3", "--json"], "--share cannot be used with --json"),
        (["--share", "1/3", "--no-cache"], "--share cannot be used with --no-cache"),
    ],
)  # fmt: skip
def test_a_wrong_place_is_refused(
    refusal: Callable[..., tuple[int, str]], words: list[str], line: str
) -> None:
    assert refusal("course", *words) == (2, line)


def test_without_the_package_it_says_so(
    refusal: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = util.find_spec
    monkeypatch.setattr(
        "cli.console.extras.find_spec", lambda name: None if name == "distributed" else found(name)
    )
    code, line = refusal("course", "--on", "local:2")
    remedy = "start ./gd course --on, which installs it"
    assert (code, line) == (69, f"--on needs the package 'distributed'; {remedy}")


def test_what_differs_is_named_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANG", raising=False)
    theirs = parts(SOURCES)
    assert difference(theirs) == "its files have changed since it was started; start it again"
    theirs["variable", "LANG"] = "'ja_JP.UTF-8'"
    assert difference(theirs) == (
        "its variable LANG is 'ja_JP.UTF-8', here it is not set (set it alike on both)"
    )
    theirs["package", "manim"] = "0.21.0"
    del theirs["sources", "scenes"]
    assert difference(theirs) == "its files of gd differ (scenes), and 2 more parts"
