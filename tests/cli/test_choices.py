"""What the films chose for the data: said in one line a film, and in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from scenes import FILMS

Invoke = Callable[..., Result]
FAR = "150,410 320,905 480,1333"  # L = 2*(150^2 + 320^2 + 480^2)/3 = 236866.67


def notes(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if line.startswith("Note: ")]


def test_the_note_names_the_rate_its_share_and_the_option(invoke: Invoke) -> None:
    """(7/75)/L = 3.94e-7, of which L is 0.092 after rounding to two digits."""
    (line,) = notes(invoke("trace", "batch", "--data", FAR))
    assert line == (
        "Note: batch: rate 3.9e-07 chosen for these data, 0.092/L; --lr sets it. "
        "Start w = 1.4 (--w0)."
    )


def test_for_sgd_the_share_is_smaller_if_samples_are_steeper(invoke: Invoke) -> None:
    """0.18/(2*480^2) = 3.91e-7 < 3.94e-7."""
    (line,) = notes(invoke("trace", "sgd", "--data", "1,2 2,4.1 9,17"))
    assert "rate 0.0011 chosen for these data, 0.063/L; --lr sets it." in line


@pytest.mark.parametrize(
    "words",
    [
        ("sgd",),
        ("sgd", "--data", "lecture"),
        ("sgd", "--lr", "0.5"),
        ("mini-batch",),
        ("optimizers",),
        ("sgd", "--data", FAR, "--lr", "1e-7", "--w0", "0"),
        ("sgd", "--data", FAR, "--quiet"),
    ],
)
def test_where_nothing_was_chosen_for_the_data_nothing_is_said(
    invoke: Invoke, words: tuple[str, ...]
) -> None:
    assert notes(invoke("trace", *words)) == []


def test_what_is_given_is_not_said_to_be_chosen(invoke: Invoke) -> None:
    (rate,) = notes(invoke("trace", "batch", "--data", FAR, "--w0", "0"))
    assert "--lr" in rate and "--w0" not in rate
    (start,) = notes(invoke("trace", "batch", "--data", FAR, "--lr", "1e-7"))
    assert "--w0" in start and "--lr" not in start


def test_several_rates_and_two_weights(invoke: Invoke) -> None:
    (rates,) = notes(invoke("trace", "learning-rate", "--data", FAR))
    assert "rates 3.9e-08, 3.9e-06, 7.9e-06, 9.1e-06 chosen for these data, " in rates
    assert "(0.0092, 0.92, 1.9, 2.2)/L; --rates sets them." in rates
    (plane,) = notes(invoke("trace", "plane", "--data", FAR))
    assert "/L; --lr sets it. Start w = " in plane and ", b = " in plane
    assert plane.endswith("(--w0, --b0).")


def test_a_rule_with_its_own_step_length_has_no_share(invoke: Invoke) -> None:
    (line,) = notes(invoke("trace", "batch", "--data", FAR, "--rule", "adam"))
    assert "/L" not in line and "chosen for these data; --lr sets it." in line


def test_fewer_epochs_are_said(invoke: Invoke) -> None:
    (line,) = notes(invoke("video", "sgd", "--dry-run", "--data", "random:n=30000"))
    assert "3 epochs, at most 100,000 sample gradients (--epochs)." in line
    (line,) = notes(invoke("video", "sgd", "--dry-run", "--data", "random:n=90000"))
    assert "1 epoch, at most" in line


def test_a_chosen_rate_that_creeps_is_said_with_one_that_works(invoke: Invoke) -> None:
    outlier = " ".join(f"{1 + k % 3},{2.1 + 2 * (k % 3)}" for k in range(60)) + " 65,130"
    (line,) = notes(invoke("trace", "compare", "--data", outlier))
    assert line.endswith("At rate 2.1e-05 batch is creeping; 0.00011 would do.")
    document = json.loads(invoke("trace", "compare", "--data", outlier, "--format", "json").stdout)
    assert document["chosen"]["faults"] == {"batch": "creeping"}
    assert document["chosen"]["works"] == 0.00011 and document["chosen"]["lr"] == 2.1e-05
    again = invoke("trace", "compare", "--data", outlier, "--lr", "0.00011")
    assert "At rate" not in again.stderr


@pytest.mark.parametrize(("rate", "found"), [("0.3", "diverging"), ("1e-5", "creeping")])
def test_a_given_rate_that_does_not_do_is_said_as_the_film_says_it(
    invoke: Invoke, rate: str, found: str
) -> None:
    """Note, document and the film's last caption name the same rate."""
    film = FILMS["batch"]
    captions, lesson = film.captions, film.lesson(lr=float(rate))
    key, numbers = captions.pick("result", captions.facts(lesson))
    assert key == f"result-{found}"
    better = numbers["better"]
    (line,) = notes(invoke("trace", "batch", "--lr", rate))
    assert line == f"Note: batch: At rate {float(rate):g} batch is {found}; {better} would do."
    document = json.loads(invoke("trace", "batch", "--lr", rate, "--format", "json").stdout)
    assert document["chosen"]["works"] == float(better)
    assert document["chosen"]["faults"] == {"batch": found}


def test_json_gives_what_was_chosen(invoke: Invoke) -> None:
    document = json.loads(invoke("trace", "batch", "--data", FAR, "--format", "json").stdout)
    chosen = document["chosen"]
    assert chosen.keys() == {"w0", "lr", "shares", "faults", "works"}
    assert (chosen["w0"], chosen["lr"]) == (1.4, 3.9e-07)
    L = 2 * (150**2 + 320**2 + 480**2) / 3
    assert chosen["shares"] == pytest.approx([3.9e-07 * L])
    assert chosen["faults"] == {} and chosen["works"] is None
    assert document["asked"]["lr"] == 3.9e-07
    lecture = json.loads(invoke("trace", "batch", "--format", "json").stdout)
    assert lecture["chosen"] == {}


def test_films_that_chose_the_same_share_a_line(invoke: Invoke) -> None:
    result = invoke("video", "all", "--data", "1,2.1 2,3.9 3,6.2", "--dry-run")
    lines = notes(result)
    named = [name for line in lines for name in line.split(": ")[1].split(", ")]
    assert len(named) == len(set(named)) and {"batch", "sgd", "compare", "code"} <= set(named)
    assert any(line.startswith("Note: batch, sgd, compare, code: rate 0.01 ") for line in lines)
    assert any(line.startswith("Note: plane, surface: rate 0.05 ") for line in lines)


def test_the_json_of_a_dry_run_gives_it_too(invoke: Invoke) -> None:
    done = invoke("video", "batch", "--data", FAR, "--dry-run", "--json", "--quiet")
    (file,) = json.loads(done.stdout)["files"]
    assert file["chosen"]["lr"] == 3.9e-07


@pytest.mark.slow
def test_a_film_s_json_gives_it_too(command: Callable[..., Any], tmp_path: Path) -> None:
    words = ("frame", "batch", "-q", "480p15", "--json", "--at", "1", "-o", "a.png")
    made = command(*words, "--data", FAR)
    (file,) = json.loads(made.stdout)["files"]
    assert file["chosen"]["lr"] == 3.9e-07 and "rate 3.9e-07 chosen" in made.stderr
    (file,) = json.loads(command(*words, "--quiet").stdout)["files"]
    assert file["chosen"] == {}
