"""Stills: the film's own frames, without loss."""

from __future__ import annotations

import av
import numpy as np
import pytest

from pipeline import FrameSpec, JobError, NotFound, Part, Png, render
from pipeline.encoders.alpha import straight


def pixels(path):
    with av.open(path) as container:
        (frame,) = container.decode(video=0)
        return frame.format.name, frame.to_ndarray()


@pytest.mark.parametrize(
    ("at", "index"),
    [(0, 0), (0.3, 3), (0.35, 3), (0.7, 7), (1.5, 15), (None, 15)],
)
def test_a_still_is_the_films_frame(at, index, job, drawn):
    done = render(job("Film", "still.png", Png(at)))
    assert np.array_equal(pixels(done.path)[1], drawn("Film").frames[index][..., :3])


@pytest.mark.parametrize(
    ("part", "at", "index"),
    [("slide", None, 3), ("hold", None, 9), ("slide..hold", None, 9), ("hold..turn", 0.7, 11)],
)
def test_a_still_of_a_part(part, at, index, job, drawn):
    first, _, last = part.partition("..")
    done = render(job("Film", "still.png", Png(at), part=Part(first, last or first)))
    layout, still = pixels(done.path)
    assert layout == "rgb24"
    assert np.array_equal(still, drawn("Film").frames[index][..., :3])
    assert (done.frames, done.duration, done.sections) == (1, 0, ())


def test_a_transparent_still_has_straight_alpha(job, drawn):
    picture = FrameSpec(160, 90, 10, transparent=True)
    layout, still = pixels(render(job("Soft", "still.png", Png(0), picture=picture)).path)
    assert layout == "rgba"
    assert np.abs(still[60, 80].astype(int) - [0xE6, 0x9F, 0x00, 128]).max() <= 2
    assert still[2, 2].tolist() == [0, 0, 0, 0]
    # Soft edges keep the shape's hue: nothing of the white page shines through.
    soft = (still[..., 3] > 20) & (still[..., 3] < 110)
    assert soft.any() and still[soft][:, 2].max() <= 8


def test_straight_alpha_undoes_the_premultiplication():
    alpha = np.arange(256, dtype=np.uint8)
    frame = np.stack([alpha // 2, alpha, alpha * 0, alpha], axis=-1)[None]
    result = straight(frame)
    assert np.array_equal(result[..., 3], frame[..., 3])
    assert (result[0, 1:, 1] == 255).all()
    assert np.abs(result[0, 64:, 0].astype(int) - 127).max() <= 2
    assert result[0, 0].tolist() == [0, 0, 0, 0]


def test_times_and_sections_that_the_film_lacks(job):
    with pytest.raises(JobError, match=r"1\.6 s: the film lasts 1\.6 s"):
        render(job("Film", "still.png", Png(1.6)))
    with pytest.raises(NotFound, match="there is no section 'tern'; there is: slide, hold, turn"):
        render(job("Film", "still.png", Png(), part=Part("slide", "tern")))
    with pytest.raises(JobError, match=r"0\.8 s: the film lasts 0\.6 s"):
        render(job("Film", "still.png", Png(0.8), part=Part.of("hold")))
    with pytest.raises(JobError, match="0 seconds or later"):
        Png(-1)
    with pytest.raises(JobError, match="0 seconds or later"):
        Png(float("nan"))
