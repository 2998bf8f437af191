"""A page in the browser: shown from a file, looked at, and its media played and sought."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, Route

from tests.browser.pictures import Picture, opened

LOCAL = ("file:", "data:", "blob:", "about:", "http://127.0.0.1:")
SCRIPT = Path(__file__).with_name("media.js")
PAGE = """<!doctype html>
<meta charset="utf-8">
<style>body {{ margin: 0; background: {background} }} video, img {{ display: block }}</style>
{body}
"""


class Tab:
    """One tab of the browser. `page` is Playwright's own, for all else.

    A request that would leave this machine is not sent; its address is in `refused`.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.refused: list[str] = []
        page.add_init_script(path=SCRIPT)
        page.context.route(lambda url: not url.startswith(LOCAL), self._refuse)
        page.on("websocket", lambda socket: self.refused.append(socket.url))

    def _refuse(self, route: Route) -> None:
        self.refused.append(route.request.url)
        route.abort()

    def open(self, file: Path) -> None:
        """Show a file from the disk, as a double click does."""
        self.page.goto(file.resolve().as_uri())

    def show(self, body: str, folder: Path, background: str = "#ffffff") -> None:
        """Show this HTML on a page without margins; relative addresses begin at `folder`."""
        file = folder / "page.html"
        file.write_text(PAGE.format(body=body, background=background), encoding="utf-8")
        self.open(file)

    def find(self, selector: str) -> Locator:
        """What this CSS selector names: one element, if nothing else is said."""
        return self.page.locator(selector)

    def picture(self, selector: str) -> Picture:
        """What the screen shows at the element's place, as RGB."""
        return opened(self.find(selector).screenshot())[..., :3]

    def loaded(self, selector: str) -> tuple[float, int, int]:
        """Wait until the medium shows a picture; its seconds, width and height.

        If the browser cannot play it, Playwright's `Error` has the number of its ``MediaError``.
        """
        seconds, width, height = self.find(selector).evaluate("each => media.loaded(each)")
        return seconds, width, height

    def play(self, selector: str) -> list[float]:
        """Play all media of this selector at once, to their ends; where they stand, in seconds."""
        played = "all => Promise.all(all.map(each => media.play(each)))"
        return list(self.find(selector).evaluate_all(played))

    def seek(self, selector: str, seconds: float) -> None:
        """Go to a moment of the medium, and wait until its frame is shown."""
        self.find(selector).evaluate("(each, at) => media.seek(each, at)", seconds)

    def wait_for(self, selector: str, event: str) -> None:
        """Wait for an event of the medium."""
        self.find(selector).evaluate("(each, name) => media.event(each, name)", event)

    def cues(self, selector: str) -> list[tuple[float, float, str]]:
        """Start and end in seconds, and text, of each cue of a ``<track>``."""
        read = self.find(selector).evaluate("each => media.cues(each)")
        return [(start, end, text) for start, end, text in read]
