"""The locks: each pin has a hash, there is no address, everything in pyproject.toml is locked."""

import re
import tomllib
from itertools import combinations

import pytest

from tests.setup.conftest import ROOT

LOCKS = ("build", "films", "deck", "farm", "tests")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(name: str) -> dict[str, str]:
    """The locked version of each package."""
    text = (ROOT / "setup" / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_each_pin_has_hashes_and_no_address_is_named(name: str) -> None:
    text = (ROOT / "setup" / f"{name}.lock").read_text(encoding="utf-8")
    assert "//" not in text
    assert "index" not in text
    entries = re.split(r"\n(?=[a-z])", text.split("\n", 2)[2])
    assert len(entries) == len(pins(name)) > 4
    assert all("--hash=sha256:" in entry for entry in entries)


def test_packages_in_several_locks_have_one_version() -> None:
    for one, other in combinations(map(pins, LOCKS), 2):
        assert {one[name] == other[name] for name in one.keys() & other.keys()} <= {True}


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("films", PROJECT["project"]["dependencies"]),
        ("build", PROJECT["dependency-groups"]["build"]),
        ("deck", PROJECT["project"]["optional-dependencies"]["deck"]),
        ("farm", PROJECT["project"]["optional-dependencies"]["farm"]),
        ("tests", [line for line in PROJECT["dependency-groups"]["dev"] if isinstance(line, str)]),
        ("tests", PROJECT["dependency-groups"]["deck"]),
        ("tests", PROJECT["dependency-groups"]["farm"]),
    ],
)
def test_what_is_asked_for_is_locked(lock: str, asked: list[str]) -> None:
    names = {re.split(r"[\[<>=~ ]", line)[0] for line in asked}
    assert names <= pins(lock).keys()


@pytest.mark.parametrize("extra", ["deck", "farm"])
def test_an_extra_is_the_same_with_and_without_a_checkout(extra: str) -> None:
    assert PROJECT["project"]["optional-dependencies"][extra] == PROJECT["dependency-groups"][extra]


def test_manim_stays_below_the_new_renderer() -> None:
    assert pins("films")["manim"].startswith("0.22.")


def test_the_pinned_python_is_the_launchers_first_choice_and_in_range() -> None:
    pinned = (ROOT / ".python-version").read_text().strip()
    system = (ROOT / "setup" / "system.sh").read_text()
    accepted = re.search(r'^PYTHONS="([^"]+)"', system, flags=re.MULTILINE)
    assert accepted is not None
    minors = accepted.group(1).split()
    assert minors[0] == pinned
    after_last = int(minors[-1].split(".")[1]) + 1
    assert PROJECT["project"]["requires-python"] == f">={pinned},<3.{after_last}"
