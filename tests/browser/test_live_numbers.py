"""The numbers of the live slide are gdcore's, as Chromium computes them."""

from __future__ import annotations

import pytest

from tests.browser.descents import DESCENDED, LESSONS, SCRIPT, compare
from tests.browser.tab import Tab


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_a_hundred_epochs(tab: Tab, name: str) -> None:
    tab.page.add_script_tag(content=SCRIPT)
    compare(name, lambda asked: str(tab.page.evaluate(DESCENDED, asked)))
