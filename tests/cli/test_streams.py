"""What is printed can be read and used, on any console; a broken standard error harms nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.console.streams import printable

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="shell and descriptors of POSIX")


def test_control_characters_are_shown_not_obeyed():
    assert printable("a\x1b[31mb\x07\x9b\r 随机\t\n") == "a\\x1b[31mb\\x07\\x9b\\r 随机\t\n"


@POSIX
def test_a_printed_path_can_be_opened(command, tmp_path):
    done = command("trace", "batch", "-o", "随机/", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert (tmp_path / done.stdout.removesuffix("\n")).is_file()


@POSIX
@pytest.mark.parametrize("stderr", ["2>&-", "2>/dev/full"])
def test_the_work_counts_not_standard_error(tmp_path, environment, stderr):
    """The data give notes, which cannot be written."""
    program = f"{sys.executable} {ROOT / 'render.py'}"
    done = subprocess.run(
        f"{program} trace batch --data '100,2 200,4' -o t.csv {stderr}",
        shell=True, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert "," in (tmp_path / "t.csv").read_text()
