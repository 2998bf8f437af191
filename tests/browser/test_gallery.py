"""The page of a course in Chromium, as lecturers and students use it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from cli.gallery.writing import write_page
from tests.browser.decks import HOSTILE
from tests.browser.galleries import LESSONS, MOMENTS, SECONDS, Course, entry
from tests.browser.server import served
from tests.browser.tab import Tab

PHONE = {"width": 360, "height": 740}
SGD, BATCH = "week-1/sgd", "week-1/batch"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return Course.made(tmp_path_factory.mktemp("course"))


@pytest.fixture
def page(tab: Tab, course: Course) -> Iterator[Page]:
    """The page, from the disk. Nothing may be said on its console."""
    said: list[str] = []
    tab.page.on("console", lambda message: said.append(message.text))
    tab.page.on("pageerror", lambda error: said.append(str(error)))
    tab.open(course.page)
    yield tab.page
    assert said == []


def part(page: Page | Locator, name: str) -> Locator:
    return page.locator(f'[data-part="{name}"]')


def card(page: Page, id: str) -> Locator:
    return page.locator(f'.card[id="{id}"]')


def player(page: Page) -> Locator:
    return page.locator("dialog[open]")


def open_film(page: Page, id: str) -> Locator:
    """The player with a film, by a click on its title."""
    part(card(page, id), "title").click()
    found = player(page)
    found.locator("video").wait_for()
    return found


def playing(page: Page, selector: str) -> None:
    """Wait until a video plays."""
    page.wait_for_function(
        "selector => document.querySelector(selector)?.currentTime > 0.1", arg=selector
    )


def test_poster_first_then_it_plays_under_the_mouse_and_with_the_focus(
    page: Page, course: Course
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    posters = page.locator(".card img").evaluate_all(
        "all => Promise.all(all.map(each => each.decode().then(() => each.naturalWidth)))"
    )
    assert posters == [160] * (2 + len(HOSTILE))
    assert not [url for url in asked if url.endswith(".mp4")]
    card(page, SGD).hover()
    playing(page, "video.preview")
    assert page.locator("video").evaluate_all("all => all.map(each => each.muted)") == [True]
    films = {url.rpartition("/")[2] for url in asked if url.endswith(".mp4")}
    assert films == {"sgd-en-light.mp4"}
    page.locator("h1").hover()
    assert page.locator("video").count() == 0
    part(card(page, SGD), "title").focus()
    page.keyboard.press("Tab")
    playing(page, ".card[id='week-1/batch'] video")
    page.keyboard.press("Tab")
    assert page.locator(".card[id='week-1/batch'] video").count() == 0


@pytest.mark.parametrize("hosted", [False, True])
def test_the_player(tab: Tab, page: Page, course: Course, tmp_path: Path, hosted: bool) -> None:
    """Chapters, words, subtitles, downloads, command; from the disk and from a server."""
    with served(course.folder) as address:
        if hosted:
            page.goto(f"{address}/index.html")
        film = open_film(page, SGD)
        playing(page, "dialog video")
        assert unquote(page.evaluate("location.hash")) == f"#{SGD}"
        assert part(film, "title").inner_text() == "SGD"
        chapters = part(film, "chapters").get_by_role("button")
        assert chapters.all_inner_texts() == ["0:00 First", "0:01 Second part", "0:02 Last"]
        chapters.nth(2).click()
        page.wait_for_function("() => document.querySelector('dialog video').currentTime >= 2")
        assert chapters.nth(2).get_attribute("aria-current") == "time"
        words = part(film, "transcript").locator("li").all_inner_texts()
        assert words[0].split("\n")[0] == f"0:00 {MOMENTS[0][1]}" and "It begins." in words[0]
        assert tab.cues("dialog track") == [(0, 1, "字幕 <i>")]
        names = part(film, "downloads").get_by_role("link").all_inner_texts()
        assert names == ["sgd-en-light.mp4", "sgd-en-light.zh.vtt"]
        command = "gd video sgd -o 'build/it'\"'\"'s/'"
        assert part(film, "command").text_content() == command
        if not hosted:
            part(film, "command-part").locator("summary").click()
            part(film, "command-part").get_by_role("button").click()
            assert page.evaluate("getSelection().toString()") == command
        html = part(film, "embed").text_content() or ""
        base = f"{address}/" if hosted else "https://example.org/course/"
        assert f'src="{base}week-1/sgd-en-light.mp4"' in html
        assert html.count("data:text/vtt") == 1
        assert (base in (part(film, "how").text_content() or "")) is not hosted
        page.keyboard.press("Escape")
        page.locator("dialog video").wait_for(state="detached")
        assert page.evaluate("document.activeElement.dataset.part") == "title"
        open_film(page, BATCH)  # its subtitles are what the picture says
        assert tab.cues("dialog track") == [(0, 1, MOMENTS[0][1]), (1, 2, "Three")]
        if hosted:
            tab.show(html, tmp_path)  # on another site
            assert tab.cues("track") == [(0, 1, "字幕 <i>")]


def test_another_variant_goes_on_at_the_same_moment(page: Page) -> None:
    film = open_film(page, SGD)
    film.locator("video").evaluate("each => { each.pause(); each.currentTime = 1.5 }")
    film.locator("select[data-key=lang]").select_option("zh")
    page.wait_for_function(
        "document.querySelector('dialog video').src.endsWith('sgd-zh-light.mp4')"
    )
    assert film.locator("video").evaluate("each => [each.currentTime, each.paused]") == [1.5, True]
    assert part(film, "title").inner_text() == "随机梯度下降"
    film.locator("select[data-key=theme]").select_option("dark")
    assert film.locator("video").get_attribute("src") == "week-1/sgd-zh-dark.mp4"


def test_filters(page: Page) -> None:
    """Chinese, light: one look. What no film has is said, and undone."""
    shown = page.locator(".card:visible [data-part=title]")
    assert part(page, "count").inner_text() == f"Films: {2 + len(HOSTILE)}"
    page.locator("select[name=lang]").select_option("zh")
    page.locator("select[name=theme]").select_option("dark")
    links = shown.evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert links == ["week-1/sgd-zh-dark.mp4", "week-1/batch-zh-dark.mp4"]
    assert part(page, "count").inner_text() == f"Films: 2 of {2 + len(HOSTILE)}"
    assert page.locator(".lesson:visible").count() == 1
    page.get_by_role("searchbox").fill("随机 sgd")
    assert shown.all_inner_texts() == ["随机梯度下降"]
    page.get_by_role("searchbox").fill("nowhere")
    assert shown.count() == 0
    part(page, "reset").click()
    assert shown.count() == 2 + len(HOSTILE) and page.locator(".lesson:visible").count() == LESSONS


def test_the_page_speaks_both_languages(browser: Browser, course: Course) -> None:
    """That of the browser at first; films in it come first."""
    with browser.new_context(locale="zh-CN", color_scheme="dark") as context:
        page = context.new_page()
        page.goto(course.page.as_uri())
        assert page.locator("html").get_attribute("lang") == "zh"
        assert part(card(page, SGD), "title").get_attribute("href") == "week-1/sgd-zh-dark.mp4"
        assert page.locator(".contents summary").inner_text() == "目录"
        part(page, "page-language").select_option(label="English")
        assert page.locator(".contents summary").inner_text() == "Contents"
        assert part(card(page, SGD), "title").inner_text() == "SGD"
        part(page, "colours").click()
        assert part(card(page, SGD), "title").get_attribute("href") == "week-1/sgd-en-light.mp4"


def test_hostile_names_are_text_and_their_links_work(page: Page, course: Course) -> None:
    assert page.title() == HOSTILE[1] == page.locator("h1").text_content()
    titles = page.locator(".lesson:last-of-type .card h3").all_inner_texts()
    assert titles == [f"{text} – {HOSTILE[0]}" for text in HOSTILE]
    addresses = page.locator("a").evaluate_all("all => all.map(each => each.href)")
    for url in addresses:
        path = unquote(urlsplit(url).path)
        assert url.startswith("file:") and Path(path).is_relative_to(course.folder)
        assert Path(path).is_file()
    linked = {unquote(urlsplit(url).path) for url in addresses}
    assert linked >= {str(course.folder / file["path"]) for file in course.files}
    film = open_film(page, f"{HOSTILE[1]}/{HOSTILE[0]}".replace(" ", "-"))
    playing(page, "dialog video")
    assert part(film, "command").text_content() == f"gd '{HOSTILE[0]}'"
    assert HOSTILE[0] in part(film, "embed").text_content().replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    assert page.evaluate("window.broken ?? 0") == 0
    assert page.locator("script").count() == 2


@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("zh-CN", "dark")])
def test_axe_finds_nothing_serious(
    browser: Browser, course: Course, locale: str, scheme: Any
) -> None:
    with browser.new_context(locale=locale, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(course.page.as_uri())
        for details in page.locator(".files").all():
            details.locator("summary").click()
        assert serious(page) == []
        film = open_film(page, SGD)
        for summary in film.locator("summary").all():
            summary.click()
        assert serious(page) == []


def serious(page: Page) -> list[str]:
    """What keeps people from using the page, and where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html']}"
        for each in found if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]  # fmt: skip


