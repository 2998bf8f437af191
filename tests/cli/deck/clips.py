"""Clips that need no film: a few frames of moving squares, with their first and last picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from PIL import Image

from cli.deck.slides import Deck, Kind, Shown, Slide

WIDTH, HEIGHT, FPS, FRAMES = 320, 180, 10, 12
SECONDS = FRAMES / FPS


def shown(folder: Path, name: str, hue: int) -> Shown:
    """A clip of a square that moves over a dark page."""
    pictures = [_picture(hue, 20 + 10 * number) for number in range(FRAMES)]
    clip, first, last = (folder / f"{name}{end}" for end in (".mp4", "-first.png", "-last.png"))
    with av.open(str(clip), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode())
    Image.fromarray(pictures[0]).save(first)
    Image.fromarray(pictures[-1]).save(last)
    return Shown(clip, SECONDS, first, last)


def _picture(hue: int, left: int) -> np.ndarray:
    picture = np.full((HEIGHT, WIDTH, 3), (16, 20, 27), np.uint8)
    picture[60:120, left : left + 60] = (hue, 160, 255 - hue)
    return picture


def deck(
    clips: Sequence[tuple[Kind, Shown]], title: str = "A lecture", aspect: str = "16:9"
) -> Deck:
    """A title, a slide for each clip with its kind, and a command."""
    words = Slide("title", "title", title, ("One film", "Another film"))
    end = Slide("end", "end", "This deck was made with", ("gd deck one another",))
    slides = [
        Slide(
            f"one/{number}", kind, f"One film · {number}", (), clip, f"caption {number}",
            "Look.\nWhere is it?", (("Formula", "J = w²"), ("Question", "Why?")),
        )
        for number, (kind, clip) in enumerate(clips, 1)
    ]  # fmt: skip
    return Deck(title, "en", "dark", aspect, (words, *slides, end))
