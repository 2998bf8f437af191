"""Frames are those of manim, whoever draws them: drawn by one process or several, or alone."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from pipeline import Encoding, FrameSpec, Mp4, Png, RenderJob, SceneRef
from pipeline.job.region import Region
from pipeline.job.sink import Frame

PLAYS = Path(__file__).with_name("plays.py")
SCENES = Path(__file__).with_name("scenes.py")
STRANGE = Path(__file__).parents[1].joinpath("strange_scenes.py")
ADVERSARIAL = Path(__file__).parents[1].joinpath("adversarial.py")
LENGTH = 10  # frames of a segment: one second
EVERY = os.environ.get("GD_EVERY_FAULT") == "1"
FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

OF_PLAYS = ["Followers", "Own", "Rates", "Updates", "Groups", "Same", "Turns", "Known"]
OF_SCENES = ["Centre", "Centres", "Skips", "Clocks", "Tempo", "Stepping", "OwnMobjects", "Chances"]
ONE_PROCESS = ["Reads", "Looks", "Mirrors", "Prints", "Notes"]
OF_STRANGE = ["FarOut", "Plain", "Zooming", "GivesCamera", "MakesCamera", "Space", "Hidden"]
ORDINARY = ["Gestures", "Order", "Redrawn", "Traces", "Travelling"]
MORE = [
    "Shades", "Corners", "Behind", "Leaving", "Shapes", "Clouds", "Images", "Pages", "Dissolving",
    "Magnified", "Space",
]  # fmt: skip


class RawSegment:
    """A segment that stores its frames as they were drawn."""

    def __init__(self, path: Path) -> None:
        self._path, self._frames = path, []

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self._frames += [canvas.copy()] * repeat

    def finish(self) -> None:
        np.save(self._path, np.array(self._frames))

    def abort(self) -> None: ...


class RawFile:
    """A film in segments of raw frames, in `folder`."""

    length = LENGTH

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def begin(self, number: int) -> RawSegment:
        return RawSegment(self.files(number)[0])

    def files(self, number: int) -> list[Path]:
        return [self._folder / f"{number:03}.npy"]

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        raise AssertionError("the film is made in segments")

    def written(self, number: int) -> dict[Path, str]:
        return {}

    def take(self, written: Mapping[Path, str]) -> None: ...
    def discard(self) -> None: ...

    @property
    def frames(self) -> list[Frame]:
        return [frame for path in sorted(self._folder.iterdir()) for frame in np.load(path)]


class RawPicture:
    """The frames of a still, or of a film that is not made in segments."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self.frames += [canvas.copy()] * repeat


def played(
    module: Path,
    name: str,
    picture: FrameSpec,
    file: RawFile | RawPicture,
    workers: int = 1,
    encoding: Encoding | None = None,
) -> list[Frame]:
    """The frames that `file` gets of a scene, which `workers` processes play."""
    from pipeline.drawing.session import manim_session
    from pipeline.files.workspace import workspace
    from pipeline.parallel.playing import play

    scene = SceneRef(str(module), name)
    job = RenderJob(scene, picture, encoding or Mp4(), Path("unused"))
    with workspace() as place, manim_session(picture, place, job.scene) as session:
        play([job], session, file, lambda done, section: None, workers, None)
    return file.frames


def differing(ours: list[Frame], stock: list[Frame]) -> list[int]:
    """The numbers of the frames that are not equal."""
    assert len(ours) == len(stock)
    return [k for k, (a, b) in enumerate(zip(ours, stock, strict=True)) if (a != b).any()]


def cases() -> list[object]:
    chosen = {PLAYS: OF_PLAYS, SCENES: OF_SCENES + ONE_PROCESS, ADVERSARIAL: ORDINARY}
    if EVERY:
        chosen |= {ADVERSARIAL: ORDINARY + MORE, STRANGE: OF_STRANGE}
    return [pytest.param(file, name, id=name) for file, names in chosen.items() for name in names]


@pytest.mark.slow
@FORK
@pytest.mark.parametrize(("module", "name"), cases())
def test_every_frame_is_manims_for_any_number_of_workers(
    module: Path,
    name: str,
    picture: FrameSpec,
    tmp_path: Path,
    forking: None,
    stock_frames: Callable[..., list[Frame]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With GD_EVERY_FAULT=1 also with one and two workers, for more scenes, at more moments."""

    def enter(name: str) -> Path:
        """A new current folder: a scene may write there."""
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        return tmp_path / name / "frames"

    enter("stock")
    stock = stock_frames(name, module=str(module))
    for workers in (1, 2, 3) if EVERY else (3,):
        ours = played(module, name, picture, RawFile(enter(str(workers))), workers)
        assert differing(ours, stock) == [], f"{workers} workers"
    moments = random.Random(name).sample(range(len(stock)), min(len(stock), 5) if EVERY else 1)
    for k in moments:
        enter(f"frame {k}")
        still = Png(k / picture.fps)
        alone = played(module, name, picture, RawPicture(), encoding=still)
        assert differing(alone, [stock[k]]) == [], f"frame {k} alone"
    if name in ONE_PROCESS:  # as a webm, whose frames are not made in segments
        enter("whole")
        assert differing(played(module, name, picture, RawPicture()), stock) == []
