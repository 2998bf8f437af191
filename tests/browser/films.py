"""The film of shown_scene.py, small, in every format that shows pictures in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZipFile

from pipeline import (
    Apng,
    Encoding,
    FrameSpec,
    Gif,
    Mp4,
    ProRes,
    RenderJob,
    SceneRef,
    Stills,
    WebM,
    WebP,
    render,
    render_together,
)
from tests.browser.pictures import Picture, opened

SCENE = Path(__file__).with_name("shown_scene.py")
SIZE = WIDTH, HEIGHT = 320, 180
FPS = 20
FRAMES = 30
MATTE = "#2a9d5c"
"""The page on which films without background are looked at."""

OPAQUE: dict[str, Encoding] = {
    "draft.mp4": Mp4("draft"),
    "normal.mp4": Mp4("normal"),
    "small.mp4": Mp4("small"),
    "film.webm": WebM(),
    "film.mov": ProRes(),
    "film.gif": Gif(),
    "film.webp": WebP(),
    "film.apng": Apng(),
    "once.gif": Gif(loop=1),
    "once.webp": WebP(loop=1),
    "once.apng": Apng(loop=1),
}
CLEAR: dict[str, Encoding] = {
    "clear.webm": WebM(),
    "clear.webp": WebP(),
    "clear.apng": Apng(),
    "clear.gif": Gif(matte=MATTE),
}
VIDEOS = ("draft.mp4", "normal.mp4", "small.mp4", "film.webm", "clear.webm")
ANIMATIONS = ("film.gif", "film.webp", "film.apng", "clear.gif", "clear.webp", "clear.apng")
ONCE = ("once.gif", "once.webp", "once.apng")


@dataclass(frozen=True)
class Films:
    """The folder with the files, and the film's frames as they were drawn: RGB, and RGBA."""

    folder: Path
    opaque: list[Picture]
    clear: list[Picture]

    @classmethod
    def made(cls, folder: Path) -> Films:
        """Draw the film with and without its background, and write every format into `folder`."""
        job = RenderJob(
            SceneRef(str(SCENE), "Shown"), FrameSpec(*SIZE, FPS), Mp4(), folder / "film.mp4"
        )
        without = replace(job.frame, transparent=True)
        clear = replace(job, frame=without, encoding=WebM())
        for first, encodings in ((job, OPAQUE), (clear, CLEAR)):
            jobs = [
                replace(first, encoding=encoding, output=folder / name)
                for name, encoding in encodings.items()
            ]
            render_together(jobs, workers=1)
        return cls(folder, _frames(job), _frames(clear))

    def frames(self, name: str) -> list[Picture]:
        """What a file of this name should show."""
        return self.clear if name.startswith("clear") else self.opaque


def _frames(job: RenderJob) -> list[Picture]:
    path = job.output.with_name("frames.zip")
    render(replace(job, encoding=Stills(tuple(range(FRAMES))), output=path), workers=1)
    with ZipFile(path) as archive:
        return [opened(archive.read(f"{number}.png")) for number in range(FRAMES)]
