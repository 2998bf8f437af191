"""Errors of a scene whose cause lies outside it."""

from __future__ import annotations

import errno
import os
import tempfile
from xml.etree.ElementTree import ParseError

import pytest
from manim import tempconfig

import exit_codes
from pipeline import FrameSpec, Png, RenderJob, SceneRef, render
from pipeline.drawing.causes import outer_cause
from pipeline.job.errors import ProgramMissing

FORMULA = """
from manim import MathTex, Scene

class Formula(Scene):
    def construct(self):
        self.add(MathTex("x^2"))
"""


def test_a_formula_without_latex(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    file = tmp_path / "formula.py"
    file.write_text(FORMULA)
    job = RenderJob(
        SceneRef(str(file), "Formula"), FrameSpec(160, 90, 10), Png(), tmp_path / "formula.png"
    )
    with pytest.raises(ProgramMissing, match=r"'latex'; install LaTeX.*MathTypst") as raised:
        render(job)
    assert raised.value.exit_code == exit_codes.UNAVAILABLE
    assert not job.output.exists()


def test_a_text_that_cannot_be_read_because_the_folder_is_full(tmp_path, monkeypatch):
    def full(**_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with tempconfig({"media_dir": str(tmp_path)}):
        assert outer_cause(ParseError("no element found")) is None
        monkeypatch.setattr(tempfile, "TemporaryFile", full)
        cause = outer_cause(ParseError("no element found"))
    assert cause is not None and cause.exit_code == exit_codes.IO_ERROR
    assert "No space left" in str(cause)


def test_other_errors_are_the_scenes_own():
    assert outer_cause(FileNotFoundError(errno.ENOENT, "no such file", "mine.txt")) is None
    assert outer_cause(ValueError("latex")) is None
