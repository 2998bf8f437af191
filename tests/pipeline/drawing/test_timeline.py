"""Captions and sounds keep their place in the film when the scene skips a part of itself."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import srt

from pipeline.drawing.timeline import Timeline


def test_what_is_skipped_takes_no_time_of_captions_and_sounds(tmp_path):
    (tmp_path / "beep.wav").write_bytes(b"")
    settings = SimpleNamespace(plan=SimpleNamespace(output=None), assets_dir=tmp_path)
    timeline = Timeline(settings)
    timeline.skip(1.0, 2.0)
    for start, end in [(3.2, 4.2), (1.0, 3.0), (0.5, 1.0), (0.8, 3.5)]:
        span = timedelta(seconds=start), timedelta(seconds=end)
        timeline.subcaptions.append(srt.Subtitle(0, *span, f"{start} to {end}"))
    told = [(round(c.start, 9), round(c.end, 9), c.text) for c in timeline.captions()]
    assert told == [
        (0.5, 1.0, "0.5 to 1.0"), (0.8, 1.5, "0.8 to 3.5"), (1.2, 2.2, "3.2 to 4.2")
    ]  # fmt: skip
    for time in (0.25, 1.5, 4.0):
        timeline.add_sound("beep.wav", time)
    assert [sound.start for sound in timeline.sounds] == [0.25, 1.0, 2.0]
