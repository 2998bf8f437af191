"""What a scene asks of the disk is seen: the film depends on it."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipeline.cache.programs import sets_a_formula
from pipeline.cache.record import Record
from pipeline.cache.watching import recorded, watched


@contextmanager
def asked_in(folder):
    """After the block, the questions about what is below a folder, asked as by a scene in it."""
    asked = set()
    with closing(Record([], [folder], [])) as record:
        with recorded(record), watched():
            yield asked
        for kind, path, _ in record.kept():
            if Path(path).is_relative_to(folder):
                asked.add((kind, os.path.relpath(path, folder)))


def test_what_a_scene_reads(tmp_path):
    for name in ("before", "read", "written"):
        (tmp_path / name).write_text(name)
    (tmp_path / "before").read_text()
    with asked_in(tmp_path) as asked:
        (tmp_path / "read").read_bytes()
        (tmp_path / "written").write_text("new")
        (tmp_path / "written").read_text()
    assert asked == {("content", "read")}


def test_a_scene_beside_the_interpreter_counts_too(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.cache.questions._INSTALLED", (f"{tmp_path}{os.sep}",))
    for name in ("lecture", "lib"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.py").write_text("")
    with asked_in(tmp_path / "lecture") as asked:
        for name in ("lecture", "lib"):
            (tmp_path / name / "file.py").read_text()
    assert asked == {("content", "file.py")}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_forked_workers_read(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).write_text(name)
    with asked_in(tmp_path) as asked:
        for name in ("one", "two"):
            process = os.fork()
            if not process:
                (tmp_path / name).read_text()
                os._exit(0)
            os.waitpid(process, 0)
    assert asked == {("content", "one"), ("content", "two")}


def test_a_folder_that_is_gone_does_not_keep_files_from_being_opened(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with asked_in(tmp_path):
        assert Path("/dev/null").read_text() == ""
        with pytest.raises(FileNotFoundError):
            Path("relative").read_text()


def test_latex_is_known_unless_it_may_read_files_of_the_user(tmp_path, monkeypatch):
    run, lecture = tmp_path / "run", tmp_path / "lecture"
    run.mkdir()
    lecture.mkdir()
    monkeypatch.chdir(lecture)
    source = run / "formula.tex"
    source.write_text(r"\documentclass{standalone} $x$")
    latex = ["latex", "-halt-on-error", str(source)]
    assert sets_a_formula(latex, [str(run)])
    assert sets_a_formula(["dvisvgm", "--no-fonts", str(run / "formula.dvi")], [str(run)])
    assert not sets_a_formula(["convert", str(source)], [str(run)])
    assert not sets_a_formula(latex, [str(lecture)])
    (lecture / "macros.sty").write_text("")
    assert not sets_a_formula(latex, [str(run)])
    (lecture / "macros.sty").unlink()
    source.write_text(r"\input{macros}")
    assert not sets_a_formula(latex, [str(run)])
