"""GIF, WebP and APNG in Chromium: as it decodes them, and as it shows them."""

from __future__ import annotations

import base64
import math
import time

import numpy as np
import pytest

from tests.browser.films import ANIMATIONS, FPS, FRAMES, MATTE, ONCE, SIZE, Films
from tests.browser.pictures import LIKE, Picture, laid_on, opened, psnr
from tests.browser.server import served
from tests.browser.tab import Tab

TYPES = {"gif": "image/gif", "webp": "image/webp", "apng": "image/png"}
LOOKED_AT = (0, 7, 14, 15, 29)
PATIENCE = 15  # seconds

# The browser's own decoder: [start, seconds] of each frame, how often the film is repeated after
# the first time, and some frames on the colour of a page.
DECODED = """async ([name, type, page, wanted]) => {
    const data = await (await fetch(name)).arrayBuffer();
    const decoder = new ImageDecoder({ data, type });
    await Promise.all([decoder.tracks.ready, decoder.completed]);
    const track = decoder.tracks.selectedTrack;
    const times = [], pictures = [];
    for (let frameIndex = 0; frameIndex < track.frameCount; frameIndex++) {
        const { image } = await decoder.decode({ frameIndex });
        times.push([image.timestamp / 1e6, image.duration / 1e6]);
        if (wanted.includes(frameIndex)) {
            const canvas = document.createElement("canvas");
            canvas.width = image.displayWidth;
            canvas.height = image.displayHeight;
            const pen = canvas.getContext("2d");
            pen.fillStyle = page;
            pen.fillRect(0, 0, canvas.width, canvas.height);
            pen.drawImage(image, 0, 0);
            pictures.push(canvas.toDataURL().split(",")[1]);
        }
        image.close();
    }
    return [times, String(track.repetitionCount), pictures];
}"""
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", [*ANIMATIONS, *ONCE])
def test_as_decoded(tab: Tab, films: Films, name: str) -> None:
    """Every frame is there, at its time. WebP and APNG are equal to the bit, or rounded once."""
    stem, _, ending = name.partition(".")
    least = LIKE if ending == "gif" else 60 if stem == "clear" else math.inf
    with served(films.folder) as address:
        tab.page.goto(address)
        asked = [name, TYPES[ending], MATTE, LOOKED_AT]
        times, repeated, pictures = tab.page.evaluate(DECODED, asked)
    assert np.allclose(times, [(number / FPS, 1 / FPS) for number in range(FRAMES)], atol=1e-6)
    assert float(repeated) == (0 if name in ONCE else math.inf)
    for number, picture in zip(LOOKED_AT, pictures, strict=True):
        shown = opened(base64.b64decode(picture))[..., :3]
        likeness = psnr(shown, laid_on(films.frames(name)[number], MATTE))
        assert likeness >= least, number


def test_as_shown(tab: Tab, films: Films) -> None:
    """Over the colour of a page each of them moves, and shows frames of the film."""
    frames = {name: [laid_on(f, MATTE) for f in films.frames(name)] for name in ANIMATIONS}
    _show(tab, films, ANIMATIONS)
    for name in ANIMATIONS:
        end = time.monotonic() + PATIENCE
        seen = {_number(_shown(tab, name), frames[name])}
        while len(seen) < 3 and time.monotonic() < end:
            seen.add(_number(_shown(tab, name), frames[name]))
        assert len(seen) == 3, name


def test_what_plays_once_rests_on_its_last_frame(tab: Tab, films: Films) -> None:
    _show(tab, films, ONCE)
    for name in ONCE:
        end = time.monotonic() + PATIENCE
        while _number(_shown(tab, name), films.opaque) < FRAMES - 1:
            assert time.monotonic() < end, name
    tab.page.wait_for_timeout(300)
    assert [_number(_shown(tab, name), films.opaque) for name in ONCE] == [FRAMES - 1] * len(ONCE)


def _show(tab: Tab, films: Films, names: tuple[str, ...]) -> None:
    body = "".join(f'<img src="{name}">' for name in names)
    tab.show(f'<div style="columns: 2">{body}</div>', films.folder, background=MATTE)


def _shown(tab: Tab, name: str) -> Picture:
    picture = tab.picture(f'img[src="{name}"]')
    assert picture.shape[1::-1] == SIZE
    return picture


def _number(shown: Picture, frames: list[Picture]) -> int:
    """The frame that is shown."""
    likeness = [psnr(shown, frame) for frame in frames]
    assert max(likeness) >= LIKE
    return int(np.argmax(likeness))
