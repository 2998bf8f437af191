"""Videos in Chromium: they load, play to their end, and show the drawn frame at every moment."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from tests.browser.films import FPS, FRAMES, MATTE, SIZE, VIDEOS, Films
from tests.browser.pictures import LIKE, laid_on, psnr
from tests.browser.tab import Tab

TAG = '<video muted playsinline preload="auto" src="{}"></video>'
SOUGHT = (0, 13, 14, 15, 29, 7)  # the first, the last, around the key frame of a cue, and back
NOT_SUPPORTED = 4  # of MediaError
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", VIDEOS)
def test_each_moment_shows_its_frame(tab: Tab, films: Films, name: str) -> None:
    """Also over a colour, where the film has no background."""
    tab.show(TAG.format(name), films.folder, background=MATTE)
    seconds, *size = tab.loaded("video")
    assert seconds == pytest.approx(FRAMES / FPS, abs=0.001) and size == [*SIZE]
    frames = [laid_on(frame, MATTE) for frame in films.frames(name)]
    for number in SOUGHT:
        tab.seek("video", (number + 0.5) / FPS)
        shown = tab.picture("video")
        likeness = [psnr(shown, frame) for frame in frames]
        assert likeness[number] == max(likeness) >= LIKE, (number, likeness)


def test_all_play_to_their_end(tab: Tab, films: Films) -> None:
    tab.show("".join(map(TAG.format, VIDEOS)), films.folder)
    assert tab.play("video") == pytest.approx([FRAMES / FPS] * len(VIDEOS), abs=0.001)


def test_prores_is_not_for_browsers(tab: Tab, films: Films) -> None:
    """As the documents say."""
    assert (films.folder / "film.mov").stat().st_size > 0
    tab.show(TAG.format("film.mov"), films.folder)
    with pytest.raises(Error, match=f"MediaError {NOT_SUPPORTED}"):
        tab.wait_for("video", "loadeddata")
