"""Frames are those of manim and counted exactly, for any part of the film."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.drawing.selection import OfPart, OneFrame, PlayEnds, WholeFilm
from pipeline.job.part import Part


@pytest.mark.parametrize(("name", "count"), [("Film", 16), ("Until", 4), ("Soft", 4)])
def test_every_byte_equals_manims_own_renderer(name, count, drawn, stock_frames):
    ours, stock = drawn(name).frames, stock_frames(name)
    assert len(ours) == len(stock) == count
    assert all(np.array_equal(a, b) for a, b in zip(ours, stock, strict=True))


def test_frames_are_owned_rgba(drawn):
    film = drawn("Film")
    assert all(frame.shape == (90, 160, 4) and frame.flags.c_contiguous for frame in film.frames)
    distinct = {id(frame) for frame in film.frames}
    assert len(distinct) == film.drawings == 4 + 1 + 6


@pytest.mark.parametrize(
    ("names", "first", "end"),
    [
        ("slide slide", 0, 4), ("hold hold", 4, 10), ("turn turn", 10, 16),
        ("slide hold", 0, 10), ("hold turn", 4, 16), ("slide turn", 0, 16),
    ],
)  # fmt: skip
def test_a_part_alone_equals_that_part_of_the_film(names, first, end, drawn):
    selection = OfPart(Part(*names.split()), WholeFilm())
    whole, part = drawn("Film").frames, drawn("Film", selection).frames
    assert len(part) == end - first
    assert all(np.array_equal(a, b) for a, b in zip(part, whole[first:end], strict=True))


@pytest.mark.parametrize("index", [0, 3, 4, 9, 10, 12, 15])
def test_one_frame_equals_the_films_and_is_drawn_once(index, drawn):
    still = drawn("Film", OneFrame(index))
    assert still.drawings == 1
    assert np.array_equal(still.frames[0], drawn("Film").frames[index])


def test_the_film_stops_once_the_frame_is_drawn(drawn, monkeypatch):
    from manim import Scene

    played = []
    play = Scene.compile_animation_data
    monkeypatch.setattr(
        Scene,
        "compile_animation_data",
        lambda self, *args, **options: played.append(1) or play(self, *args, **options),
    )
    drawn("Film", OneFrame(1))
    assert len(played) == 1


@pytest.mark.parametrize(
    ("selection", "index", "drawings"),
    [
        (PlayEnds(), 15, 3), (OfPart(Part.of("hold"), PlayEnds()), 9, 1),
        (OfPart(Part("slide", "hold"), PlayEnds()), 9, 2),
        (OfPart(Part.of("hold"), OneFrame(2)), 6, 1),
    ],
)  # fmt: skip
def test_one_frame_of_a_part_and_last_frames(selection, index, drawings, drawn):
    ends = drawn("Film", selection)
    assert ends.drawings == drawings
    assert np.array_equal(ends.frames[-1], drawn("Film").frames[index])


def test_a_section_that_the_scene_leaves_out_takes_no_time(drawn):
    assert len(drawn("LeftOut").frames) == 4
    still = drawn("LeftOut", OneFrame(2)).frames[0]
    assert np.array_equal(still, drawn("LeftOut").frames[2])


def test_a_scene_without_plays_is_one_frame(drawn):
    film = drawn("NoPlay")
    assert len(film.frames) == 1
    assert film.frames[0][..., :2].max() > 100


def test_the_scene_gets_the_camera_that_its_class_asks_for(drawn):
    first, *_, last = drawn("Zoom").frames
    # The outline of the zoomed square is farther out.
    outline = [np.flatnonzero(frame[45, :, 0] > 100) for frame in (first, last)]
    assert np.ptp(outline[1]) > 1.3 * np.ptp(outline[0])


def test_a_coordinate_that_cannot_be_drawn_raises(drawn):
    from pipeline.drawing.repaint.camera import BadCoordinate

    with pytest.raises(BadCoordinate, match=r"Dot.* nan or infinite"):
        drawn("NotANumber")


def test_what_lies_wholly_outside_may_lie_anywhere(drawn):
    assert len(drawn("FarAway").frames) == 2
