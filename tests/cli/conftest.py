"""The real command in its own process, and click's runner for tests that need no process."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline.cache import surroundings

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = Path(__file__).with_name("stand_in.py")
Finished = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """This process's environment in English, without variables that change streams or language."""
    dropped = ("LC_ALL", "LC_MESSAGES", "PYTHONUNBUFFERED", "PYTHONIOENCODING", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {"LANG": "en_US.UTF-8", "PYTHONUTF8": "1"}


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test's own cache, empty."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def command(tmp_path: Path, environment: dict[str, str], cache: Path) -> Callable[..., Finished]:
    """``command("list", "--json")`` runs render.py, standard input closed, in an empty folder."""

    def run(*words: str, program: Path = ROOT / "render.py", **settings: Any) -> Finished:
        env = environment | {"GD_CACHE": str(cache)} | settings.pop("env", {})
        return subprocess.run(
            [sys.executable, str(program), *words],
            cwd=settings.pop("cwd", tmp_path),
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding=settings.pop("encoding", "utf-8"),
            timeout=120,
        )

    return run


@pytest.fixture
def stand_in(command: Callable[..., Finished]) -> Callable[..., Finished]:
    """Like ``command``, with the stand-in films of stand_in.py."""

    def run(*words: str, **settings: Any) -> Finished:
        return command(*words, program=STAND_IN, **settings)

    return run


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Callable[..., Result]:
    """``invoke("list")`` runs a command within this process, in an empty folder."""
    from cli.program import gd

    monkeypatch.chdir(tmp_path)
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("GD_CACHE", str(cache))
    # What the process began with is remembered for the films that it makes: here with this LANG.
    fresh = functools.cache(surroundings._installed)
    monkeypatch.setattr(surroundings, "_installed_at_start", fresh)

    def run(*words: str) -> Result:
        result = CliRunner().invoke(gd, words)
        assert isinstance(result.exception, (SystemExit, type(None))), result.exception
        return result

    return run


@pytest.fixture
def refusal(invoke: Callable[..., Result]) -> Callable[..., tuple[int, str]]:
    """Runs a command that must be refused; returns its exit code and its one line."""

    def run(*words: str) -> tuple[int, str]:
        result = invoke(*words)
        lines = result.stderr.splitlines()
        assert len(lines) == 1 and lines[0].startswith("Error: "), result.stderr
        assert result.stdout == ""
        return result.exit_code, lines[0].removeprefix("Error: ")

    return run
