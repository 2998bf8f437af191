"""Decks, the live slide, videos and the page of a course in Firefox, where the system has one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.deck.slides import Deck
from tests.browser.decks import HOSTILE, SIZE, STATE, made, written
from tests.browser.descents import DESCENDED, SCRIPT, compare
from tests.browser.films import FPS, FRAMES, VIDEOS, Films
from tests.browser.firefox import Firefox, started
from tests.browser.galleries import Course
from tests.browser.pictures import LIKE, opened, psnr

# As in setup/system.sh.
NAMES = ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")
VIDEO = '<video muted autoplay src="{}"></video>'
TITLE, ASK, LOOP, PLAY, END = 1, 2, 3, 4, 5
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One for all tests. Its pages ask nothing of other machines, and their console is empty."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no Firefox; `./gd test` installs it where the system has a package")
    with started(found, tmp_path_factory.mktemp("firefox"), *SIZE) as browser:
        yield browser
        assert browser.said == [] and browser.asked == []


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    return made(tmp_path_factory.mktemp("deck"))


def state(firefox: Firefox) -> dict[str, Any]:
    """Of the current slide: its number, its steps, its video."""
    return dict(firefox.run(STATE))


def wait(firefox: Firefox, **wanted: Any) -> dict[str, Any]:
    """Wait until the state has these values; the whole state."""
    return dict(firefox.wait(lambda: state(firefox), lambda seen: wanted.items() <= seen.items()))


@pytest.mark.parametrize("one_file", [True, False], ids=["one file", "folder"])
def test_a_deck(firefox: Firefox, deck: Deck, tmp_path: Path, one_file: bool) -> None:
    """Clips play to their end and hold; questions; back; a reload keeps the place."""
    firefox.open(written(deck, tmp_path / "100% deck #1.html", one_file=one_file))
    wait(firefox, slide=TITLE)
    firefox.press("ArrowRight")
    wait(firefox, slide=ASK, ended=True, over=True, question=False)
    shown = deck.slides[ASK - 1].shown
    assert shown is not None
    last = opened(shown.last)
    firefox.wait(lambda: psnr(firefox.picture(), last), lambda likeness: likeness >= LIKE)
    firefox.press("ArrowRight")
    wait(firefox, slide=ASK, question=True)
    firefox.press("ArrowRight")
    wait(firefox, slide=LOOP, playing=True, over=False)
    firefox.press("PageDown")
    wait(firefox, slide=PLAY, ended=True, over=True)
    firefox.press("ArrowLeft")
    wait(firefox, slide=PLAY, over=False, playing=True)
    firefox.press(" ")
    assert wait(firefox, playing=False)["time"] < 0.6
    firefox.press(" ")
    wait(firefox, ended=True, over=True)
    firefox.wait(lambda: firefox.run("() => location.hash"), lambda seen: seen == "#/slide-4/0")
    firefox.reload()
    wait(firefox, slide=PLAY, over=True, ended=True)
    firefox.press("End")
    wait(firefox, slide=END)
    texts = "() => [...document.querySelectorAll('#slide-5 code')].map(e => e.textContent)"
    assert firefox.run(texts) == list(HOSTILE)
    assert firefox.run("() => window.broken ?? 0") == 0


@pytest.mark.parametrize("name", ["lecture", "noisy", "heights"])
def test_live_numbers(firefox: Firefox, tmp_path: Path, name: str) -> None:
    """Not those in which rates far too large make the last digit of Adam's powers count."""
    page = tmp_path / "live.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><script>{SCRIPT}</script>", "utf-8")
    firefox.open(page)
    compare(name, lambda asked: str(firefox.run(DESCENDED, asked)))


def test_videos_play_to_their_end(firefox: Firefox, films: Films) -> None:
    page = films.folder / "firefox.html"
    page.write_text("<!doctype html>" + "".join(map(VIDEO.format, VIDEOS)), "utf-8")
    firefox.open(page)
    script = "() => [...document.querySelectorAll('video')].map(v => v.ended && v.currentTime)"
    seconds = firefox.wait(lambda: firefox.run(script), all)
    assert seconds == pytest.approx([FRAMES / FPS] * len(VIDEOS), abs=0.001)


def test_the_page_of_a_course(firefox: Firefox, tmp_path: Path) -> None:
    """From the disk: the address opens the player, which has the subtitles from beside the film."""
    course = Course.made(tmp_path)
    firefox.open(course.page, "#week-1/sgd")
    opened_player = "() => document.querySelector('dialog[open] video')?.readyState > 2"
    firefox.wait(lambda: firefox.run(opened_player), bool)
    # It begins with sound, which needs a click first.
    firefox.run(
        "() => { const v = document.querySelector('dialog video'); v.muted = true; v.play(); }"
    )
    played = "() => document.querySelector('dialog[open] video')?.ended ?? false"
    firefox.wait(lambda: firefox.run(played), bool)
    firefox.run("() => { document.querySelector('dialog track').track.mode = 'hidden'; }")
    cues = """() => [...document.querySelector('dialog track').track.cues ?? []].map(
        cue => [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent])"""
    assert firefox.wait(lambda: firefox.run(cues), bool) == [[0, 1, "字幕 <i>"]]
    assert firefox.run("() => document.title") == HOSTILE[1]
    assert firefox.run("() => window.broken ?? 0") == 0
