"""A notebook that was run and saved, opened in code-server, which is VS Code in a browser.

code-server is no part of this project's setup: it takes longer to install than these tests to run.
The tests run where it is found (`npm install --global code-server`).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame

from tests.browser.cells import code
from tests.browser.tab import Tab

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = "film.ipynb"
SETTINGS = {
    # Otherwise the text is shown if the notebook's part of VS Code has not started yet.
    "workbench.editorAssociations": {"*.ipynb": "jupyter-notebook"},
}
CELLS = """
from gd_films import film, finished
film("sgd@first-epoch", quality="480p15", pace=4, lang="zh", no_captions=True)
===
finished.EMBEDDED = 1  # so that the film stays a file beside the notebook
film("sgd@first-epoch", quality="480p15", pace=4, lang="en", no_captions=True)
"""
SECONDS = 60  # for a start of VS Code
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("code-server") is None, reason="there is no code-server"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a notebook with one film in it, and one beside it."""
    folder = tmp_path_factory.mktemp("vscode") / "lecture"
    folder.mkdir()
    cells = [code(source) for source in CELLS.split("===")]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / NOTEBOOK).write_text(json.dumps(notebook), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to=notebook", "--execute", "--inplace", NOTEBOOK],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, timeout=120,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of a VS Code that shows this folder."""
    own = folder.parent / "data"
    (own / "User").mkdir(parents=True)
    (own / "User/settings.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    words = ["code-server", "--auth", "none", "--bind-addr", "127.0.0.1:0"]
    words += ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"]
    with subprocess.Popen(
        [*words, "--config", str(own / "config.yaml"), "--user-data-dir", str(own), str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    ) as server:  # fmt: skip
        assert server.stdout is not None
        found = next(filter(None, (re.search(r"http://\S+:\d+", line) for line in server.stdout)))
        yield found[0]
        server.terminate()


@pytest.fixture
def output(tab: Tab, address: str, folder: Path) -> Iterator[Frame]:
    """The frame that shows what the cells have put out."""
    page = tab.page
    page.goto(f"{address}/?folder={folder}")
    page.get_by_role("treeitem", name=NOTEBOOK).dblclick(timeout=1000 * SECONDS)
    for _ in range(2 * SECONDS):
        page.wait_for_timeout(500)
        found = [frame for frame in page.frames if frame.locator("video").count() == 2]
        if found:
            break
    (frame,) = found
    yield frame
    own = ("ws://127.0.0.1:", "https://open-vsx.org/")  # VS Code's own requests
    tab.refused[:] = [refused for refused in tab.refused if not refused.startswith(own)]


def test_films_in_the_notebook_and_beside_it_play_to_their_ends(output: Frame) -> None:
    films = output.locator("video")
    loaded = films.evaluate_all("all => Promise.all(all.map(each => media.loaded(each)))")
    assert [size for _, *size in loaded] == [[854, 480]] * 2
    assert all(2 < seconds < 6 for seconds, *_ in loaded)
    sources = sorted(films.evaluate_all("all => all.map(each => each.currentSrc.slice(0, 15))"))
    assert sources[0] == "data:video/mp4;" and sources[1].startswith("http")
    ends = films.evaluate_all("all => Promise.all(all.map(each => media.play(each)))")
    assert ends == pytest.approx([seconds for seconds, *_ in loaded])


def test_subtitles_are_shown(output: Frame) -> None:
    tracks = output.locator("track")
    languages = tracks.evaluate_all("all => all.map(each => [each.srclang, each.track.mode])")
    assert sorted(languages) == [["en", "showing"], ["zh", "showing"]]
    for each in tracks.all():
        cues = each.evaluate("each => media.cues(each)")
        assert cues and all(text and 0 <= start < end for start, end, text in cues)
