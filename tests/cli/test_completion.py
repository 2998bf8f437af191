"""Shell completion in the shells themselves: bash always, zsh and fish if installed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
CASES = [
    ("./gd vi", {"video"}),
    ("./gd video b", {"batch"}),
    ("./gd video batch --theme tr", {"transparent", "transparent-light"}),
    ("./gd trace sgd --order ", {"batch", "in-order", "shuffled", "random"}),
    ("'/some where/gd' frame sgd --asp", {"--aspect"}),
    ("gd trace batch --data le", {"lecture"}),
    ("gd gif batch@e", {"batch@epochs"}),
    ("gd gif sgd batch@start..f", {"batch@start..first-steps"}),
]

pytestmark = pytest.mark.slow


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


def answer(shell: str, script: str, env: dict[str, str]) -> str:
    result = subprocess.run(
        [shell, "-c", script], env=env, capture_output=True, text=True, timeout=60
    )
    assert result.stderr == ""
    return result.stdout


@pytest.mark.parametrize(("line", "expected"), CASES)
@needs("bash")
def test_bash(command: Command, environment: dict[str, str], line: str, expected: set[str]) -> None:
    registered = command("completion", "bash").stdout
    # bash gives the words as they were typed, with quotes.
    words = re.findall(r"'[^']*'|@|[^\s@]+|(?<= )$", line)
    script = (
        f"{registered}\nCOMP_WORDS=({shlex.join(words)}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        "_gd_completion; printf '%s\\n' \"${COMPREPLY[@]}\"; complete -p gd"
    )
    *found, registration = answer("bash", script, environment).splitlines()
    # bash itself has parted the word at @, and completes what begins with it.
    assert {word[word.find("@") :] if "@" in word else word for word in expected} == set(found)
    assert registration.endswith("_gd_completion gd")


@pytest.mark.parametrize(("line", "expected"), CASES)
@needs("fish")
def test_fish(command: Command, environment: dict[str, str], line: str, expected: set[str]) -> None:
    quoted = line.replace("'", "\\'")
    script = f"{command('completion', 'fish').stdout}\ncomplete -C '{quoted}'"
    found = answer("fish", script, environment).splitlines()
    assert {item.split("\t")[0] for item in found} == expected


@needs("zsh")
def test_zsh_reads_the_script(
    command: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "gd.zsh").write_text(command("completion", "zsh").stdout)
    script = (
        f"autoload -U compinit; compinit -u -d {tmp_path}/dump; source {tmp_path}/gd.zsh\n"
        "print $_comps[gd]"
    )
    assert answer("zsh", script, environment) == "_gd_completion\n"


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_what_zsh_is_told(command: Command, line: str, expected: set[str]) -> None:
    words = line.count(" ") - line.count("some where")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(words), "_GD_COMPLETE": "zsh_complete"}
    lines = command(env=asked).stdout.splitlines()
    assert set(lines[1::3]) == expected and set(lines[::3]) == {"plain"}


def test_data_completes_files(command: Command) -> None:
    asked = {"COMP_WORDS": "gd trace sgd --data poi", "COMP_CWORD": "4"}
    answer = command(env=asked | {"_GD_COMPLETE": "bash_complete"}).stdout
    assert answer.splitlines() == ["file,poi"]