def test_a_phone(browser: Browser, course: Course) -> None:
    """A tap plays the film; nothing is wider than 360 pixels; little motion is respected."""
    settings: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    with browser.new_context(**settings, locale="en-GB") as context:
        page = context.new_page()
        page.goto(course.page.as_uri())
        for details in page.locator("details:not(dialog details)").all():
            details.evaluate("each => each.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        part(card(page, SGD), "screen").tap()
        playing(page, "dialog video")
        for id in (SGD, f"{HOSTILE[1]}/{HOSTILE[-1]}".replace(" ", "-")):
            page.evaluate("document.querySelector('dialog').close()")
            page.evaluate("id => document.getElementById(id).querySelector('a').click()", id)
            for summary in player(page).locator("summary").all():
                summary.tap()
            assert player(page).evaluate("each => each.scrollWidth <= each.clientWidth")
    with browser.new_context(**settings, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(course.page.as_uri())
        part(card(page, SGD), "title").focus()
        page.wait_for_timeout(300)
        assert page.locator("video").count() == 0
        part(card(page, SGD), "screen").tap()
        page.wait_for_timeout(300)
        assert page.locator("dialog video").evaluate("each => each.paused")
        assert page.locator("dialog video").get_attribute("poster")


def test_an_address_of_a_film_opens_it(page: Page, course: Course) -> None:
    page.goto(f"{course.page.as_uri()}#{BATCH}")
    page.reload()
    assert part(player(page), "title").inner_text() == "Batch"
    assert player(page).locator("video").evaluate("each => each.paused")


def test_clips(gd: Callable[..., dict[str, Any]], tab: Tab, tmp_path: Path, course: Course) -> None:
    """`gd gallery` for a listing of clips, as `gd clips` leaves it."""
    source = (course.folder / course.files[0]["path"]).read_bytes()
    (tmp_path / "x-clips").mkdir()
    (tmp_path / "x-clips/1.mp4").write_bytes(source)
    clip = {
        "id": "x/a/1",
        "file": "1.mp4",
        "seconds": 3.0,
        "caption": "It falls.",
        "narration": "So.",
    }
    listing = {"film": "x", "title": "X", "language": None, "clips": [clip]}
    (tmp_path / "x-clips/clips.json").write_text(json.dumps(listing))
    made = gd("gallery", ".")
    assert made["films"] == 1 and made["path"] == "index.html"
    tab.open(tmp_path / "index.html")
    assert tab.page.locator(".card h3").inner_text() == "It falls."
    part(card(tab.page, "X/x/a/1"), "title").click()
    playing(tab.page, "dialog video")
    assert tab.page.locator("dialog video").evaluate("each => each.duration") == SECONDS


def test_under_a_gif_the_words_are_no_buttons(tab: Tab, tmp_path: Path) -> None:
    """It cannot be sought."""
    Image.new("RGB", (16, 9)).save(tmp_path / "x.gif")
    document = {"title": "X", "files": [entry("x.gif", "X", product="gif")]}
    (tmp_path / "manifest.json").write_text(json.dumps(document))
    tab.open(write_page(tmp_path, tmp_path / "index.html", "en").page)
    part(card(tab.page, "X/sgd"), "title").click()
    words = part(player(tab.page), "transcript")
    assert words.locator("li").first.inner_text().startswith(f"0:00 {MOMENTS[0][1]}")
    assert words.get_by_role("button").count() == 0
