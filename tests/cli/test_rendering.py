"""`video`, `gif`, `frame` by the real command, with stand-in films; PyAV opens the files."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from av.stream import Disposition

Finished = subprocess.CompletedProcess[str]
StandIn = Callable[..., Finished]
pytestmark = pytest.mark.slow


def probe(path: Path) -> dict[str, Any]:
    """Codec, size, number of frames and time stamps of a video file."""
    with av.open(path) as container:
        stream, *covers = container.streams.video
        assert all(cover.disposition == Disposition.attached_pic for cover in covers)
        times = [frame.pts * frame.time_base for frame in container.decode(stream)]
        return {
            "codec": stream.codec_context.name,
            "size": (stream.codec_context.width, stream.codec_context.height),
            "format": stream.codec_context.pix_fmt,
            "times": times,
            "duration": Fraction(container.duration or 0, av.time_base),
        }


def test_video(stand_in: StandIn, tmp_path: Path) -> None:
    result = stand_in("video", "batch", "-q", "480p15", "--aspect", "9:16")
    assert (result.returncode, result.stdout) == (0, "batch-9x16.mp4\n"), result.stderr
    found = probe(tmp_path / "batch-9x16.mp4")
    assert (found["codec"], found["size"], found["format"]) == ("h264", (480, 854), "yuv420p")
    assert found["times"] == [Fraction(k, 15) for k in range(30)]
    assert found["duration"] == 2
    begin, end = result.stderr.splitlines()
    assert begin == "batch: 30 frames of 480x854 at 15 fps"
    assert end.startswith("batch: 30 frames, ")


@pytest.mark.parametrize(
    ("name", "codecs"), [("", ("prores",)), ("a.webm", ("libvpx-vp9", "vp9"))], ids=["mov", "webm"]
)
def test_transparent(stand_in: StandIn, tmp_path: Path, name: str, codecs: tuple[str, ...]) -> None:
    words = ("-q", "l", "--theme", "transparent", "--only", "second", "--quiet")
    result = stand_in("video", "batch", *words, "-o", name)
    path = name or "batch-second-transparent.mov"
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{path}\n", "")
    found = probe(tmp_path / path)
    assert found["codec"] in codecs
    assert len(found["times"]) == 15


def test_jobs_change_nothing_and_speed_does(stand_in: StandIn, tmp_path: Path) -> None:
    def made(*words: str) -> str:
        common = ("video", "batch", "-q", "480p15", "-o", "a.mp4", "--no-cache", "--quiet")
        result = stand_in(*common, *words)
        assert result.returncode == 0, result.stderr
        return hashlib.sha256((tmp_path / "a.mp4").read_bytes()).hexdigest()

    normal = made("--speed", "normal")
    assert made("--jobs", "1") == made("--jobs", "2") == normal
    assert len({made("--speed", "draft"), normal, made("--speed", "small")}) == 3


def test_gif(stand_in: StandIn, tmp_path: Path) -> None:
    words = ("--width", "160", "--fps", "25", "--colors", "16", "-o", "out/")
    result = stand_in("gif", "batch", *words)
    assert (result.returncode, result.stdout) == (0, "out/batch.gif\n"), result.stderr
    found = probe(tmp_path / "out/batch.gif")
    assert (found["codec"], found["size"], found["duration"]) == ("gif", (160, 90), 2)


def test_two_formats_at_once(stand_in: StandIn, tmp_path: Path) -> None:
    words = ("video", "batch", "-q", "l", "--fps", "20", "--format", "mp4,gif", "-o", "out/")
    result = stand_in(*words)
    assert (result.returncode, result.stdout) == (0, "out/batch.mp4\nout/batch.gif\n")
    assert " kB + " in result.stderr.splitlines()[-1]
    video, gif = (probe(tmp_path / "out" / name) for name in ("batch.mp4", "batch.gif"))
    assert (video["size"], gif["size"]) == ((854, 480), (640, 360))
    assert video["duration"] == gif["duration"] == 2
    assert "from the cache" in stand_in(*words).stderr


def test_frame_as_json(stand_in: StandIn, tmp_path: Path) -> None:
    result = stand_in("frame", "batch", "--section", "first", "-q", "l", "--json")
    assert result.returncode == 0, result.stderr
    (file,) = json.loads(result.stdout)["files"]
    data = (tmp_path / file["path"]).read_bytes()
    assert file["path"] == "batch-first.png" and file["film"] == "batch"
    assert file["size"] == len(data) and file["frames"] == 1
    assert file["sha256"] == hashlib.sha256(data).hexdigest()
    assert probe(tmp_path / file["path"])["size"] == (854, 480)


def test_one_film_fails_and_the_others_are_made(stand_in: StandIn, tmp_path: Path) -> None:
    (tmp_path / "sgd.mp4").write_bytes(b"old")
    result = stand_in("video", "sgd", "batch", "-q", "l")
    assert (result.returncode, result.stdout) == (1, "batch.mp4\n")
    lines = result.stderr.splitlines()
    errors = [line for line in lines if line.startswith("Error: ")]
    assert len(errors) == 1 and "the chalk broke" in errors[0]
    assert all(word in errors[0] for word in ("sgd", "Broken", "'second'"))
    assert lines[-1] == "Finished: batch. Failed: sgd."
    assert (tmp_path / "sgd.mp4").read_bytes() == b"old"
    assert len(probe(tmp_path / "batch.mp4")["times"]) == 30
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batch.mp4", "sgd.mp4"]


def test_a_failure_as_json_and_with_its_traceback(stand_in: StandIn) -> None:
    result = stand_in("video", "sgd", "-q", "l", "--json", "--quiet", "--debug")
    assert result.returncode == 1
    document = json.loads(result.stdout)
    assert document["files"] == []
    (failed,) = document["failed"]
    assert failed["film"] == "sgd" and "the chalk broke" in failed["error"]
    assert "stand_in_scenes.py" in result.stderr and "Traceback" in result.stderr


@pytest.mark.parametrize("output", ["/proc/films/", "taken/x.mp4"])
def test_folder_that_cannot_be_made(stand_in: StandIn, tmp_path: Path, output: str) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    result = stand_in("video", "batch", "-q", "l", "--quiet", "-o", output)
    assert (result.returncode, result.stdout) == (73, "")
    assert result.stderr.startswith("Error: batch: the folder ")
    assert result.stderr.count("\n") == 1


def test_home_read_only(stand_in: StandIn, tmp_path: Path) -> None:
    result = stand_in("frame", "batch", "-q", "l", "--quiet", env={"HOME": "/proc"})
    assert (result.returncode, result.stdout) == (0, "batch.png\n"), result.stderr


@pytest.mark.parametrize("film", ["cost-function", "batch", "sgd"])
def test_a_real_film(command: StandIn, tmp_path: Path, film: str) -> None:
    words = ("-q", "480p15", "--duration", "5", "--lang", "en", "--json")
    result = command("video", film, *words)
    assert result.returncode == 0, result.stderr
    (file,) = json.loads(result.stdout)["files"]
    assert (file["path"], file["frames"], file["duration"]) == (f"{film}-en.mp4", 75, 5)
    found = probe(tmp_path / file["path"])
    assert (found["codec"], found["size"]) == ("h264", (854, 480))
    assert found["times"] == [Fraction(k, 15) for k in range(75)]
