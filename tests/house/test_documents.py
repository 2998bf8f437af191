"""The documents: their links and commands work, and each has a Chinese version."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.program import gd

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("examples/*.md")])
BOTH = ("course", "farm", "films", "formats", "install", "limits", "notebook", "options")
TWINS = ["README", *(f"docs/{name}" for name in BOTH)]
WORDS_MAX = 1200  # of the README
named = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


def blocks(page: Path) -> Iterator[str]:
    """The page's pieces of shell."""
    yield from re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def commands() -> list[str]:
    """Every command of ours in the documents, each once, except those with a NAME to fill in."""
    lines = (line for page in PAGES for block in blocks(page) for line in block.splitlines())
    ours = (shlex.split(line, comments=True) for line in lines if line.startswith("./gd "))
    return sorted({shlex.join(w[1:]) for w in ours if w[1] != "test" and "NAME" not in w})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the documents' commands name."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "points.csv").write_text("hours,score\n1,2.1\n2,3.9\n3,6.2\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@named
def test_links(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    missing = [link for link in targets if not (page.parent / link.partition("#")[0]).exists()]
    assert not missing, f"{page.name} links to nothing: {missing}"


def places(page: Path) -> set[str]:
    """The anchors of the headings, as GitHub makes them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = (heading.strip().lower() for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}


@named
def test_links_lead_to_headings(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s:]*\.md)?#([^)\s]+)\)", page.read_text(encoding="utf-8"))
    missing = [
        f"{file}#{place}" for file, place in links
        if place not in places(page.parent / file if file else page)
    ]  # fmt: skip
    assert not missing


@pytest.mark.parametrize("stem", TWINS)
def test_twins_have_the_same_shape(stem: str) -> None:
    """As many sections, tables' rows and commands in Chinese as in English."""

    def shape(ending: str) -> list[int]:
        text = (ROOT / f"{stem}{ending}").read_text(encoding="utf-8")
        kinds = (r"^#+ (?!\d\.)", r"^\| ", r"^(\./)?gd ", r"^pipx ")
        return [len(re.findall(kind, text, flags=re.MULTILINE)) for kind in kinds]

    assert shape(".md") == shape(".zh-CN.md")


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) < WORDS_MAX


def accepts(verb: str, option: str) -> bool:
    """Whether a command has an option."""
    return any(option in param.opts for param in gd.commands[verb].params)


@pytest.mark.parametrize("line", commands())
def test_commands(folder: Path, line: str) -> None:
    """Each command of the documents is accepted; those that have --dry-run make nothing."""
    words = shlex.split(line)
    dry = ["--dry-run"] if accepts(words[0], "--dry-run") else []
    done = CliRunner().invoke(gd, [*words, *dry])
    assert done.exit_code == 0, done.output


def test_the_chain_in_the_document_is_the_one_in_the_code() -> None:
    """docs/pipeline.md shows the list that pipeline/encoders/chain.py begins with."""
    code = ast.get_docstring(
        ast.parse((ROOT / "pipeline/encoders/chain.py").read_text(encoding="utf-8"))
    )
    assert code is not None
    listed = [line.removeprefix("    ") for line in code.splitlines() if line.startswith("    ")]
    page = (ROOT / "docs/pipeline.md").read_text(encoding="utf-8")
    shown = page.partition("<!-- chain -->\n")[2].partition("<!-- end of chain -->")[0]
    assert shown.strip().strip("`").strip("\n").splitlines() == listed
