"""`doctor`: what it finds, and what it says when something is missing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import Result

from cli import checks
from cli.versions import admits, requirements

Invoke = Callable[..., Result]


def test_here_all_is_well(command: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    result = command("doctor", "--json")
    document = json.loads(result.stdout)
    assert result.returncode == 0 and document["ok"] is True, result.stdout
    found = {check["name"]: check["found"] for check in document["checks"]}
    assert found["manim >=0.22,<0.23"] == metadata.version("manim")
    assert {f"encoder {codec}" for codec in checks.ENCODERS} < found.keys()
    assert {"pango", "cairo", "typst", "font", "disk", "temporary folder"} < found.keys()


def test_what_is_missing_is_named_with_a_remedy(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"pango": "apt install libpango1.0-dev", "disk": "free some space"}

    def no_pango() -> str:
        raise OSError("libpango-1.0.so.0: cannot open\nshared object file")

    monkeypatch.setattr(checks, "_pango", no_pango)
    monkeypatch.setattr(checks, "DISK_NEEDED", 1e30)
    result = invoke("doctor")
    assert result.exit_code == 69
    lines = result.stdout.splitlines()
    missing = [line for line in lines if line.startswith("MISSING")]
    assert len(missing) == len(broken)
    assert "libpango-1.0.so.0: cannot open shared object file" in missing[0]
    for name, remedy in broken.items():
        assert any(line.startswith(f"-> {name}: ") and remedy in line for line in lines)
    document = json.loads(invoke("doctor", "--json").stdout)
    assert document["ok"] is False
    assert {check["name"] for check in document["checks"] if not check["ok"]} == set(broken)


def test_package_that_is_missing_or_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks._package(("numpy", ">=2.2")).ok
    old = checks._package(("numpy", ">=99"))
    assert not old.ok and old.name == "numpy >=99" and old.found == metadata.version("numpy")
    absent = checks._package(("no-such-package", ""))
    assert not absent.ok and absent.found == "not installed" and "./gd" in absent.remedy


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    assert checks._writable("folder", tmp_path, "").ok
    refused = checks._writable("folder", tmp_path / "missing", "use another")
    assert not refused.ok and refused.remedy == "use another"


@pytest.mark.parametrize(
    ("wanted", "version", "fits"),
    [
        (">=0.22,<0.23", "0.22.0", True),
        (">=0.22,<0.23", "0.22.1.post1", True),
        (">=0.22,<0.23", "0.23.0", False),
        (">=0.22,<0.23", "0.21.9", False),
        (">=17", "9.0", False),
        (">=3.11,<3.14", "3.13.2", True),
        ("", "1.0", True),
        ("==1.2", "1.2.0", True),
        ("!=1.2", "1.2", False),
    ],
)
def test_versions(wanted: str, version: str, fits: bool) -> None:
    assert admits(wanted, version) is fits


def test_requirements_are_the_project_s() -> None:
    assert dict(requirements())["manim"] == ">=0.22,<0.23"
