"""docs/api.py makes a page for each module of gdcore."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gdcore

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pages, made by the documented command."""
    pytest.importorskip("pdoc", reason="the extra `docs` is not installed")
    folder = tmp_path_factory.mktemp("api")
    words = [sys.executable, "-W", "error", str(ROOT / "docs" / "api.py"), str(folder)]
    done = subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_module_has_a_page(pages: Path) -> None:
    names = {module.name for module in pkgutil.iter_modules(gdcore.__path__)}
    assert {path.stem for path in (pages / "gdcore").glob("*.html")} == names


def test_every_public_name_stands_in_the_overview(pages: Path) -> None:
    overview = (pages / "gdcore.html").read_text(encoding="utf-8")
    assert [name for name in gdcore.__all__ if f'id="{name}"' not in overview] == []


def test_products_are_not_taken_for_emphasis(pages: Path) -> None:
    """A formula with two stars needs backticks; otherwise Markdown sets a part in italics."""
    emphasis = re.compile(r"<em>[^<]*</em>")
    allowed = {"<em>reversal</em>", "<em>spectral radius</em>"}
    for path in pages.rglob("*.html"):
        found = set(emphasis.findall(path.read_text(encoding="utf-8")))
        assert found <= allowed, (path.name, found - allowed)


def test_arrays_have_their_own_name(pages: Path) -> None:
    page = (pages / "gdcore" / "theory.html").read_text(encoding="utf-8")
    assert "FloatArray" in page and "float64" not in page
