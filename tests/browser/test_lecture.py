"""What is made for a lecture, in Chromium: subtitles beside a film, and its clips."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.films import FPS, SCENE
from tests.browser.pictures import LIKE, opened, psnr
from tests.browser.server import served
from tests.browser.tab import Tab

FILM = f"{SCENE}:Shown"
SMALL = ("-q", "480p15", "--fps", str(FPS), "--jobs", "1", "--quiet")
Run = Callable[..., dict[str, Any]]
pytestmark = pytest.mark.slow


def test_subtitles_are_the_cue_list(tab: Tab, gd: Run, tmp_path: Path) -> None:
    (film,) = gd("video", FILM, *SMALL, "--speed", "draft", "--subtitles", "en")["files"]
    listed = gd("cues", FILM, "-q", "480p15", "--fps", str(FPS))
    vtt = next(path for path in film["subtitles"] if path.endswith(".vtt"))
    page = f'<video src="{film["path"]}"><track src="{vtt}" srclang="en" default></video>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with served(tmp_path) as address:
        tab.page.goto(f"{address}/page.html")
        cues = tab.cues("track")
    wanted = [
        (cue["first"] / FPS, (cue["first"] + cue["frames"]) / FPS, cue["caption"].split())
        for cue in listed["cues"]
    ]
    assert [(start, end, text.split()) for start, end, text in cues] == wanted
    assert len(wanted) == 2


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_clips_begin_and_end_with_their_pictures(
    tab: Tab, gd: Run, tmp_path: Path, ending: str
) -> None:
    (film,) = gd("clips", FILM, *SMALL, "--format", ending)["films"]
    folder = tmp_path / film["folder"]
    assert len(film["clips"]) == 2
    for clip in film["clips"]:
        tab.show(f'<video muted preload="auto" src="{clip["file"]}"></video>', folder)
        seconds, *_ = tab.loaded("video")
        assert seconds == pytest.approx(clip["seconds"], abs=0.001)
        first, last = (opened(folder / clip["posters"][end]) for end in ("first", "last"))
        assert psnr(tab.picture("video"), first) >= LIKE  # as it stands there, before it plays
        tab.seek("video", (clip["frames"] - 0.5) / FPS)
        assert psnr(tab.picture("video"), last) >= LIKE
        assert psnr(first, last) < 25
