"""A small deck for the browser, and what its page shows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.deck.html.writing import DeckWriter
from cli.deck.request import DeckRequest
from cli.deck.slides import Deck, Shown, Slide
from pipeline import FrameSpec, Mp4, RenderJob, SceneRef, render_clips
from tests.browser.pictures import LIKE, Picture, opened, psnr
from tests.browser.tab import Tab

SCENE = Path(__file__).with_name("lesson_scene.py")
SIZE = WIDTH, HEIGHT = 640, 360
FPS = 20
SECONDS = 20  # for a picture
HOSTILE = (
    "<script>window.broken = 1</script>",
    "</script><script>window.broken = 1</script>",
    '<img src=x onerror="window.broken = 1">',
    "\"' onload='window.broken = 1' x=\"",
    "a & b &amp; {{ deck.title }} {% raw %} <!-- ]]>",
    "</title></style></template></section>",
    "السلام عليكم (w) 梯度下降 👩‍🏫🎓",
    "x" * 300,
)
STATE = """() => {
    const slide = Reveal.getCurrentSlide(), video = slide.querySelector("video");
    const over = slide.querySelector(".over"), question = slide.querySelector(".question");
    return {
        slide: Number(slide.id.split("-")[1]),
        over: Boolean(over?.matches(".visible")),
        question: Boolean(question?.checkVisibility()),
        ...(video && {
            time: video.currentTime, playing: !video.paused, ended: video.ended,
            muted: video.muted, seconds: video.duration, ready: video.readyState > 1,
        }),
    };
}"""


def made(folder: Path) -> Deck:
    """Five slides: a title, three clips, the command. Their texts try to break the page."""
    job = RenderJob(
        SceneRef(str(SCENE), "Lesson"), FrameSpec(*SIZE, FPS), Mp4("draft"), folder / "clips"
    )
    clips = render_clips(job, "question", workers=1).clips
    shown = [
        Slide(
            file.clip.id, file.clip.kind, text, (),
            Shown(file.path, file.seconds, *file.posters),
            alt=text, narration=text, notes=((text, text),),
            question=text if file.clip.kind == "ask" else "",
        )
        for file, text in zip(clips, HOSTILE, strict=False)
    ]  # fmt: skip
    slides = (Slide("t", "title", HOSTILE[2], HOSTILE), *shown, Slide("e", "end", "End", HOSTILE))
    return Deck(HOSTILE[1], "en", "dark", "16:9", slides)


def written(deck: Deck, path: Path, *, one_file: bool = False) -> Path:
    """The page of the deck at `path`, with the files that it needs."""
    writer = DeckWriter(DeckRequest(None, "gd deck", one_file=one_file))
    outputs = writer.outputs(deck, path)
    for output in outputs:
        output.parent.mkdir(parents=True, exist_ok=True)
    writer.write(deck, path, outputs)
    return path


@dataclass
class Page:
    """The page of a deck in a tab. ``said`` is what its console says."""

    tab: Tab
    said: list[str]

    @classmethod
    def of(cls, tab: Tab) -> Page:
        """Listens to the tab from now on; the window is as large as the clips."""
        said: list[str] = []
        tab.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        tab.page.on("console", lambda message: said.append(message.text))
        tab.page.on("pageerror", lambda error: said.append(str(error)))
        return cls(tab, said)

    def press(self, *keys: str) -> None:
        """Press some keys, one after another."""
        for key in keys:
            self.tab.page.keyboard.press(key)

    def state(self) -> dict[str, Any]:
        """Of the current slide: its number, its steps, its video."""
        return dict(self.tab.page.evaluate(STATE))

    def wait(self, **wanted: Any) -> dict[str, Any]:
        """Wait until the state has these values; the whole state."""
        condition = f"""(wanted) => {{
            const state = ({STATE})();
            return Object.keys(wanted).every((name) => state[name] === wanted[name]);
        }}"""
        self.tab.page.wait_for_function(condition, arg=wanted, polling=20)
        return self.state()

    def picture(self) -> Picture:
        """What the window shows."""
        return opened(self.tab.page.screenshot())[..., :3]

    def wait_for_picture(self, drawn: Picture) -> None:
        """Wait until the window shows this: a busy browser paints a frame after it says so."""
        end = time.monotonic() + SECONDS
        while (likeness := psnr(self.picture(), drawn)) < LIKE:
            assert time.monotonic() < end, likeness
