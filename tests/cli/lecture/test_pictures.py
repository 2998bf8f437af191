"""Pictures beside films and of every section, and the viewer that shows what was made."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cli.making.orders import orders
from cli.making.posters import with_posters
from cli.request.lessons import Asked
from cli.request.parts import Chosen
from cli.request.request import Request
from cli.request.shape import Shape
from pipeline import Part, Png
from scenes import FILMS, Telling

StandIn = Callable[..., subprocess.CompletedProcess[str]]
Refusal = Callable[..., tuple[int, str]]


@pytest.mark.slow
def test_every_section(stand_in: StandIn, tmp_path: Path) -> None:
    words = ("frame", "batch", "-q", "l", "--lang", "en")
    result = stand_in(*words, "--every-section", "-o", "set")
    paths = ["set/batch-01-first-en.png", "set/batch-02-second-en.png"]
    assert (result.returncode, result.stdout.split()) == (0, paths), result.stderr
    again = json.loads(stand_in(*words, "--every-section", "-o", "set", "--json").stdout)["files"]
    assert [(file["section"], file["path"], file["cached"]) for file in again] == [
        ("first", paths[0], True), ("second", paths[1], True)
    ]  # fmt: skip
    digests = [hashlib.sha256((tmp_path / path).read_bytes()).hexdigest() for path in paths]
    assert digests == [file["sha256"] for file in again] and len(set(digests)) == 2


def test_every_section_beforehand(invoke: Callable[..., Result], refusal: Refusal) -> None:
    words = ("frame", "batch@start..epochs", "--every-section")
    (row,) = json.loads(invoke(*words, "--dry-run", "--json").stdout)["files"]
    assert (row["frames"], row["path"]) == (3, "batch-start..epochs-NN-SECTION.png")
    for wrong, part in ((("-o", "a.png"), "folder"), (("--at", "1"), "--every-section")):
        code, line = refusal(*words, *wrong)
        assert code == 2 and part in line


def test_posters() -> None:
    """The picture of the film, if the part has it; else its last frame. One for all formats."""
    film, asked = FILMS["batch"], Asked({}, Telling())
    shape = Shape.of_quality("480p15", "16:9")
    requests = [Request(asked, shape, "x/", (ending,), ()) for ending in (".mp4", ".webm")]
    parts = [None, Part("start", film.picture), Part.of("start")]
    made = with_posters(orders([Chosen(film, part) for part in parts], *requests))
    names = ["batch", f"batch-start..{film.picture}", "batch-start"]
    ends = [".mp4", ".webm", ".png"]
    assert [str(order.job.output) for order in made] == [f"x/{n}{e}" for n in names for e in ends]
    assert [order.job.part for order in made[2::3]] == [
        Part.of(film.picture), Part.of(film.picture), Part.of("start")
    ]  # fmt: skip
    assert all(order.job.encoding == Png() and order.frames == 1 for order in made[2::3])


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the viewer is a shell script")
def test_poster_and_preview(stand_in: StandIn, tmp_path: Path) -> None:
    """The viewer gets the film, and nobody waits for it, not even a reader of our output."""
    viewer = tmp_path / "bin" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text('#!/bin/sh\necho "$1" $$ > new; mv new shown\nexec sleep 300\n')
    viewer.chmod(0o755)
    path = {"PATH": f"{viewer.parent}:{os.environ['PATH']}"}
    words = ("gif", "batch", "--width", "64", "--poster", "-p")
    result = stand_in(*words, env=path | {"DISPLAY": ":0"})
    assert (result.returncode, result.stdout) == (0, "batch.gif\nbatch.png\n"), result.stderr
    end = time.monotonic() + 20
    while not (tmp_path / "shown").exists() and time.monotonic() < end:
        time.sleep(0.05)
    shown, process = (tmp_path / "shown").read_text().split()
    os.kill(int(process), signal.SIGTERM)  # it still runs
    assert shown == str(tmp_path.resolve() / "batch.gif")
    without = stand_in(*words, env={"PATH": "/nothing", "DISPLAY": ":0"})
    assert (without.returncode, without.stdout) == (0, result.stdout)
    assert without.stderr.splitlines()[-1] == "Note: no viewer was found for 'batch.gif'"
