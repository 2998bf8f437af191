"""Several films as one: packets copied, chapters, subtitles, sound."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import av
import pytest

from pipeline import (
    Caption,
    JobError,
    JoinedFilm,
    Mp4,
    ProRes,
    SubtitleTrack,
    WebM,
    render,
    render_joined,
)
from pipeline.encoders.cover import is_cover
from pipeline.job.encodings import suffix_of

# 36 frames at 10 fps: cues begin at 0, 7, 20 and 29; "b" at 20. A tone is heard from 1 s to 2.5 s.
from tests.pipeline.cutting.conftest import FRAMES, pictures, sound, whole


@pytest.mark.slow
@pytest.mark.parametrize("encoding", [Mp4(), WebM(), ProRes()], ids=["mp4", "webm", "mov"])
def test_a_joined_film_has_the_frames_of_all(encoding, job, cache, no_drawing):
    suffix = suffix_of(encoding)
    both = tuple(
        SubtitleTrack(language, (Caption(0, 1, word),))
        for language, word in (("eng", "one"), ("zho", "一"))
    )
    film = replace(job("Mute", encoding), title="Mute", name="mute", subtitles=both)
    loud = replace(job("Lecture", encoding), title="Loud", name="loud", language="eng")
    row = [
        JoinedFilm(film, "1 Mute", card=True),
        JoinedFilm(film, "Mute"),
        JoinedFilm(loud, "Loud"),
    ]
    output = film.output / f"all{suffix}"

    def make(each):
        return render(each, cache=cache)

    joined = render_joined(row, output, "All", make)
    alone = [pictures(whole(each.job, cache)) for each in row]
    assert pictures(output) == [data for film in alone for data in film]
    assert (joined.frames, joined.duration) == (3 * FRAMES, 3 * FRAMES / 10)
    with av.open(output) as container:
        assert container.metadata["title"] == "All"
        chapters = [
            (c["metadata"]["title"], round(c["start"] * c["time_base"] * 10))
            for c in container.chapters()
        ]
        covers = [stream for stream in container.streams.video if is_cover(stream)]
        assert len(covers) == (encoding == Mp4())
        said = {stream.metadata["language"]: [] for stream in container.streams.subtitles}
        for packet in container.demux(container.streams.subtitles) if said else ():
            if packet.size > 2:
                text, time = bytes(packet)[2:].decode(), packet.pts * packet.time_base
                said[packet.stream.metadata["language"]].append((text, time))
    names = ["a", "b: c/d"]
    assert chapters == [
        ("1 Mute", 0),
        *((f"Mute · {name}", 36 + at) for name, at in zip(names, (0, 20), strict=True)),
        *((f"Loud · {name}", 72 + at) for name, at in zip(names, (0, 20), strict=True)),
    ]
    if encoding == Mp4():
        film, loud = Fraction(36, 10), Fraction(72, 10)
        assert said == {
            "eng": [("one", 0), ("one", film), ("first", loud), ("second", loud + 2)],
            "zho": [("一", 0), ("一", film)],
        }
    heard, seconds = sound(output)
    assert heard[:108] == [False] * 72 + [False] * 10 + [True] * 15 + [False] * 11
    assert abs(seconds - joined.duration) < 0.1
    no_drawing()
    again = render_joined(row, output.with_stem("again"), "All", make)
    assert again.sha256 == joined.sha256 and again.cached


def test_films_of_different_encodings_are_not_joined(job):
    films = [JoinedFilm(job("Mute", encoding), "A") for encoding in (Mp4(), Mp4("draft"))]
    with pytest.raises(JobError, match="encoded alike"):
        render_joined(films, films[0].job.output / "all.mp4", "All", render)
    assert not films[0].job.output.exists()
