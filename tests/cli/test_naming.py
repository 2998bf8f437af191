"""Where files go: names stay inside the chosen folder, or are refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.console.failures import BadValue
from cli.request.naming import path_for, stem_of
from pipeline import check_file_name

Finished = Callable[..., object]
VIDEO = (".mp4", ".mov", ".webm")


@pytest.mark.parametrize(
    ("output", "path"),
    [
        (None, "batch.mp4"),
        ("films/", "films/batch.mp4"),
        ("films", "films/batch.mp4"),
        ("a/b", "a/b/batch.mp4"),
        ("../films/", "../films/batch.mp4"),
        ("随机", "随机/batch.mp4"),
        ("随机.mp4", "随机.mp4"),
        ("课程/第 3 讲.WEBM", "课程/第 3 讲.WEBM"),
        ("./x.mov", "x.mov"),
        ("", "batch.mp4"),
    ],
)
def test_folder_or_file(output: str | None, path: str) -> None:
    assert path_for(output, "batch", VIDEO) == Path(path)


def test_a_folder_that_is_there_may_have_an_ending(tmp_path: Path) -> None:
    folder = tmp_path / "v1.2"
    folder.mkdir()
    assert path_for(str(folder), "batch", VIDEO) == folder / "batch.mp4"


@pytest.mark.parametrize(
    "output",
    [
        "CON", "con.mp4", "films/NUL.mp4", "a\0b.mp4", "a\0b", "x" * 300 + ".mp4", "x" * 300,
        "a\nb.mp4", "a:b.mp4", "films./", "batch.avi", "batch.v2", "-", "new/../../x.mp4",
        os.fsdecode(b"\xff.mp4"),
    ],
)  # fmt: skip
def test_names_that_are_refused(output: str, tmp_path: Path, monkeypatch: object) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BadValue, match=r"^-o"):
        path_for(output, "batch", VIDEO)
    assert sorted(tmp_path.iterdir()) == before


def test_variants_have_names_of_their_own() -> None:
    assert stem_of("batch", ()) == "batch"
    assert stem_of("batch", ("epochs", "en", "9:16")) == "batch-epochs-en-9x16"


def test_a_sections_name_stays_in_the_folder() -> None:
    for word in ("../../x", "a/b", "..", "a\0b", "x" * 300, "随" * 200, "a\\b", "\udcff"):
        path = path_for("films/", stem_of("Talk", [word]), VIDEO)
        assert path.parent == Path("films") and check_file_name(path.name).endswith(".mp4")
    names = {path_for(None, stem_of("Talk", [word]), VIDEO) for word in ("a/b", "a-b", "a?b")}
    assert len(names) == 3
    assert path_for(None, stem_of("Talk", ["随机"]), VIDEO) == Path("Talk-随机.mp4")
