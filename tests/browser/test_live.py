"""The live slide in Chromium, as one uses it: mouse, finger, keys, address, and the command."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page

from cli.console import language
from cli.deck.live.element import live_element
from cli.program import gd
from scenes import FILMS, Lesson
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.catalogue.theme import THEMES
from tests.browser.tab import Tab

HOSTILE = "</script><b>\"'&height مرحبا 🎈"
OWN_POINTS = "1,2 2,4 3,7"
Made = Callable[..., Path]
pytestmark = pytest.mark.slow


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """``made("--data", "noisy")`` is the page of `gd live` with these options."""
    monkeypatch.setattr(language, "_spoken", language.ENGLISH)  # and again after the test

    def run(*words: str) -> Path:
        path = tmp_path / "live.html"
        result = CliRunner().invoke(gd, ["live", "-o", str(path), "--lang", "en", *words])
        assert result.exit_code == 0, result.output
        return path

    return run


@pytest.fixture
def opened(tab: Tab, made: Made) -> Iterator[Callable[..., Page]]:
    """``opened("#k=3", "--data", "noisy")`` shows the page; no error may reach its console."""
    errors: list[str] = []
    tab.page.on("console", lambda message: errors.append(message.text))
    tab.page.on("pageerror", lambda error: errors.append(str(error)))

    def open_page(hash: str = "", *words: str) -> Page:
        tab.page.goto(made(*words).as_uri() + hash)
        return tab.page

    yield open_page
    assert not errors


def part(page: Page, name: str) -> Locator:
    return page.locator(f"[data-part={name}]")


def number(page: Page, name: str) -> float:
    """A readout with all of its digits."""
    return float(part(page, name).get_attribute("value") or "nan")


def readouts(page: Page) -> dict[str, float]:
    return {name: number(page, name) for name in ("k", "w", "J", "slope")}


def command(page: Page) -> list[str]:
    """The words of the command that is shown, as a shell reads them."""
    return shlex.split(part(page, "command").inner_text())


def lesson_of(words: list[str]) -> tuple[str, Lesson]:
    """The film of a command, and the lesson that it would show."""
    program, verb, film, *_ = words
    assert (program, verb) == ("./gd", "video")
    context = gd.commands["trace"].make_context("trace", words[2:])
    names = ("data", "w0", "lr", "epochs", "order", "rule", "seed", "x_name", "y_name")
    values = {name: context.params[name] for name in names if context.params[name] is not None}
    values["rule"] = str(values.get("rule", "sgd"))
    return film, FILMS[film].lesson(**values)


def wait_for_update(page: Page, k: int) -> None:
    """Wait until the update k is reached, or one after it."""
    reached = "k => Number(document.querySelector('[data-part=k]').value) >= k"
    page.wait_for_function(reached, arg=k)


def wait_for_hash(page: Page, text: str) -> None:
    page.wait_for_function("text => location.hash.includes(text)", arg=text)


def test_it_steps_and_plays_to_the_films_last_number(opened: Callable[..., Page]) -> None:
    """By keys alone, and what is seen after 100 epochs is what `gd trace` prints."""
    page = opened("", "--lr", "0.05")
    trace = batch_trace(Lesson(lr=0.05))
    assert readouts(page) == {"k": 0, "w": 1, "J": trace.cost[0], "slope": trace.gradient[0, 0]}
    part(page, "step").focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    assert readouts(page) | {"slope": 0} == {
        "k": 3, "w": trace.w[3], "J": trace.cost[3], "slope": 0,
    }  # fmt: skip
    part(page, "play").press(" ")
    wait_for_update(page, 5)
    part(page, "play").press(" ")
    assert 4 < number(page, "k") < 100 and number(page, "k") % 1 == 0
    page.clock.install()
    part(page, "play").press(" ")
    page.clock.run_for(20_000)
    assert number(page, "k") == 100
    assert number(page, "w") == pytest.approx(trace.w[-1], rel=1e-12)
    assert part(page, "play").inner_text() == "Play"
    assert part(page, "verdict").inner_text() == "It comes near the minimum."
    part(page, "reset").press("Enter")
    assert number(page, "k") == 0


def test_it_is_dragged(opened: Callable[..., Page]) -> None:
    """The start with the mouse and with keys; a sample; the rate by its slider."""
    page = opened("#k=4", "--data", OWN_POINTS)
    box = part(page, "stage").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.8, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, middle)
    page.mouse.up()
    start = float(part(page, "start").input_value())
    assert start > 2.5 and number(page, "k") == 4
    part(page, "stage").press("ArrowRight")
    moved = float(part(page, "start").input_value())
    assert start < moved < start + 0.2
    part(page, "data").focus()
    page.keyboard.press(" ")
    page.keyboard.press("Shift+ArrowUp")
    assert "sample 2" in (part(page, "data").get_attribute("aria-valuetext") or "")
    part(page, "slider").focus()
    page.keyboard.press("ArrowRight")
    part(page, "rule").select_option("momentum")
    page.locator("[data-number=momentum]").fill("0.8")
    film, lesson = lesson_of(command(page))
    assert (
        film == "batch" and lesson.w0 == moved and lesson.rule.startswith("momentum:momentum=0.8")
    )
    assert lesson.data.x.tolist() == [1, 2, 3] and lesson.data.y[1] > 4
    assert number(page, "w") == pytest.approx(batch_trace(lesson).w[4], rel=1e-12)
    assert page.evaluate("document.querySelectorAll('[data-part=stage] .past').length") == 5


def test_its_state_is_in_the_address(opened: Callable[..., Page]) -> None:
    """It is kept by a reload and by sending the address; what is wrong in it does nothing."""
    page = opened("", "--seed", "3", "--order", "shuffled", "--data", "noisy")
    part(page, "rate").fill("0.2")
    part(page, "rule").select_option("adam")
    part(page, "step").click(click_count=2)
    wait_for_hash(page, "k=2")
    seen, words = readouts(page), command(page)
    page.reload()
    assert (readouts(page), command(page)) == (seen, words)
    film, lesson = lesson_of(words)
    assert (film, lesson.order, lesson.seed, lesson.data.name) == ("sgd", "shuffled", 3, "noisy")
    assert seen["w"] == pytest.approx(sgd_trace(lesson).w[2], rel=1e-12)
    page.evaluate("location.hash = '#w0=nan&lr=-1&rule=no&order=up&data=1,2&k=9999'")
    wait_for_update(page, 300)
    assert lesson_of(command(page))[1].lr != -1
    part(page, "rate").fill("-2")
    assert part(page, "rate").get_attribute("aria-invalid") == "true"
    part(page, "rate").blur()
    assert float(part(page, "rate").input_value()) > 0


def test_it_says_that_it_diverges(opened: Callable[..., Page]) -> None:
    page = opened("#lr=200&k=9999")
    trace = batch_trace(Lesson(lr=200))
    assert trace.diverged_at is not None
    assert number(page, "k") == trace.diverged_at
    told = f"It diverges: update {trace.diverged_at} is the last that can be computed."
    assert part(page, "verdict").inner_text() == told
    assert number(page, "J") == trace.cost[-1]


AROUND = """<!doctype html><meta charset="utf-8"><style>{style}</style>
<div style="width: 1000px; height: 700px; transform: scale(.5); transform-origin: 0 0">{body}</div>
<script>keys = []; addEventListener("keydown", event => keys.push(event.key))</script>
<script type="module">{script}</script>"""


def test_it_stands_in_a_page_that_scales_it(tab: Tab, tmp_path: Path) -> None:
    """As a deck does: the pointer hits, the page's address stays, its keys go where they belong."""
    element = live_element(FILMS["batch"].lesson(), "en", THEMES["dark"])
    (tmp_path / "deck.html").write_text(AROUND.format_map(vars(element)), encoding="utf-8")
    page = tab.page
    page.goto((tmp_path / "deck.html").as_uri() + "#/3")
    handle = page.locator(".handle").bounding_box()
    assert handle is not None and handle["width"] < 10
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    assert abs(float(part(page, "start").input_value()) - 1) < 0.02
    page.mouse.move(x + 20, y)
    page.mouse.up()
    part(page, "stage").focus()
    for key in ("ArrowRight", "PageDown", "Escape", "b"):
        page.keyboard.press(key)
    assert page.evaluate("keys") == ["PageDown", "Escape"]
    page.wait_for_timeout(500)  # longer than a page of its own waits before it writes its address
    assert page.url.endswith("#/3")


