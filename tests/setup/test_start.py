"""A start of a finished checkout: what it passes on, and what it costs."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.setup.conftest import ROOT, Checkout

SCRIPTS = [
    "gd",
    ".ci/run",
    *(f"setup/{p.name}" for p in (ROOT / "setup").glob("*.sh")),
    "setup/renew",
]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_shell_accepts(script: str) -> None:
    checked = subprocess.run(["sh", "-n", ROOT / script], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_arguments_and_working_directory_are_passed_on(checkout: Checkout) -> None:
    ran = checkout.gd("video", "batch", "-o", "随机 梯度.mp4")
    assert ran.stdout == f"/ -S {checkout.root}/render.py video batch -o 随机 梯度.mp4\n"
    assert ran.stderr == ""


@pytest.mark.parametrize("status", [0, 2, 65, 130])
def test_the_exit_code_is_passed_on(checkout: Checkout, status: int) -> None:
    checkout.environment["STATUS"] = str(status)
    assert checkout.gd("list").returncode == status
    assert checkout.gd("test").returncode == status


def test_a_link_leads_to_the_checkout(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "bin" / "absolute").symlink_to(checkout.root / "gd")
    (tmp_path / "bin" / "relative").symlink_to(Path("..") / checkout.root.name / "gd")
    (tmp_path / "bin" / "twice").symlink_to("relative")
    for name in ("absolute", "relative", "twice"):
        ran = checkout.gd("list", gd=tmp_path / "bin" / name)
        assert ran.stdout == f"/ -S {checkout.root}/render.py list\n"
    assert checkout.log == []


def test_the_suite_runs_in_the_checkout_with_further_arguments(checkout: Checkout) -> None:
    pytest_command = f"{checkout.root} -m pytest -n 2 --dist loadfile"
    assert checkout.gd("test", "-k", "a b").stdout == f"{pytest_command} -k a b\n"
    assert checkout.gd("test", "--quick", "-x").stdout == f"{pytest_command} -m not slow -x\n"


def test_settings_of_other_projects_are_kept_out(checkout: Checkout) -> None:
    (checkout.venv / "bin" / "python").write_text(
        '#!/bin/sh\necho "${PYTHONPATH-}${PYTHONHOME-}"\n'
    )
    checkout.environment |= {"PYTHONPATH": "/elsewhere", "PYTHONHOME": "/elsewhere"}
    assert checkout.gd("list").stdout == "\n"


@pytest.mark.parametrize("home", [None, "/no/such/home"])
def test_a_home_that_is_not_there_is_replaced(checkout: Checkout, home: str | None) -> None:
    (checkout.venv / "bin" / "python").write_text('#!/bin/sh\necho "$HOME"\n')
    if home is not None:
        checkout.environment["HOME"] = home
    assert checkout.gd("list").stdout == f"{checkout.venv}\n"


def test_a_home_that_is_there_is_kept(checkout: Checkout, tmp_path: Path) -> None:
    (checkout.venv / "bin" / "python").write_text('#!/bin/sh\necho "$HOME"\n')
    checkout.environment["HOME"] = str(tmp_path)
    assert checkout.gd("list").stdout == f"{tmp_path}\n"


def test_a_checkout_that_cannot_be_written_to_still_starts(checkout: Checkout) -> None:
    before = sorted((p, p.stat().st_mtime_ns) for p in checkout.root.rglob("*"))
    assert checkout.gd("list").returncode == 0
    assert sorted((p, p.stat().st_mtime_ns) for p in checkout.root.rglob("*")) == before
    assert not os.path.exists(checkout.root / ".gd-lock")
