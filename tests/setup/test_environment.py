"""How .venv is made, completed and repaired."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.setup.conftest import Checkout

pytestmark = pytest.mark.slow


def appears(path: Path, seconds: float = 10) -> bool:
    """Whether the path exists within so many seconds."""
    end = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return path.exists()


def test_the_first_start_installs_from_the_locks(fresh: Checkout) -> None:
    ran = fresh.gd("video", "batch")
    assert ran.stdout == f"/ -S {fresh.root}/render.py video batch\n"
    made, *installs = fresh.log
    assert made == f"-m venv {fresh.venv}"
    hashed = "-m pip install -q --no-build-isolation --require-hashes -r"
    assert installs == [
        f"{hashed} {fresh.root}/setup/build.lock",
        f"{hashed} {fresh.root}/setup/films.lock",
        f"-m pip install -q --no-build-isolation --no-deps --no-index -e {fresh.root}",
    ]
    assert not (fresh.root / ".gd-lock").exists()


@pytest.mark.parametrize(
    ("words", "lock"),
    [
        (["deck"], "deck.lock"),
        (["test"], "tests.lock"),
        (["course", "term.toml", "--on", "local:2"], "farm.lock"),
        (["course", "--on=local:2"], "farm.lock"),
    ],
)
def test_what_a_command_needs_is_installed_when_it_is_first_used(
    fresh: Checkout, words: list[str], lock: str
) -> None:
    fresh.gd("list")
    fresh.gd("course", "--only")
    before = len(fresh.log)
    for _ in range(2):
        assert fresh.gd(*words).returncode == 0
    assert [line.rsplit("/", 1)[1] for line in fresh.log[before:]] == [lock]


def test_a_second_start_installs_nothing(checkout: Checkout) -> None:
    checkout.gd("list")
    checkout.gd("test")
    assert checkout.log == []


@pytest.mark.parametrize("changed", ["setup/build.lock", "setup/films.lock", "pyproject.toml"])
def test_what_changed_is_installed_into_the_same_environment(
    checkout: Checkout, changed: str
) -> None:
    (checkout.venv / "kept").touch()
    with (checkout.root / changed).open("a") as file:
        file.write("# renewed\n")
    assert checkout.gd("list").returncode == 0
    assert len(checkout.log) == 3
    assert (checkout.venv / "kept").exists()


def test_an_environment_made_by_hand_is_finished_not_destroyed(checkout: Checkout) -> None:
    for stamp in checkout.venv.glob("gd-*"):
        stamp.unlink()
    (checkout.venv / "kept").touch()
    assert checkout.gd("list").returncode == 0
    assert (checkout.venv / "kept").exists()
    assert not any(line.startswith("-m venv") for line in checkout.log)


def test_an_unfinished_environment_is_built_anew(checkout: Checkout) -> None:
    (checkout.venv / "gd-unfinished").touch()
    (checkout.venv / "half-a-package").touch()
    ran = checkout.gd("list")
    assert ran.returncode == 0
    assert "building .venv again" in ran.stderr
    assert not (checkout.venv / "half-a-package").exists()
    assert not (checkout.venv / "gd-unfinished").exists()


@pytest.mark.parametrize("broken", ["dangling", "failing"])
def test_an_environment_whose_python_is_gone_is_built_anew(checkout: Checkout, broken: str) -> None:
    python = checkout.venv / "bin" / "python"
    python.unlink()
    if broken == "dangling":
        python.symlink_to("/nowhere/python3.11")
    else:
        python.write_text("#!/bin/sh\nexit 127\n")
        python.chmod(0o755)
        (checkout.venv / "gd-films").unlink()
    assert checkout.gd("list").returncode == 0
    assert checkout.log[0] == f"-m venv {checkout.venv}"


def test_a_moved_checkout_is_mended(checkout: Checkout) -> None:
    checkout.root = checkout.root.rename(checkout.root.with_name("讲座 moved"))
    ran = checkout.gd("list")
    assert ran.stdout == f"/ -S {checkout.root}/render.py list\n"
    assert f"-e {checkout.root}" in checkout.log[-1]


def test_when_pip_fails_one_line_says_so_and_what_worked_is_kept(checkout: Checkout) -> None:
    (checkout.root / "setup" / "films.lock").write_text("renewed\n")
    (checkout.venv / "kept").touch()
    checkout.environment["PIP_STATUS"] = "1"
    ran = checkout.gd("list")
    assert ran.returncode == 69
    assert "pip could not install" in ran.stderr.splitlines()[-1]
    del checkout.environment["PIP_STATUS"]
    assert checkout.gd("list").returncode == 0
    assert (checkout.venv / "kept").exists()


def test_uv_is_used_by_those_who_told_it_where_to_install_from(fresh: Checkout) -> None:
    fresh.command("uv", 'echo uv "$@" >>"$LOG"')
    fresh.environment["UV_DEFAULT_INDEX"] = "https://mirror.example/simple"
    assert fresh.gd("list").returncode == 0
    assert all(line.startswith("uv pip install") for line in fresh.log[1:])
    assert len(fresh.log) == 4


def test_two_first_starts_at_once_install_once(fresh: Checkout) -> None:
    fresh.environment["PIP_SECONDS"] = "0.3"
    both = [fresh.start("list"), fresh.start("list")]
    for process in both:
        with process:
            out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert out == f"/ -S {fresh.root}/render.py list\n"
    assert len(fresh.log) == 4


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_set_up_and_all_that_it_started(
    fresh: Checkout, sent: signal.Signals, status: int
) -> None:
    fresh.environment["PIP_SECONDS"] = "30"
    with fresh.start("list") as process:
        assert appears(Path(fresh.environment["LOG"]))
        time.sleep(0.2)
        begin = time.monotonic()
        process.send_signal(sent)
        process.communicate(timeout=10)  # ends when the last process that holds the pipes has ended
    assert process.returncode == status
    assert time.monotonic() - begin < 2
    assert not (fresh.root / ".gd-lock").exists()
    assert (fresh.venv / "gd-unfinished").exists()


def test_the_lock_of_a_killed_start_is_taken_within_a_second(checkout: Checkout) -> None:
    lock = checkout.root / ".gd-lock"
    lock.mkdir()
    (lock / "owner").write_text(f"{os.getpid()} 1\n")  # a living process with it, started later
    (checkout.venv / "gd-films").unlink()
    begin = time.monotonic()
    assert checkout.gd("list").returncode == 0
    assert time.monotonic() - begin < 1.5
    assert not lock.exists()


def test_a_killed_start_is_repaired_by_the_next(fresh: Checkout) -> None:
    fresh.environment["PIP_SECONDS"] = "30"
    with fresh.start("list") as killed:
        assert appears(Path(fresh.environment["LOG"]))
        assert appears(fresh.root / ".gd-lock" / "child")
        time.sleep(0.2)
        killed.kill()
        fresh.environment["PIP_SECONDS"] = "0"
        assert fresh.gd("list").returncode == 0
        killed.communicate(timeout=10)  # what it had started was ended too
    assert not (fresh.root / ".gd-lock").exists()


def test_a_full_or_forbidden_disk_is_told(fresh: Checkout) -> None:
    fresh.command("mkdir", "exit 1")
    shutil.rmtree(fresh.venv, ignore_errors=True)
    ran = fresh.gd("list")
    assert ran.returncode == 73
    assert len(ran.stderr.splitlines()) == 1
    assert str(fresh.root) in ran.stderr
