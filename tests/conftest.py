"""Settings of the whole suite."""

import os
import tempfile

import pytest

from cli.console import language


def pytest_configure(config: pytest.Config) -> None:
    """Give each worker its own folders, before any test file draws something.

    The user's cache of films is never touched.

    manim names its temporary files only after their content, so two processes that draw the same
    text in one folder would remove each other's files.
    """
    cache = tempfile.TemporaryDirectory(prefix="gd-cache-")
    config.add_cleanup(cache.cleanup)
    os.environ["GD_CACHE"] = cache.name
    if "PYTEST_XDIST_WORKER" in os.environ:
        import manim

        folder = tempfile.TemporaryDirectory(prefix="gd-media-")
        config.add_cleanup(folder.cleanup)
        manim.config.media_dir = folder.name


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins in English, whatever language a command of the test before it spoke."""
    monkeypatch.setattr(language, "_spoken", language.ENGLISH)
