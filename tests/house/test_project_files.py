"""Versions and tools that several files of the project name are the same in all."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> str:
    """The text of one of the project's files."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_names_the_projects_version_title_and_license() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    fields = dict(re.findall(r"^(\w+): (.+)$", read("CITATION.cff"), flags=re.MULTILINE))
    assert fields["version"] == project["version"]
    assert fields["title"] == project["name"]
    assert fields["license"] == project["license"]
    assert project["description"] in read("CITATION.cff")


def test_the_hosted_checks_run_on_the_launchers_pythons() -> None:
    accepted = re.search(r'^PYTHONS="([^"]+)"', read("setup/system.sh"), flags=re.MULTILINE)
    assert accepted is not None
    lists = re.findall(r"python: \[(.+)\]", read(".github/workflows/ci.yml"))
    assert len(lists) == 2
    assert all(re.findall(r"[\d.]+", found) == accepted[1].split() for found in lists)


def test_the_hosted_checks_call_the_same_commands() -> None:
    hosted = read(".github/workflows/ci.yml")
    assert "run: .ci/run\n" in hosted
    tools = re.findall(r"^\.venv/bin/python (-m .+)$", read(".ci/run"), flags=re.MULTILINE)
    assert len(tools) == 2
    assert [tool for tool in tools if rf".venv\Scripts\python {tool}" not in hosted] == []
    locks = {path.name for path in (ROOT / "setup").glob("*.lock")}
    assert set(re.findall(r"setup\\(\w+\.lock)", hosted)) == locks


def test_the_hooks_before_a_commit_are_the_checks_after_it() -> None:
    entries = re.findall(r"entry: (.+)$", read(".pre-commit-config.yaml"), flags=re.MULTILINE)
    checks = [line.removesuffix(" .") for line in read(".ci/run").splitlines()]
    assert entries
    assert [entry for entry in entries if entry not in checks] == []


def test_a_report_of_a_bug_asks_for_the_doctor() -> None:
    assert "gd doctor --json" in read(".github/ISSUE_TEMPLATE/bug.yml")
