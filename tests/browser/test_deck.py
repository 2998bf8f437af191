"""Decks in Chromium, as a lecturer uses them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from cli.deck.slides import Deck
from tests.browser.decks import HOSTILE, SCENE, Page, made, written
from tests.browser.pictures import LIKE, Picture, opened, psnr
from tests.browser.server import served
from tests.browser.tab import Tab

TITLE, ASK, LOOP, PLAY, END = 1, 2, 3, 4, 5
LIVE = END  # where a deck has it
PHONE = {"width": 390, "height": 844}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    return made(tmp_path_factory.mktemp("deck"))


@pytest.fixture(scope="module")
def file(deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deck in one file."""
    return written(deck, tmp_path_factory.mktemp("alone") / "deck.html", one_file=True)


@pytest.fixture
def page(tab: Tab) -> Iterator[Page]:
    """A page without a deck yet. Nothing may be said on its console."""
    page = Page.of(tab)
    yield page
    assert page.said == []


def still(deck: Deck, slide: int, end: str) -> Picture:
    """The first or the last picture of the clip of a slide, as it was drawn."""
    return opened(getattr(deck.slides[slide - 1].shown, end))


@pytest.mark.parametrize("place", ["one file", "folder", "hosted"])
def test_from_start_to_end(page: Page, deck: Deck, file: Path, tmp_path: Path, place: str) -> None:
    """Each clip plays by itself and holds; then comes the question; a loop goes round."""
    beside = written(deck, tmp_path / "100% deck #1.html")
    with served(tmp_path) as address:
        if place == "hosted":
            page.tab.page.goto(f"{address}/100%25%20deck%20%231.html")
        else:
            page.tab.open(file if place == "one file" else beside)
        page.wait(slide=TITLE)
        page.press("ArrowRight")
        held = page.wait(slide=ASK, ended=True, over=True)
        assert held["time"] == pytest.approx(0.6, abs=0.01) and not held["question"]
        page.wait_for_picture(still(deck, ASK, "last"))
        page.press("ArrowRight")
        page.wait(slide=ASK, ended=True, question=True)
        page.press("ArrowRight")
        page.wait(slide=LOOP, playing=True)
        page.tab.page.wait_for_function(
            "() => { const at = document.querySelector('.present video').currentTime;"
            "const back = at < window.before; window.before = at; return back; }",
            polling=20,
        )
        assert not page.state()["over"]
        page.press("PageDown")
        page.wait(slide=PLAY, ended=True, over=True)
        page.wait_for_picture(still(deck, PLAY, "last"))
        page.press("ArrowRight", "ArrowRight", "ArrowRight")
        assert page.state()["slide"] == END


def test_back_pause_and_reload(page: Page, deck: Deck, file: Path) -> None:
    page.tab.open(file)
    page.press("ArrowRight")
    page.wait(slide=ASK, playing=True)
    page.press("Space")
    assert page.wait(playing=False)["time"] < 0.6
    page.press("Space")
    page.wait(playing=True)
    page.press("ArrowRight")  # before the end: to the end
    page.wait(slide=ASK, over=True, ended=True, question=False)
    page.press("ArrowRight", "ArrowLeft")  # from the question: again from the start
    page.wait(slide=ASK, over=False, question=False, playing=True)
    page.wait(slide=ASK, ended=True)
    page.press("ArrowRight", "ArrowRight", "ArrowLeft")  # to the next slide, and back to the end
    page.wait(slide=ASK, ended=True, question=True)
    page.tab.page.wait_for_function("() => location.hash === '#/slide-2/1'")
    page.tab.page.reload()
    page.wait(slide=ASK, question=True, ended=True, muted=True)  # in its place, and silent
    page.press("Space")  # again; a key was pressed, so there may be sound
    page.wait(slide=ASK, question=False, playing=True, muted=False)
    page.press("ArrowLeft")
    assert page.state()["slide"] == TITLE
    video = page.tab.find("#slide-2 video")
    paused, at = video.evaluate("each => [each.paused, each.currentTime]")
    assert paused and at < 0.02  # the frame it is at begins at 0
    page.press("End", "Alt+ArrowLeft")
    page.wait(slide=PLAY, over=True)


