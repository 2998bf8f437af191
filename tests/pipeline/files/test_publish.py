"""A file at its final path is complete; an older file there survives every failure."""

from __future__ import annotations

import os
import stat

import pytest

from pipeline import CannotCreate, JobError, WriteFailed, check_file_name
from pipeline.files.publish import published


def test_a_finished_file_takes_the_place_of_the_old(tmp_path):
    target = tmp_path / "film.mp4"
    target.write_text("old")
    with published(target) as part:
        part.write_text("new")
        assert target.read_text() == "old"
        assert part.parent == tmp_path
    assert target.read_text() == "new"
    assert os.listdir(tmp_path) == ["film.mp4"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, OSError])
def test_every_exit_leaves_the_old_file_and_nothing_else(error, tmp_path):
    target = tmp_path / "film.mp4"
    target.write_text("old")
    with pytest.raises(WriteFailed if error is OSError else error), published(target) as part:
        part.write_text("half")
        raise error
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["film.mp4"]


def test_missing_folders_are_made_and_after_a_failure_removed(tmp_path):
    with published(tmp_path / "a" / "b" / "film.mp4") as part:
        part.write_text("new")
    assert (tmp_path / "a" / "b" / "film.mp4").read_text() == "new"
    with pytest.raises(ZeroDivisionError), published(tmp_path / "a" / "c" / "d" / "film.mp4"):
        raise ZeroDivisionError
    assert sorted(os.listdir(tmp_path / "a")) == ["b"]


def test_a_folder_that_cannot_hold_it_is_refused_at_once(tmp_path):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "folder.mp4").mkdir()
    for name in ("file/film.mp4", "file/deeper/film.mp4", "folder.mp4"):
        with pytest.raises(CannotCreate) as caught, published(tmp_path / name):
            pytest.fail("entered")
        assert caught.value.exit_code == 73
    assert (tmp_path / "file").read_text() == "no folder"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder_is_refused_at_once(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(CannotCreate), published(tmp_path / "film.mp4"):
        pytest.fail("entered")


def test_a_device_is_never_replaced():
    with pytest.raises(CannotCreate, match="no ordinary file"), published(_null()):
        pytest.fail("entered")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def _null():
    from pathlib import Path

    return Path("/dev/null")


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.mp4").write_text("old")
    (tmp_path / "link.mp4").symlink_to("real.mp4")
    with published(tmp_path / "link.mp4") as part:
        part.write_text("new")
    assert (tmp_path / "link.mp4").is_symlink()
    assert (tmp_path / "real.mp4").read_text() == "new"


def test_the_umask_decides_who_may_read(tmp_path):
    before = os.umask(0o027)
    try:
        with published(tmp_path / "film.mp4") as part:
            part.write_text("new")
    finally:
        os.umask(before)
    assert (tmp_path / "film.mp4").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["随机.mp4", "a b.gif", "CONTENT.mp4", "x" * 251 + ".mp4", ".mp4"])
def test_names_that_work(name, tmp_path):
    assert check_file_name(name) == name
    with published(tmp_path / name) as part:
        part.write_text("new")
    assert (tmp_path / name).read_text() == "new"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "/etc/x", "a/b", "a\\b", "nul\0l", "a\nb", "CON", "con.mp4", "Lpt1.gif",
     "NUL .mp4", "x" * 300, "随" * 86, "film.", "film ", "what?.mp4", "a:b", "\udcff.mp4"],
)  # fmt: skip
def test_names_that_are_refused(name):
    with pytest.raises(JobError) as caught:
        check_file_name(name)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
