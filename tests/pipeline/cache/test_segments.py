"""Segments outlive their run: after a late change only missing segments are drawn."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import (
    FilmCache,
    FrameSpec,
    Gif,
    Mp4,
    SceneRef,
    Store,
    render,
    render_together,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.usefixtures("forking"),
]
ADVERSARIAL = str(Path(__file__).parents[1].joinpath("adversarial.py"))
LATE = ("shift(UP)", "shift(DOWN)")


@pytest.fixture(params=[1, 2], ids=["one process", "workers"])
def workers(request):
    return request.param


def test_a_late_change_draws_the_last_segment_alone(workers, kept, counted):
    first = kept.render(workers)
    assert counted("begin") == [0, 1, 2, 3] and len(kept.segments()) == 4
    assert counted("fetch") == []
    kept.change(*LATE)
    second = kept.render(workers)
    assert counted("begin") == [3] and counted("fetch") == [0, 1, 2, 3]
    assert second.sha256 == kept.anew() != first.sha256
    assert (second.cached, second.sections) == (False, first.sections)


@pytest.mark.parametrize("gif", [Gif(), Gif(width=80)], ids=["as drawn", "smaller"])
def test_a_gif_is_drawn_again_where_it_changed_alone(gif, kept, counted):
    of_gif = {"encoding": gif, "output": kept.job.output.with_suffix(".gif")}
    first = kept.render(**of_gif)
    assert counted("begin") == [0, 1, 2, 3] and len(kept.segments()) == 4
    kept.change(*LATE)
    second = kept.render(**of_gif)
    assert counted("begin") == [3]
    assert second.sha256 == kept.anew(**of_gif) != first.sha256
    counted("begin")
    # Fewer colours for the same pictures: the palette is made after the segments.
    fewer = of_gif | {"encoding": replace(gif, colors=16, loop=1)}
    third = kept.render(**fewer)
    assert counted("begin") == []
    assert third.sha256 == kept.anew(**fewer) != second.sha256
    assert counted("begin") == [0, 1, 2, 3]
    kept.render(**of_gif | {"encoding": replace(gif, width=40)})
    assert counted("begin") == [0, 1, 2, 3]


@pytest.fixture
def pair(kept, monkeypatch):
    """The film's mp4 and a smaller GIF, whose segments are as long as three of the mp4's."""
    from pipeline.encoders.animation import segment as gif

    monkeypatch.setattr(gif, "FRAMES", 41)
    smaller = Gif(width=80)
    return [
        kept.job,
        replace(kept.job, encoding=smaller, output=kept.job.output.with_name("f.gif")),
    ]


def test_segments_of_films_made_together_are_found_together(workers, pair, kept, counted):
    first = render_together(pair, cache=kept.cache, workers=workers)
    assert counted("begin") == [0, 0, 1, 1, 2, 3]  # the film ends in the first third of the second
    assert len(kept.segments()) == 6
    kept.change(*LATE)
    second = render_together(pair, cache=kept.cache, workers=workers)
    assert counted("begin") == [1, 3]
    anew = [kept.anew(encoding=job.encoding, output=job.output) for job in pair]
    assert [film.sha256 for film in second] == anew
    assert not {film.sha256 for film in first} & set(anew)


def test_half_a_segment_of_two_films_is_none(pair, kept, counted):
    wanted = [film.sha256 for film in render_together(pair, cache=kept.cache, workers=2)]
    kept.forget_films()
    rest = [e.key for e in kept.segments() if "files" not in (kept.store.look(e.key) or {})]
    assert len(rest) == 4
    counted("begin")
    for number, key in enumerate(rest):
        kept.store.forget(key)
        again = render_together(pair, cache=kept.cache, workers=2)
        assert [film.sha256 for film in again] == wanted
        assert counted("begin") in ([0, 0, 1, 2], [1, 3]), number
        kept.forget_films()
        assert len(kept.segments()) == 6


@pytest.mark.parametrize("changed", [False, True])
def test_progress_counts_what_is_found_too(workers, changed, kept):
    kept.render()
    if changed:
        kept.change(*LATE)
    seen = []
    done = render(replace(kept.job, title="again"), seen.append, kept.cache, workers=workers)
    counts = [progress.done for progress in seen]
    assert counts == sorted(counts) and counts[-1] == done.frames == 77


@pytest.mark.parametrize(("first", "second"), [(1, 1), (1, 2), (2, 1), (5, 5)])
def test_bytes_do_not_depend_on_workers_or_on_what_is_found(first, second, kept, counted):
    wanted = [kept.anew(title=title) for title in ("one", "two")]
    counted("begin")
    assert kept.render(first, title="one").sha256 == wanted[0]
    assert kept.render(second, title="two").sha256 == wanted[1]
    assert len(kept.segments()) == 4 and counted("begin") == [0, 1, 2, 3]


EARLY = {
    "colour": ("color=RED", "color=GREEN"),
    "width": ("color=RED", "color=RED, stroke_width=3"),
    "order": ("self.add(disc, square)", "self.add(square, disc)"),
    "one more": ("self.add(disc, square)", "self.add(disc, square, Dot(3 * DOWN))"),
    "page": ("self.add(disc", "self.camera.background_color = '#203040'; self.add(disc"),
    "lines": ("self.add(disc", "self.camera.cairo_line_width_multiple = 0.02; self.add(disc"),
    "frame": ("self.add(disc", "self.camera.frame_width = 16; self.add(disc"),
}


@pytest.mark.parametrize("what", EARLY)
def test_whatever_shows_from_the_start_is_drawn_anew(what, kept, counted):
    first = kept.render()
    kept.change(*EARLY[what])
    second = kept.render()
    assert counted("begin") == [0, 0, 1, 1, 2, 2, 3, 3] and counted("fetch") == []
    assert counted("leave_not_found") == []
    assert second.sha256 == kept.anew() != first.sha256


def test_what_is_added_late_is_seen(workers, kept, counted):
    kept.render()
    kept.change('next_section("end")', 'next_section("end"); self.add(Dot(3 * UP))')
    second = kept.render(workers)
    assert counted("begin") == [0, 1, 2, 3, 3]
    assert second.sha256 == kept.anew()


def test_only_what_begins_like_a_kept_segment_is_looked_up(workers, kept, counted):
    kept.render()
    kept.change("shift(2 * RIGHT)", "shift(RIGHT)")
    second = kept.render(workers)
    assert counted("begin") == [0, 0, 1, 1, 2, 2, 3, 3] and counted("fetch") == [0]
    assert counted("leave_not_found") == ([0] if workers > 1 else [])
    assert second.sha256 == kept.anew()


@pytest.mark.parametrize(
    "changes",
    [{"frame": FrameSpec(176, 90, 10)}, {"frame": FrameSpec(160, 90, 20)},
     {"encoding": Mp4("draft")}, {"encoding": Mp4(crf=30)}],
    ids=["size", "rate", "speed", "quality"],
)  # fmt: skip
def test_another_picture_or_encoding_is_drawn_anew(changes, kept, counted):
    kept.render()
    counted("begin")
    assert kept.render(**changes).sha256 == kept.anew(**changes)
    assert len(counted("begin")) == 2 * (len(kept.segments()) - 4)


@pytest.mark.parametrize("name", ["Images", "Clouds", "Space", "Magnified"])
def test_what_manims_camera_draws_is_not_kept(name, kept):
    scene = SceneRef(ADVERSARIAL, name)
    done = kept.render(scene=scene)
    assert done.drawn_by_manim and kept.segments() == []
    assert done.sha256 == kept.anew(scene=scene)


@pytest.mark.parametrize(
    "name", ["Shades", "Corners", "Order", "Traces", "Leaving", "Redrawn", "Pages", "Travelling"]
)
def test_segments_of_adversarial_scenes_are_found(name, workers, kept, counted):
    job = {"scene": SceneRef(ADVERSARIAL, name), "frame": FrameSpec(96, 54, 10)}
    wanted = kept.anew(**job)
    assert kept.render(workers, **job).sha256 == wanted
    segments = kept.segments()
    for drawn in [[], segments[::2], segments[:1], segments[-1:]]:
        kept.forget_films()
        counted("begin")
        for entry in drawn:
            kept.store.forget(entry.key)
        assert kept.render(workers, **job).sha256 == wanted
        assert len(counted("begin")) == len(drawn)


def test_a_scene_that_throws_dice_is_drawn_in_one_go(kept, counted):
    """The second play, for segments not found in the cache, shows something else: none fits."""
    kept.change("2 * RIGHT", "2 * np.random.default_rng().random() * RIGHT")
    first = kept.render(1)
    counted("begin")
    again = kept.render(1, title="again")
    assert counted("begin") == sorted([1, 2, 3, *[0], *[0, 1, 2, 3]]) and counted("fetch") == [0]
    assert (again.frames, again.sections) == (first.frames, first.sections)


def test_what_cannot_be_told_when_it_is_played_again_is_drawn_in_one_go(kept, counted):
    kept.render(1)
    counted("begin")
    kept.change('next_section("end")', 'next_section("end"); self.add(Point(UP))')
    done = kept.render(1)
    assert counted("begin") == [0, 1, 2, 3, 3] and counted("fetch") == [0, 1, 2, 3]
    assert done.drawn_by_manim and done.sha256 == kept.anew()


def test_shapes_with_methods_of_their_own_are_not_kept(kept):
    """What such a method does may change, and no frame shows that."""
    method = "consider_points_equals_2d = lambda self, p0, p1: True"
    kept.change("class Lecture", f"class Odd(Square):\n    {method}\n\nclass Lecture")
    kept.change("Square(color=RED", "Odd(color=RED")
    kept.render()
    assert kept.segments() == []


def test_without_a_cache_nothing_is_kept(kept, tmp_path, counted):
    for _ in range(2):
        kept.anew()
    assert counted("begin") == [0, 0, 1, 1, 2, 2, 3, 3] and counted("_look_up") == []
    assert sorted(os.listdir(tmp_path)) == ["anew.mp4", "lecture"]


def test_a_film_does_not_depend_on_the_caches_own_files(kept):
    kept.render()
    kept.change(*LATE)
    kept.render()
    for entry in kept.segments():
        kept.store.forget(entry.key)
    assert kept.render().cached


def test_segments_are_removed_by_the_limit_too(kept):
    kept.render()
    size = sum(entry.size for entry in kept.store.entries())
    kept.cache = FilmCache(Store(kept.store.folder, size))
    kept.change(*LATE)
    kept.render()
    assert 0 < sum(entry.size for entry in kept.store.entries()) <= size