def test_mouse_bar_and_keys(page: Page, file: Path) -> None:
    """All that keys do can be done with the mouse; a button does not keep the space bar."""
    page.tab.open(file)
    page.tab.find(".present [data-do=next]").click()  # "Start"
    page.wait(slide=ASK, playing=True, muted=False)
    page.tab.page.mouse.move(100, 100)
    page.tab.find(".bar [data-do=pause]").click()
    page.wait(playing=False)
    page.press("Space")
    page.wait(playing=True)
    page.wait(slide=ASK, over=True)
    page.tab.find(".present video").click()
    page.wait(question=True)
    page.tab.find(".present .question").click(position={"x": 9, "y": 9})
    page.wait(slide=LOOP)
    page.tab.find(".bar [data-do=back]").click()
    page.wait(slide=ASK)
    assert page.tab.find(".bar .place").text_content() == "2 / 5"
    page.press("?")
    assert page.tab.find("#help").is_visible()
    page.press("Space")
    assert not page.tab.find("#help").is_visible() and page.state()["slide"] == ASK
    page.press("o")
    page.tab.find("#slide-4 img.film").wait_for()
    page.press("o")


def test_speaker(page: Page, deck: Deck, file: Path) -> None:
    """The window has the notes, the present picture, the next slide and a clock; its keys work."""
    page.tab.open(file)
    page.press("ArrowRight")
    page.wait(slide=ASK, over=True)
    with page.tab.page.expect_popup() as opened_window:
        page.press("s")
    speaker = opened_window.value
    text = speaker.locator("body").inner_text()
    assert "2 / 5" in text and HOSTILE[0] in speaker.locator(".notes").inner_text()
    assert re.search(r"\b\d\d:\d\d\b", speaker.locator(".clock").inner_text())
    assert speaker.locator(".left").inner_text() == "0:00"
    size = speaker.locator("canvas").evaluate("each => [each.width, each.height]")
    assert size == [640, 360] and speaker.locator("canvas").is_visible()
    assert speaker.locator(".next p").inner_text() == HOSTILE[1]
    assert speaker.locator(".next img").evaluate("each => each.decode().then(() => each.width)")
    speaker.keyboard.press("ArrowRight")
    page.wait(slide=ASK, question=True)
    speaker.keyboard.press("ArrowRight")
    page.wait(slide=LOOP)
    assert speaker.locator(".place").inner_text() == "3 / 5"
    assert speaker.locator(".left").inner_text() == "–"
    assert speaker.evaluate("window.broken ?? 0") == 0
    speaker.close()
    page.press("ArrowRight")
    page.wait(slide=PLAY)


def test_print(page: Page, deck: Deck, file: Path) -> None:
    """A page for each slide, with the last picture of its clip, and the question below it."""
    page.tab.page.goto(f"{file.as_uri()}?print-pdf")
    page.tab.page.wait_for_selector(".pdf-page:nth-of-type(5)")
    assert page.tab.find("video:visible").count() == 0
    assert page.tab.find(".question").is_visible()
    paper = page.tab.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == len(deck.slides)
    pictures = page.tab.find("img.film:visible")
    assert pictures.count() == 3
    page.tab.page.set_viewport_size({"width": 1280, "height": 800})
    pictures.nth(2).evaluate("each => { each.style.width = '640px'; each.style.height = '360px' }")
    shown = opened(pictures.nth(2).screenshot())[..., :3]
    assert psnr(shown, still(deck, PLAY, "last")) >= LIKE
    page.tab.open(file)  # printed without saying so
    page.wait(slide=TITLE)
    page.tab.page.emulate_media(media="print")
    assert page.tab.find("img.film:visible").count() == 3
    assert page.tab.find("video:visible, .bar:visible").count() == 0


def test_texts_are_texts(page: Page, deck: Deck, file: Path) -> None:
    page.tab.open(file)
    page.wait(slide=TITLE)
    assert page.tab.page.title() == deck.title
    assert page.tab.find(".present h1").inner_text() == deck.slides[0].title
    for selector in (".present p", "#slide-5 code"):
        texts = page.tab.find(selector).evaluate_all("all => all.map((each) => each.textContent)")
        assert texts == list(HOSTILE)
    labels = page.tab.find("video").evaluate_all("all => all.map((each) => each.ariaLabel)")
    assert labels == list(HOSTILE[:3])
    assert page.tab.find("script").count() == 2 and page.tab.find("section").count() == 5
    page.press("End")
    for window in ({"width": 640, "height": 360}, PHONE):
        page.tab.page.set_viewport_size(window)
        page.tab.page.wait_for_function(
            "() => [...document.querySelectorAll('.present :is(h1, p)')]"
            ".every((each) => each.getBoundingClientRect().right <= innerWidth)"
        )
    assert page.tab.page.evaluate("window.broken ?? 0") == 0


