"""A folder as `gd course` leaves it, with names that try to break its page; nothing is rendered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from cli.gallery.writing import write_page
from tests.browser.decks import HOSTILE

FPS, SECONDS, SIZE = 10, 3, (160, 90)
COLOURS = ((200, 40, 40), (40, 200, 40), (40, 40, 200))
"""What the film shows in its three seconds."""
MOMENTS = (
    ("first", "One & <b>two</b>", "It begins."),
    ("second-part", "Three", ""),
    ("last", "", ""),
)
NAME = '100% #1? "it\'s" &amp; <b> 梯度 🎈'  # of a file and a folder
LESSONS = 3


def film(path: Path) -> None:
    """A film of three colours, a second each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"})
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for number in range(SECONDS * FPS):
            picture = np.full((*SIZE[::-1], 3), COLOURS[number // FPS], np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())


def entry(path: str, lesson: str, **others: Any) -> dict[str, Any]:
    """What a manifest says of a film."""
    return {
        "path": path, "lesson": lesson, "product": "video", "films": ["sgd"], "titles": ["SGD"],
        "summaries": ["One sample"], "lang": "en", "theme": "dark", "aspect": "16:9",
        "duration": float(SECONDS), "fps": FPS, "frames": SECONDS * FPS,
        "command": ["gd", "video", "sgd", "-o", "build/it's/"],
        "sections": [
            {"name": name, "first": number * FPS, "frames": FPS}
            for number, (name, _, _) in enumerate(MOMENTS)
        ],
        "cues": [
            {"section": name, "first": number * FPS, "frames": FPS, "caption": caption,
             "narration": narration}
            for number, (name, caption, narration) in enumerate(MOMENTS)
        ],
    } | others  # fmt: skip


@dataclass(frozen=True)
class Course:
    """The folder with the page, and the entries of its manifest."""

    folder: Path
    files: list[dict[str, Any]]

    @property
    def page(self) -> Path:
        return self.folder / "index.html"

    @classmethod
    def made(cls, folder: Path) -> Course:
        """Two films in four variants each, a handout, subtitles, and a film with hostile names."""
        files = [*_files()]
        for file in files:
            path = folder / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".mp4":
                film(path)
            else:
                path.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n字幕 &lt;i&gt;\n", "utf-8")
        failed = {
            "lesson": "week-2", "product": "video", "films": [HOSTILE[0]], "error": HOSTILE[2],
            "command": ["gd", HOSTILE[1]],
        }  # fmt: skip
        document = {"title": HOSTILE[1], "files": files, "failed": [failed]}
        (folder / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
        write_page(folder, folder / "index.html", "en")
        return cls(folder, files)


def _files() -> Iterator[dict[str, Any]]:
    for name, titles in (("sgd", ("SGD", "随机梯度下降")), ("batch", ("Batch", "批量梯度下降"))):
        for lang, title in zip(("en", "zh"), titles, strict=True):
            for theme in ("dark", "light"):
                stem = f"week-1/{name}-{lang}-{theme}"
                about = {"lang": lang, "theme": theme, "titles": [title], "films": [name]}
                yield entry(f"{stem}.mp4", "week-1", **about)
                if name == "sgd":
                    subtitles = {"product": "subtitles", "lang": "zh", "cues": [], "sections": []}
                    yield entry(f"{stem}.zh.vtt", "week-1", **{**about, **subtitles})
    yield entry("week-2/handout-en.pdf", "week-2", product="handout", cues=[], sections=[])
    for number, text in enumerate(HOSTILE):
        yield entry(
            f"{NAME}/{number} {NAME}.mp4", HOSTILE[1], films=[text], titles=[text], part=HOSTILE[0],
            summaries=[text], data=text, theme=text, sections=[{"name": text, "first": 0}],
            cues=[{"first": 0, "caption": text, "narration": text}], command=["gd", text],
        )  # fmt: skip
