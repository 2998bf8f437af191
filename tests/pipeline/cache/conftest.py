"""Each test is a process that has made no film yet."""

from __future__ import annotations

import pytest

from pipeline.cache import record


@pytest.fixture(autouse=True)
def no_earlier_films(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "EARLIER", record.Earlier())