def test_phone(browser: Browser, deck: Deck, file: Path) -> None:
    """A tap goes on, a swipe goes on or back; the question is readable beside the film."""
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = Page(Tab(context.new_page()), [])
        page.tab.open(file)
        page.tab.find(".present button").tap()
        page.wait(slide=ASK, over=True)
        assert page.tab.find(".bar").evaluate("each => getComputedStyle(each).opacity") == "1"
        page.tab.find(".present video").tap()
        page.wait(slide=ASK, question=True)
        question = page.tab.find(".present .question")
        assert int(question.evaluate("each => parseInt(getComputedStyle(each).fontSize)")) >= 16
        film, below = page.tab.find(".present figure").bounding_box(), question.bounding_box()
        assert film and below and film["width"] == PHONE["width"]
        assert film["y"] + film["height"] <= below["y"]
        swipe(page, 300, 60)
        page.wait(slide=LOOP)
        swipe(page, 60, 300)
        page.wait(slide=ASK, question=True)
        assert page.tab.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def swipe(page: Page, start: int, end: int) -> None:
    """Move a finger from one place to another, at half the height of the phone."""
    client = page.tab.page.context.new_cdp_session(page.tab.page)
    places = [{"x": start + (end - start) * k / 4, "y": 420} for k in range(5)]
    kinds = ["touchStart", "touchMove", "touchMove", "touchMove", "touchMove"]
    for kind, place in zip(kinds, places, strict=True):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_reduced_motion(page: Page, deck: Deck, file: Path) -> None:
    """Stills: the last picture at once. The space bar plays on request."""
    page.tab.page.emulate_media(reduced_motion="reduce")
    page.tab.open(file)
    page.press("ArrowRight")
    page.wait(slide=ASK, over=True, playing=False, time=0.6)
    page.tab.page.wait_for_timeout(50)
    page.wait_for_picture(still(deck, ASK, "last"))
    page.press("Space")
    page.wait(slide=ASK, over=False, playing=True)
    page.press("End", "Home")
    assert page.state()["slide"] == TITLE


def test_a_clip_that_cannot_be_played(page: Page, deck: Deck, tmp_path: Path) -> None:
    """Its last picture is shown instead, and the deck goes on."""
    file = written(deck, tmp_path / "deck.html")
    for clip in (tmp_path / "deck-files").glob("*.mp4"):
        clip.write_bytes(b"no film")
    page.tab.open(file)
    page.press("ArrowRight")
    page.tab.find("#slide-2 img.film").wait_for()
    page.wait_for_picture(still(deck, ASK, "last"))
    page.press("ArrowRight", "ArrowRight")
    page.wait(slide=ASK, question=True)
    page.press("ArrowRight")
    page.wait(slide=LOOP)


def test_from_the_command_line(
    page: Page, gd: Callable[..., dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``gd deck`` makes a page that speaks the user's language, and its files beside it."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    order = ["deck", f"{SCENE}:Lesson", "-o", "lecture.html", "-q", "480p15", "--jobs", "1"]
    made = gd(*order, "--live", "--quiet")["files"][0]
    page.tab.open(tmp_path / "lecture.html")
    assert page.tab.find(".present button").inner_text() == "开始"
    assert page.tab.find("html").get_attribute("lang") == "zh"
    names = {path.name for path in (tmp_path / "lecture-files").iterdir()}
    assert len(names) == 9 and {Path(path).name for path in made["beside"]} == names
    page.press("ArrowRight")
    page.wait(slide=ASK, over=True)
    assert made["slides"][1]["seconds"] == pytest.approx(9 / 15)
    page.press("ArrowRight")
    page.wait(question=True)
    assert page.tab.find(".present .question").inner_text() == "Where to?"
    page.press("End", "PageUp")
    assert page.state()["slide"] == LIVE
    page.tab.find("[data-part=step]").click()
    assert page.tab.find("[data-part=k]").text_content() == "1"
    page.press("ArrowRight")
    assert page.state()["slide"] == LIVE  # the key was the button's
    page.press("PageDown")
    assert page.state()["slide"] == LIVE + 1
