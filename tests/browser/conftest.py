"""The system's Chromium, one for all tests, with no way to the network; and the film it shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright

from tests.browser.films import Films
from tests.browser.tab import Tab

# As in setup/system.sh.
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# The sandbox cannot start as root. The others keep the browser from asking its maker for news.
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--force-color-profile=srgb", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
SECONDS = 20  # for whatever is waited for


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, with a profile of its own that is removed after the tests."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "there is no Chromium; `./gd test` installs it where the system has a package"
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """An empty tab. The test fails if its page asks for anything outside this machine."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        context.set_default_timeout(1000 * SECONDS)
        tab = Tab(context.new_page())
        yield tab
    assert not tab.refused


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Films:
    """The film of shown_scene.py in every format, and its frames as PNGs."""
    return Films.made(tmp_path_factory.mktemp("films"))


@pytest.fixture
def gd(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """``gd("clips", "scene.py:Scene")`` runs the command in the test's folder; its JSON."""
    from cli.program import gd as program

    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> dict[str, Any]:
        result = CliRunner().invoke(program, [*words, "--json"])
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return run
