"""`list`, and what the commands say without rendering anything."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cli.console.installation import DISTRIBUTION
from cli.console.language import default_language
from cli.console.tables import clock
from programs.columns import columns_of
from scenes import FILMS, Film, KnobError, Telling

Invoke = Callable[..., Result]
Finished = subprocess.CompletedProcess[str]
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_list(invoke: Invoke, lang: str) -> None:
    rows = invoke("list", "--lang", lang).stdout.splitlines()
    starts = set()
    for film, row, below in zip(FILMS.values(), rows[::2], rows[1::2], strict=True):
        name, length, *_ = row.split()
        assert name == film.name and length == clock(film.seconds(film.lesson()))
        said = f"{film.title(lang)} · {film.summary(lang)}"
        assert row.endswith(said)
        assert below.strip() == ", ".join(section.name for section in film.sections)
        starts |= {columns_of(row) - columns_of(said), len(below) - len(below.lstrip())}
    assert len(starts) == 1  # the columns line up, in Chinese too


def test_list_as_json(invoke: Invoke) -> None:
    films = json.loads(invoke("list", "--json", "--pace", "2").stdout)
    assert [film["name"] for film in films] == list(FILMS)
    for film in films:
        known = FILMS[film["name"]]
        seconds = known.seconds(known.lesson(), Telling(pace=2))
        assert film["seconds"] == pytest.approx(seconds, abs=1e-3)
        assert [section["name"] for section in film["sections"]] == [
            section.name for section in known.sections
        ]
        assert film["takes"] == list(known.takes)
        total = sum(section["seconds"] for section in film["sections"])
        assert total == pytest.approx(film["seconds"], abs=0.01)


def test_list_says_which_films_the_knobs_do_not_fit(invoke: Invoke) -> None:
    films = json.loads(invoke("list", "--json", "--order", "random").stdout)
    refused = {film["name"]: film["refused"] for film in films}
    assert refused["sgd"] is None
    assert refused["batch"].startswith("--order: ")
    assert (
        "cannot be shown with these options: --order: "
        in invoke("list", "--order", "random").stdout
    )


def test_all_films_are_those_that_take_the_knobs(invoke: Invoke) -> None:
    done = invoke("video", "all", "--order", "random", "--dry-run", "--json")
    made = [row["film"] for row in json.loads(done.stdout)["files"]]
    willing = [film.name for film in FILMS.values() if takes(film, order="random")]
    assert made == willing and "batch" not in made
    for name in FILMS:
        assert (f"Note: {name} is left out: --order: " in done.stderr) == (name not in willing)
    assert not invoke("video", "all", "--order", "random", "--dry-run", "--quiet").stderr


def test_data_that_a_film_cannot_show_leave_the_others(invoke: Invoke) -> None:
    """No noise: a line through the origin fits, so all samples have the same minimum."""
    data = ("--data", "0,1 1,2 2,4")
    films = json.loads(invoke("list", "--json", *data).stdout)
    refused = {film["name"]: film["refused"] for film in films if film["refused"]}
    assert list(refused) == ["noise-ball", "momentum", "optimizers", "landscape"]
    assert "no noise" in refused["noise-ball"]
    done = invoke("video", "all", "--dry-run", "--json", *data)
    assert done.exit_code == 0 and "Note: noise-ball is left out: --data: " in done.stderr
    made = [row["film"] for row in json.loads(done.stdout)["files"]]
    assert "noise-ball" not in made and "sgd" in made


def takes(film: Film, **knobs: Any) -> bool:
    """Whether the film can be shown with these knobs."""
    try:
        film.check(film.lesson(**knobs))
    except KnobError:
        return False
    return True


@pytest.mark.parametrize(
    ("settings", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_TW.Big5"}, "zh"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "en"),
        ({}, "en"),
    ],
)
def test_language_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], lang: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert default_language() == lang


def test_version(invoke: Callable[..., Result]) -> None:
    result = invoke("--version")
    assert (result.exit_code, result.stdout) == (0, f"gd {metadata.version(DISTRIBUTION)}\n")


QUICK = (["--help"], ["list"], ["trace", "sgd"], ["video", "--help"], ["video", "all", "--dry-run"])


@pytest.mark.parametrize("words", QUICK, ids=" ".join)
def test_quick_commands_import_neither_manim_nor_pyav(
    words: list[str], environment: dict[str, str]
) -> None:
    code = (
        "import sys\n"
        "from cli.program import gd\n"
        "try: gd()\n"
        "finally: print(sorted({'manim', 'av', 'fontTools'} & set(sys.modules)), file=sys.stderr)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert result.returncode == 0
    assert result.stderr == "[]\n"


@pytest.mark.parametrize("words", QUICK[:3], ids=" ".join)
def test_quick_commands_answer_in_half_a_second(
    command: Callable[..., Finished], words: list[str]
) -> None:
    # Processor time, and the best of three: the tests may share the machine with others.
    best = min(_processor_time(lambda: command(*words)) for _ in range(3))
    assert best < 0.5


def _processor_time(run: Callable[[], Finished]) -> float:
    before = os.times()
    assert run().returncode == 0
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


def test_a_console_without_chinese(command: Callable[..., Finished]) -> None:
    gbk = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    result = command("list", "--lang", "zh", env=gbk, encoding="gbk")
    assert result.returncode == 0 and FILMS["sgd"].title("zh") in result.stdout
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = command("list", "--lang", "zh", env=ascii_only)
    assert result.returncode == 0 and "????" in result.stdout
    result = command("list", "--lang", "zh", "--json", env=ascii_only)
    titles = [film["title"] for film in json.loads(result.stdout)]
    assert titles == [film.title("zh") for film in FILMS.values()]


@pytest.mark.parametrize("home", ["/nonexistent", "", "/proc"])
def test_home_that_cannot_be_written(command: Callable[..., Finished], home: str) -> None:
    assert command("list", env={"HOME": home}).returncode == 0


def test_without_its_packages_it_says_so_in_one_line() -> None:
    # -S leaves out site-packages, as in a Python without the films' packages.
    code = "import sys; sys.argv = ['gd', 'list']; from cli.start import main; main()"
    result = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 69
    assert result.stderr.startswith("Error: ") and "./gd" in result.stderr
    assert result.stderr.count("\n") == 1


def test_warnings_about_the_source_of_pydub_are_not_shown() -> None:
    warn = "warnings.warn_explicit('escape', SyntaxWarning, {!r}, 1)"
    calls = map(warn.format, ("/site-packages/pydub/utils.py", "/films/mine.py"))
    code = f"import warnings; from cli.start import prepare; prepare(); {'; '.join(calls)}"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0
    assert "mine.py" in result.stderr and "pydub" not in result.stderr


def test_nobody_reads_on(environment: dict[str, str]) -> None:
    trace = shlex.join([sys.executable, str(ROOT / "render.py"), "trace", "sgd"])
    script = f"{trace} --epochs 3000 --format csv | head -n 1; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, text=True, timeout=60
    )
    assert result.stdout.splitlines()[-1] == "141"
    assert result.stderr == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_standard_output_on_a_full_disk(environment: dict[str, str]) -> None:
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [sys.executable, str(ROOT / "render.py"), "trace", "batch"],
            stdout=full, stderr=subprocess.PIPE, env=environment, text=True, timeout=60,
        )  # fmt: skip
    assert result.returncode == 74
    assert result.stderr.startswith("Error: cannot write to standard output: ")
