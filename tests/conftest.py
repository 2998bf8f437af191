"""Settings of the whole suite."""

import os
import tempfile

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Give each worker a media folder of its own, before any test file draws something.

    manim's temporary files are named after their content alone: two processes that draw the same
    text in one folder remove each other's files.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        import manim

        folder = tempfile.TemporaryDirectory(prefix="gd-media-")
        config.add_cleanup(folder.cleanup)
        manim.config.media_dir = folder.name
