"""A file at its final path is complete; an older file there survives every failure."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from contextlib import suppress

import pytest

from pipeline import CannotCreate, JobError, WriteFailed, check_file_name
from pipeline.files.inputs import outputs_unread, refuse_inputs
from pipeline.files.owner import remove_abandoned_parts
from pipeline.files.publish import check_can_be_created, published
from pipeline.files.unbroken import unbroken
from pipeline.files.workspace import remove_abandoned_workspaces, workspace


def test_a_finished_file_takes_the_place_of_the_old(tmp_path):
    target = tmp_path / "film.mp4"
    target.write_text("old")
    with published([target]) as (part,):
        part.write_text("new")
        assert target.read_text() == "old"
        assert part.parent == tmp_path
    assert target.read_text() == "new"
    assert os.listdir(tmp_path) == ["film.mp4"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, OSError])
def test_every_exit_leaves_the_old_file_and_nothing_else(error, tmp_path):
    target = tmp_path / "film.mp4"
    target.write_text("old")
    with pytest.raises(WriteFailed if error is OSError else error), published([target]) as (part,):
        part.write_text("half")
        raise error
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["film.mp4"]


def test_missing_folders_are_made_and_after_a_failure_removed(tmp_path):
    with published([tmp_path / "a" / "b" / "film.mp4"]) as (part,):
        part.write_text("new")
    assert (tmp_path / "a" / "b" / "film.mp4").read_text() == "new"
    with pytest.raises(ZeroDivisionError), published([tmp_path / "a" / "c" / "d" / "film.mp4"]):
        raise ZeroDivisionError
    assert sorted(os.listdir(tmp_path / "a")) == ["b"]


def test_a_folder_that_cannot_hold_it_is_refused_at_once(tmp_path):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "folder.mp4").mkdir()
    for name in ("file/film.mp4", "file/deeper/film.mp4", "folder.mp4"):
        with pytest.raises(CannotCreate) as caught, published([tmp_path / name]):
            pytest.fail("entered")
        assert caught.value.exit_code == 73
    assert (tmp_path / "file").read_text() == "no folder"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder_is_refused_at_once(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(CannotCreate), published([tmp_path / "film.mp4"]):
        pytest.fail("entered")


def test_a_device_is_never_replaced():
    with pytest.raises(CannotCreate, match="no ordinary file"), published([_null()]):
        pytest.fail("entered")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def _null():
    from pathlib import Path

    return Path("/dev/null")


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.mp4").write_text("old")
    (tmp_path / "link.mp4").symlink_to("real.mp4")
    with published([tmp_path / "link.mp4"]) as (part,):
        part.write_text("new")
    assert (tmp_path / "link.mp4").is_symlink()
    assert (tmp_path / "real.mp4").read_text() == "new"


def test_the_umask_decides_who_may_read(tmp_path):
    before = os.umask(0o027)
    try:
        with published([tmp_path / "film.mp4"]) as (part,):
            part.write_text("new")
    finally:
        os.umask(before)
    assert (tmp_path / "film.mp4").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["随机.mp4", "a b.gif", "CONTENT.mp4", "x" * 251 + ".mp4", ".mp4"])
def test_names_that_work(name, tmp_path):
    assert check_file_name(name) == name
    with published([tmp_path / name]) as (part,):
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


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_the_mode_of_the_old_file_is_kept(mode, tmp_path):
    target = tmp_path / "film.mp4"
    target.write_text("old")
    target.chmod(mode)
    with published([target]) as (part,):
        assert part.stat().st_mode & 0o077 & ~mode == 0
        part.write_text("new")
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", mode)


@pytest.mark.parametrize("old", ["old", None])
def test_if_one_file_cannot_be_moved_none_is(old, tmp_path):
    first, last = tmp_path / "film.mp4", tmp_path / "film.gif"
    if old:
        first.write_text(old)
    with pytest.raises(WriteFailed, match=r"film\.gif"), published([first, last]) as parts:
        for part in parts:
            part.write_text("new")
        last.mkdir()
        (last / "in the way").touch()
    assert (first.read_text() if first.exists() else None) == old
    assert not list(tmp_path.glob(".gd-*"))


def test_together_all_are_new(tmp_path):
    targets = [tmp_path / "a" / "film.mp4", tmp_path / "film.gif"]
    targets[1].write_text("old")
    with published(targets) as parts:
        for part in parts:
            part.write_text("new")
    assert [target.read_text() for target in targets] == ["new", "new"]
    assert sorted(os.listdir(tmp_path)) == ["a", "film.gif"]


def test_an_output_is_no_input(tmp_path):
    data, link, hard = (tmp_path / name for name in ("points.csv", "link.csv", "hard.csv"))
    data.write_text("1,2")
    link.symlink_to(data)
    os.link(data, hard)
    for output in (data, link, hard):
        with pytest.raises(JobError, match="choose another name") as caught:
            refuse_inputs([tmp_path / "new.csv", output], [data])
        assert caught.value.exit_code == 2
        with pytest.raises(JobError), outputs_unread([output]):
            data.read_text()
        with pytest.raises(JobError), outputs_unread([output]), suppress(JobError):
            data.read_text()  # the scene goes on
    refuse_inputs([tmp_path / "new.csv"], [data])
    with outputs_unread([tmp_path / "new.csv"]):
        assert data.read_text() == "1,2"


def test_a_signal_waits_for_the_end(tmp_path):
    done = []
    with pytest.raises(KeyboardInterrupt), unbroken():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        done.append("all")
    assert done == ["all"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


OWNER = """
import os, sys
from pathlib import Path
from pipeline.files.publish import check_can_be_created, published
from pipeline.files.workspace import workspace
with workspace(), published([Path("film.mp4")]):
    if os.fork() == 0:
        sys.stdin.read()  # a worker, which lives on
        os._exit(0)
    print("there", flush=True)
    os.kill(os.getpid(), 9) if sys.argv[1:] else sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and flock")
@pytest.mark.parametrize("killed", [False, True])
def test_only_what_the_dead_left_is_removed(killed, tmp_path, monkeypatch):
    """A run that lives keeps its files, also if only a worker of it lives."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    mine = temporary / "gd-film-lectures"
    mine.mkdir()
    (mine / "notes").touch()
    run = subprocess.Popen(
        [sys.executable, "-c", OWNER, *(["killed"] if killed else [])],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.getcwd(), "TMPDIR": str(temporary)},
    )  # fmt: skip

    def swept():
        remove_abandoned_parts(tmp_path)
        remove_abandoned_workspaces()
        return len(list(tmp_path.glob(".gd-*.part"))), len(list(temporary.iterdir()))

    assert run.stdout.readline() == b"there\n"
    if killed:
        assert run.wait(timeout=20) == -signal.SIGKILL
    else:
        run.send_signal(signal.SIGSTOP)
    assert swept() == (1, 2)
    run.kill()
    run.wait(timeout=20)
    assert swept() == (1, 2)
    run.stdin.close()
    assert run.stdout.read() == b""  # the worker has ended
    run.stdout.close()
    assert swept() == (0, 1)
    with workspace() as folder:
        assert swept() == (0, 2) and folder.is_dir()
    assert os.listdir(mine) == ["notes"]


def test_a_trial_leaves_nothing(tmp_path):
    """Neither a file nor a folder; an older file stays."""
    check_can_be_created(tmp_path / "new" / "folder" / "film.mp4")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "old.mp4").write_bytes(b"old")
    check_can_be_created(tmp_path / "old.mp4")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
    with pytest.raises(CannotCreate):
        check_can_be_created(tmp_path / "old.mp4" / "film.mp4")