def test_hostile_names_are_shown_as_text(opened: Callable[..., Page]) -> None:
    page = opened("", "--data", OWN_POINTS, "--x-name", HOSTILE, "--theme", "light")
    assert page.locator(".name").get_by_text("height").text_content() == HOSTILE
    words = command(page)
    assert words[words.index("--x-name") + 1] == HOSTILE
    assert page.locator("b").count() == 0


def test_a_phone_with_a_finger(browser: Browser, made: Made) -> None:
    """Nothing is wider than 360 pixels; a finger moves the start; little motion is respected."""
    settings: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
    with browser.new_context(**settings, reduced_motion="reduce", locale="zh-CN") as context:
        page = context.new_page()
        page.goto(made("--lang", "zh").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert part(page, "play").inner_text() == "播放"
        small = page.evaluate(
            "[...document.querySelectorAll('button, input, select')]"
            ".filter(each => each.getBoundingClientRect().height < 30).length"
        )
        assert small == 0
        box = page.locator(".handle").bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] / 2 + 20, box["y"])
        assert float(part(page, "start").input_value()) > 1
        part(page, "play").tap()
        wait_for_update(page, 1)
        assert number(page, "k") == 1


def test_labels(opened: Callable[..., Page]) -> None:
    """Whatever can be focused has a name for those who cannot see it."""
    page = opened()
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, select, svg')].filter(each =>"
        "!each.ariaLabel && !each.innerText && !each.labels?.length).length"
    )
    assert nameless == 0
    assert page.get_by_role("slider", name="rate α").count() == 1
    assert page.get_by_role("slider", name="The cost parabola").count() == 1
