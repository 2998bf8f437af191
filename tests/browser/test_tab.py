"""The tools of these tests: a page that asks the network is caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.tab import Tab

pytestmark = pytest.mark.slow
ASKED = [
    "https://example.org/font.woff2",
    "http://192.0.2.1/script.js",
    "https://example.org/data.json",
    "ws://example.org/news",
]


def test_no_request_leaves_this_machine(tab: Tab, tmp_path: Path) -> None:
    font, script, data, socket = ASKED
    tab.show(
        f'<link rel="preload" as="font" href="{font}" crossorigin><script src="{script}"></script>'
        f'<script>fetch("{data}").catch(() => {{}}); new WebSocket("{socket}")</script>',
        tmp_path,
    )
    tab.page.wait_for_timeout(200)
    assert sorted(tab.refused) == sorted(ASKED)
    tab.refused.clear()
