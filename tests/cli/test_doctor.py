"""`doctor`: what it finds, and what it says when something is missing."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import Result
from packaging.requirements import Requirement

from cli.console import installation
from cli.verbs import checks, versions
from scenes.stage.page import fonts

ROOT = Path(__file__).resolve().parents[2]
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
    assert checks._package(Requirement("numpy>=2.2")).ok
    old = checks._package(Requirement("numpy>=99"))
    assert not old.ok and old.name == "numpy >=99" and old.found == metadata.version("numpy")
    absent = checks._package(Requirement("no-such-package"))
    assert not absent.ok and absent.found == "not installed" and "./gd" in absent.remedy


def test_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the project's; one that is not there is named, and nothing is missing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["optional-dependencies"]
    for name, packages in versions.extras().items():
        assert [each.name for each in packages] == [Requirement(each).name for each in asked[name]]
    assert versions.extras().keys() == asked.keys()
    lines = ["a; extra == 'deck'", "pip; extra == 'deck'", "pip; extra == 'voice'", "b"]
    monkeypatch.setattr(metadata, "requires", lambda name: lines)
    found = {check.name: check for check in checks.every_check() if "extra" in check.name}
    assert found["extra deck"].ok and "not installed: a;" in found["extra deck"].found
    assert found["extra voice"].found == f"pip {metadata.version('pip')}"


def test_remedies_of_an_installed_copy_name_no_file_of_the_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(installation, "_ROOT", tmp_path)
    monkeypatch.setattr(checks, "DISK_NEEDED", 1e30)
    found = list(checks.every_check())
    remedies = {check.name: check.remedy for check in found}
    assert not [remedy for remedy in remedies.values() if "./gd" in remedy or "setup/" in remedy]
    assert "pipx reinstall" in remedies["numpy >=2.2"]
    assert "pipx install --python" in remedies["Python >=3.11,<3.15"]


def test_without_metadata_it_says_that_the_program_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (checks, versions, installation):
        monkeypatch.setattr(module, "DISTRIBUTION", "no-such-package")
    first, second, *_ = checks.every_check()
    assert (first.name, first.ok) == ("no-such-package", False) and "./gd" in first.remedy
    assert second.name == "pango"
    assert installation.version() == "(not installed)"


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    assert checks._writable("folder", tmp_path, "").ok
    refused = checks._writable("folder", tmp_path / "missing", "use another")
    assert not refused.ok and refused.remedy == "use another"


def test_requirements_are_the_project_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = map(Requirement, project["dependencies"])
    assert [(r.name, r.specifier) for r in asked] == [
        (r.name, r.specifier) for r in versions.requirements()
    ]
    assert versions.python_range() == project["requires-python"]


@pytest.mark.parametrize("line", ["a; extra == 'notebook'", "a; python_version < '3'"])
def test_what_is_not_needed_here_is_not_asked_for(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: [line, "b>=1,<2; python_version > '3'"])
    assert [r.name for r in versions.requirements()] == ["b"]


def test_a_range_is_said_from_below() -> None:
    assert versions.spelled(Requirement("a<2,!=1.5,>=1").specifier) == ">=1,<2,!=1.5"


def test_a_damaged_font_is_named(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = fonts.find_face().path
    damaged = tmp_path / whole.name
    with whole.open("rb") as file:
        damaged.write_bytes(file.read(3000))
    monkeypatch.setattr(fonts, "_files", lambda: {whole.name: damaged})
    fonts.find_face.cache_clear()
    try:
        result = invoke("doctor")
    finally:
        fonts.find_face.cache_clear()
    assert result.exit_code == 69
    assert f"-> font: the font file {damaged} cannot be read" in result.stdout
