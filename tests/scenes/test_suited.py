"""Without --lr and --w0 every film suits its data: rates, starts, and what they lead to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gdcore.data import LECTURE, Dataset, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Fault
from gdcore.suited import two_digits
from scenes import FILMS, Film, KnobError, Lesson
from scenes.catalogue.choices import choices, name_of
from scenes.catalogue.lesson import UPDATES_MAX
from scenes.films.learning_rate.plan import rates_of

pytestmark = pytest.mark.slow

DESCENDING = [film for film in FILMS.values() if film.descents(film.lesson())]
WITH_DATA = [film for film in FILMS.values() if "data" in film.takes]

# Data sets of which none has an extreme outlier: there the rule promises that a film descends.
ODD = [
    "noisy", "random", "random:n=200", "random:n=7,w=-3,sigma=0", "random:n=50,w=0.01,sigma=2",
    "random:n=50,w=0,sigma=0", "random:n=1000,w=1000,sigma=100", "random:n=7000",
    "1,5", "-1,5", "3,0", "1e-9,1", "1e9,1", "1e-9,1e9 2e-9,3e9", "1e9,1e-9 2e9,3e-9",
    "2,5 2,6 2,7", "2,5 2,5 2,5", "1,0 2,0", "-1,1 1,1", "0,1 1,2", "0,0 0,3 5,1",
    "150,410 320,905 480,1333 610,1702", "-3,5 -1,2.2 -2,3.9",
    "1990,3.1 2000,4.2 2010,5.1 2020,5.8",
    "1e-15,2 3e-15,4", "1e15,2 3e15,4", "1,2 2,4 65,130", "1,1e12 2,-1e12 3,1e12",
]  # fmt: skip


def lesson_of(film: Film, data: str, **knobs: Any) -> Lesson:
    lesson = film.lesson(data=parse_data(data), **knobs)
    film.check(lesson)
    return lesson


@pytest.mark.parametrize("data", ODD)
@pytest.mark.parametrize("film", DESCENDING, ids=lambda film: film.name)
def test_no_film_diverges_or_creeps_on_odd_data(film: Film, data: str) -> None:
    lesson = lesson_of(film, data)
    found = choices(film, lesson)
    assert found.faults == {} and found.works is None
    assert {"lr", "w0"} <= found.knobs.keys()


@pytest.mark.parametrize("film", WITH_DATA, ids=lambda film: film.name)
def test_the_lectures_data_keep_the_lectures_values(film: Film) -> None:
    """Whether they are named or not; 1 and 0.01 in all films without a value of their own."""
    plain, named = film.lesson(), film.lesson(data=LECTURE)
    assert named.chosen == ()
    assert choices(film, named).document() == {}
    if film.name in ("cost-function", "batch", "sgd", "compare", "code"):
        assert (plain.w0, plain.lr) == (named.w0, named.lr) == (1.0, 0.01)
        assert film.lesson(data=LECTURE, **some(film, rule="momentum")).lr == 0.01


def some(film: Film, **knobs: Any) -> dict[str, Any]:
    """The knobs that the film takes."""
    return {knob: value for knob, value in knobs.items() if knob in film.takes}


@pytest.mark.parametrize("film", WITH_DATA, ids=lambda film: film.name)
def test_what_is_given_is_kept_and_the_rest_is_still_chosen(film: Film) -> None:
    data = "150,410 320,905"
    own = lesson_of(film, data)
    given = some(film, lr=0.01, rates=(0.01,))
    if given:
        lesson = lesson_of(film, data, **given)
        assert all(getattr(lesson, knob) == value for knob, value in given.items())
        assert lesson.w0 == own.w0 and not {"lr", "rates"} & set(lesson.chosen)
    lesson = lesson_of(film, data, w0=2.5)
    assert lesson.w0 == 2.5 and "w0" not in lesson.chosen
    assert "lr" not in film.takes or lesson.lr == own.lr


def test_the_note_s_share_is_that_of_the_films_own_cost() -> None:
    data = parse_data("1,2.5 2,4 4,9")
    x = np.array([1.0, 2.0, 4.0])
    for name in ("batch", "sgd", "gradient", "noise-ball", "plane"):
        film = FILMS[name]
        lesson = film.lesson(data=data)
        columns = np.column_stack([x, np.ones(3)]) if name == "plane" else x[:, None]
        L = np.linalg.eigvalsh(2 * columns.T @ columns / 3)[-1]
        assert choices(film, lesson).shares == pytest.approx([lesson.lr * L])
    assert choices(FILMS["batch"], FILMS["batch"].lesson(data=data)).shares[0] == pytest.approx(
        7 / 75, rel=0.05
    )


def test_a_larger_batch_may_have_a_larger_rate() -> None:
    data = Dataset(np.array([1.0, 1.0, 1.0, 20.0]), np.array([1.0, 2.0, 3.0, 40.0]))
    rates = [FILMS["sgd"].lesson(data=data, batch_size=m).lr for m in (1, 2, 4)]
    assert rates == sorted(rates) and rates[0] < rates[2]
    assert rates[2] == FILMS["batch"].lesson(data=data).lr
    code = FILMS["code"]
    assert code.lesson(data=data, order="batch").lr == rates[2] > code.lesson(data=data).lr


def test_several_rates_keep_their_shares_of_one_over_l() -> None:
    film, data = FILMS["learning-rate"], parse_data("150,410 320,905")
    lesson, lecture = film.lesson(data=data), film.lesson()
    shares = [rate * 28 / 3 for rate in rates_of(lecture)]
    L = (150**2 + 320**2) / 2 * 2
    assert rates_of(lesson) == tuple(two_digits(share / L) for share in shares)
    assert choices(film, lesson).shares == pytest.approx(shares, rel=0.05)


@pytest.mark.parametrize("film", WITH_DATA, ids=lambda film: film.name)
@pytest.mark.parametrize("n", [1001, 30_000])
def test_many_samples_mean_fewer_epochs_and_no_refusal(film: Film, n: int) -> None:
    lesson = lesson_of(film, f"random:n={n}")
    assert 1 <= lesson.epochs <= UPDATES_MAX // n
    if film.name == "batch":
        assert lesson.epochs == UPDATES_MAX // n and "epochs" in lesson.chosen
        with pytest.raises(KnobError, match="fewer epochs"):
            film.lesson(data=lesson.data, epochs=100)


def test_where_the_rule_cannot_promise_it_names_a_rate_that_works() -> None:
    """One sample of 60 outweighs all others: at SGD's rate batch descent creeps."""
    outlier = " ".join(f"{1 + k % 3},{2.1 + 2 * (k % 3)}" for k in range(60)) + " 65,130"
    film = FILMS["compare"]
    lesson = lesson_of(film, outlier)
    found = choices(film, lesson)
    assert found.faults == {"batch": Fault.CREEPING}
    assert found.works is not None and found.works > lesson.lr
    for trace in film.descents(lesson_of(film, outlier, lr=found.works)):
        goal = LeastSquares(lesson.data).minimiser().item()
        assert abs(trace.w[-1] - goal) < abs(lesson.w0 - goal) / 2, name_of(trace)


def test_data_on_which_w_changes_nothing_are_refused_by_their_reason() -> None:
    for film in WITH_DATA:
        if "b0" in film.takes:
            continue
        for data in ("0,1 0,2", "1e-200,1"):
            with pytest.raises(ValueError, match="cost does not depend on w"):
                film.check(film.lesson(data=parse_data(data)))
