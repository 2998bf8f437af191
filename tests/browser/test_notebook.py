"""The example notebook: run and exported as Jupyter does it, and its film played in Chromium."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.cells import code
from tests.browser.tab import Tab

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/film.ipynb"
TINY = 'quality="480p15", pace=4, no_captions=True, lang="en"'
# The kernel gets the signal of Jupyter's button "Interrupt" when the first frames are there.
INTERRUPTED = """
import os, signal
from gd_films.progress import NotebookBar
shown = NotebookBar.show
def show(*given, **named):
    shown(*given, **named)
    os.killpg(0, signal.SIGINT)
NotebookBar.show = show
film("sgd@first-epoch", quality="480p15")
"""
AFTER = """
import psutil
NotebookBar.show = shown
again = film("sgd@first-epoch", data=results, {tiny})
print("cached", again.cached, "processes", psutil.Process().children())
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="signals"),
]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The HTML of the notebook with a small film, an interrupted one, and the first one again."""
    folder = tmp_path_factory.mktemp("notebook")
    document = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    cells = document["cells"]
    assert all(not cell.get("outputs") for cell in cells)
    (shows,) = (cell for cell in cells if 'lang="en"' in "".join(cell["source"]))
    shows["source"] = "".join(shows["source"]).replace('lang="en"', TINY)
    cells += [code(INTERRUPTED, "raises-exception"), code(AFTER.format(tiny=TINY))]
    (folder / "film.ipynb").write_text(json.dumps(document), encoding="utf-8")
    own = dict.fromkeys(
        ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"),
        str(folder / "jupyter"),
    )
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "film.ipynb"],
        cwd=folder, env=os.environ | own | {"PYTHONPATH": str(ROOT)},
        capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "not able to be represented" not in done.stderr
    return folder / "film.html"


def test_its_film_plays_and_shows_its_captions(tab: Tab, export: Path) -> None:
    tab.open(export)
    scripts = [url for url in tab.refused if ".js" in url]  # of the export: it works without them
    assert tab.refused == scripts
    tab.refused.clear()
    seconds, *size = tab.loaded("video")
    assert size == [854, 480] and 2 < seconds < 6
    assert tab.find("video").evaluate("video => video.textTracks[0].mode") == "showing"
    cues = tab.cues("track")
    assert cues and all(text and 0 <= start < end <= seconds for start, end, text in cues)
    tab.find("video").evaluate("video => { video.playbackRate = 4 }")
    assert tab.play("video") == [pytest.approx(seconds)]


def test_a_caption_is_on_the_screen(tab: Tab, export: Path) -> None:
    tab.open(export)
    tab.refused.clear()
    (start, end, _), *_ = tab.cues("track")
    tab.seek("video", (start + end) / 2)
    pictures = []
    for mode in ("hidden", "showing"):
        tab.find("video").evaluate(
            """async (video, mode) => {
                video.controls = false;
                video.textTracks[0].mode = mode;
                for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
            }""",
            mode,
        )
        pictures.append(tab.picture("video").astype(int))
    changed = abs(pictures[0] - pictures[1]).max(axis=-1) > 100
    assert changed[: len(changed) // 2].sum() == 0  # they are below
    assert changed[len(changed) // 2 :].sum() > 500


def test_an_interrupt_stops_the_film_and_leaves_the_kernel(tab: Tab, export: Path) -> None:
    tab.open(export)
    tab.refused.clear()
    assert (
        "KeyboardInterrupt"
        in tab.find("[data-mime-type='application/vnd.jupyter.stderr']").inner_text()
    )
    *_, last = tab.find(".jp-RenderedText").all_inner_texts()
    assert last.strip() == "cached True processes []"


def test_the_cell_of_the_numbers(tab: Tab, export: Path) -> None:
    tab.open(export)
    tab.refused.clear()
    texts = tab.find(".jp-OutputArea-output").all_inner_texts()
    assert any(text.strip() == "True" for text in texts)
    assert any("samples" in text and "(0,)" in text for text in texts)
    assert not tab.find("progress").count()
