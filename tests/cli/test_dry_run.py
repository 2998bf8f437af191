"""`--dry-run`: it says exactly what would be made, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cli.request.shape import ASPECTS, QUALITIES, even, units
from scenes import FILMS, Lesson

Invoke = Callable[..., Result]


def plan(invoke: Invoke, *words: str) -> list[dict[str, Any]]:
    document = json.loads(invoke(*words, "--dry-run", "--json").stdout)
    assert document["estimates"] is True
    return list(document["files"])


@pytest.mark.parametrize(
    ("words", "size", "fps"),
    [
        ([], (1920, 1080), 60),
        (["-q", "480p15"], (854, 480), 15),
        (["-q", "720p30"], (1280, 720), 30),
        (["-q", "1440p60"], (2560, 1440), 60),
        (["-q", "2160p60"], (3840, 2160), 60),
        (["-q", "l"], (854, 480), 15),
        (["-q", "m"], (1280, 720), 30),
        (["-q", "h"], (1920, 1080), 60),
        (["-q", "p"], (2560, 1440), 60),
        (["-q", "k"], (3840, 2160), 60),
        (["--aspect", "9:16"], (1080, 1920), 60),
        (["--aspect", "4:3"], (1440, 1080), 60),
        (["--aspect", "1:1"], (1080, 1080), 60),
        (["-q", "l", "--aspect", "9:16", "--fps", "24"], (480, 854), 24),
    ],
)
def test_pictures(invoke: Invoke, words: list[str], size: tuple[int, int], fps: int) -> None:
    (row,) = plan(invoke, "video", "batch", *words)
    assert (row["width"], row["height"], row["fps"]) == (*size, fps)
    assert row["frames"] == round(FILMS["batch"].seconds(Lesson()) * fps)


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("quality", QUALITIES)
def test_sides_are_even_and_near_the_aspect(invoke: Invoke, aspect: str, quality: str) -> None:
    (row,) = plan(invoke, "video", "sgd", "-q", quality, "--aspect", aspect)
    across, down = ASPECTS[aspect]
    assert row["width"] % 2 == row["height"] % 2 == 0
    assert min(row["width"], row["height"]) == QUALITIES[quality].pixels
    assert abs(row["width"] / row["height"] - across / down) < 0.002
    assert min(units(aspect)) == 8 and units(aspect)[0] * down == units(aspect)[1] * across


def test_even() -> None:
    assert [even(x) for x in (853.3, 480, 639.9, 2.9)] == [854, 480, 640, 2]


def test_duration_pace_and_one_section(invoke: Invoke) -> None:
    words = ("video", "batch", "-q", "l")
    whole = FILMS["batch"].seconds(Lesson())
    (row,) = plan(invoke, *words, "--duration", "20")
    assert row["frames"] == 300 and row["duration"] == 20
    (row,) = plan(invoke, *words, "--pace", "2")
    assert row["frames"] == round(whole / 2 * 15)
    (row,) = plan(invoke, *words, "--only", "epochs")
    (section,) = (s for s in FILMS["batch"].sections if s.name == "epochs")
    assert row["frames"] == round(section.seconds * 15) and row["path"] == "batch-epochs.mp4"


def test_gif_and_frame(invoke: Invoke) -> None:
    (row,) = plan(invoke, "gif", "sgd")
    assert (row["width"], row["height"], row["fps"], row["path"]) == (640, 360, 20, "sgd.gif")
    (row,) = plan(invoke, "gif", "sgd", "--width", "321", "--aspect", "9:16", "--fps", "50")
    assert (row["width"], row["height"], row["fps"]) == (320, 570, 50)
    assert row["path"] == "sgd-9x16.gif"
    (row,) = plan(invoke, "frame", "batch", "-q", "2160p60", "--at", "12.5")
    assert (row["width"], row["frames"], row["path"]) == (3840, 1, "batch-12.5s.png")
    (row,) = plan(invoke, "frame", "batch", "--section", "start", "-o", "films/")
    assert row["path"] == "films/batch-start.png"


def test_files_are_named_after_what_was_asked_for(invoke: Invoke) -> None:
    rows = plan(invoke, "video", "sgd", "all", "-o", "films", "--lang", "en", "--aspect", "9:16")
    names = [row["path"] for row in rows]
    others = [name for name in FILMS if name != "sgd"]
    assert names == [f"films/{film}-en-9x16.mp4" for film in ["sgd", *others]]
    (row,) = plan(invoke, "video", "sgd", "--theme", "transparent")
    assert row["path"] == "sgd-transparent.mov"
    (row,) = plan(invoke, "video", "sgd", "--theme", "transparent-light", "-o", "a.webm")
    assert row["path"] == "a.webm"


def test_table_says_that_it_estimates_and_nothing_is_made(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("video", "all", "--dry-run", "-o", "films/")
    lines = result.stdout.splitlines()
    assert len(lines) == len(FILMS) + 2 and "estimates" in lines[-1]
    assert list(tmp_path.iterdir()) == []


def test_several_formats_of_one_film(invoke: Invoke) -> None:
    rows = plan(invoke, "video", "batch", "sgd", "--format", "mp4,GIF", "-o", "films/")
    assert [row["path"] for row in rows] == [
        "films/batch.mp4", "films/batch.gif", "films/sgd.mp4", "films/sgd.gif"
    ]  # fmt: skip
    video, gif = rows[:2]
    assert (video["width"], video["height"], video["fps"]) == (1920, 1080, 60)
    assert (gif["width"], gif["height"], gif["fps"]) == (640, 360, 20)
    assert gif["frames"] * 3 == video["frames"] and gif["duration"] == video["duration"]
    (row,) = plan(invoke, "video", "batch", "--format", "webm")
    assert row["path"] == "batch.webm"
    (row,) = plan(invoke, "video", "batch", "--format", "gif", "--fps", "50", "--aspect", "9:16")
    assert (row["width"], row["height"], row["fps"]) == (640, 1138, 25)
