"""Every verb and every option has a help text with an example, and stands in both READMEs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from render import gd

ROOT = Path(__file__).resolve().parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
VERBS = list(gd.commands)
KNOBS = {
    "--data", "--w0", "--b0", "--lr", "--rates", "--epochs", "--order", "--batch-size", "--rule",
    "--rules", "--landscape", "--schedule", "--seed",
}  # fmt: skip


def options(verb: str) -> Iterator[click.Option]:
    yield from (param for param in gd.commands[verb].params if isinstance(param, click.Option))


def long_names(verb: str) -> set[str]:
    return {max(option.opts, key=len) for option in options(verb)}


def test_the_verbs() -> None:
    makers = ["video", "gif", "frame", "sheet"]
    assert ["list", *makers, "trace", "cache", "doctor", "completion"] == VERBS


@pytest.mark.parametrize("verb", ["list", "video", "gif", "frame", "sheet", "trace"])
def test_all_knobs_are_there(verb: str) -> None:
    assert long_names(verb) >= KNOBS | {"--debug"}


@pytest.mark.parametrize("verb", ["video", "gif", "frame", "sheet"])
def test_what_makes_pictures_takes_the_same_options(verb: str) -> None:
    shared = {"--lang", "--theme", "--pace", "--duration", "--aspect", "--output", "--dry-run"}
    assert long_names(verb) >= shared | {"--quiet", "--json", "--no-cache"}


@pytest.mark.parametrize("verb", VERBS)
def test_help(invoke: Callable[..., Result], verb: str) -> None:
    result = invoke(verb, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Examples?:\n +(eval \"\$\()?gd {verb}\b", result.stdout)
    assert "./gd " not in result.stdout.partition("Example")[2]
    for option in options(verb):
        assert option.help and option.help[0].isupper() and option.help.endswith((".", ".)"))
        assert all(name in result.stdout for name in option.opts)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_readme(readme: Path, verb: str) -> None:
    if not readme.exists():
        pytest.skip(f"{readme.name} is not written yet")
    text = readme.read_text(encoding="utf-8")
    assert f"./gd {verb}" in text
    missing = [name for name in long_names(verb) if not re.search(rf"`{name}[ `=]", text)]
    assert not missing, f"{readme.name} says nothing about {', '.join(sorted(missing))}"
