"""The race of update rules: the picture equals the traces, names make way, tables are calm."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from gdcore.descent import descend
from gdcore.finish import goal
from gdcore.landscapes import LANDSCAPES, Landscape
from gdcore.races import SADDLE_RATE, UPDATES, best_rate
from gdcore.rules import RULES, parse_rule
from gdcore.schedules import parse_schedule
from gdcore.trace import Trace
from scenes import FILMS, Lesson, Telling
from scenes.films.optimizers.course import PER_SECOND, Course
from scenes.films.optimizers.make_way import name_places
from scenes.films.optimizers.racers import race, racers, settings_told
from scenes.films.optimizers.standing import places, standing
from scenes.films.optimizers.table_texts import cost_digits, cost_text, place_text, rate_texts
from scenes.locales import filled, texts
from scenes.stage.page.layout import Box, layout
from scenes.stage.page.wording import Label, paragraph
from tests.claims.races import raced

FILM = FILMS["optimizers"]


def lesson(**knobs: Any) -> Lesson:
    made = FILM.lesson(**knobs)
    FILM.check(made)
    return made


@pytest.mark.parametrize("name", LANDSCAPES)
def test_each_rule_runs_from_the_landscapes_start_at_its_best_rate(name: str) -> None:
    traces, land = FILM.traces(lesson(landscape=name)), LANDSCAPES[name]
    assert list(traces) == list(RULES)
    for rule, trace in traces.items():
        race = parse_schedule("constant"), UPDATES[name], goal(land)
        best = best_rate(land, land.start, parse_rule(rule), *race) if land.minima else SADDLE_RATE
        assert best is not None
        own = descend(land, land.start, lr=best, epochs=UPDATES[name], rule=rule)
        assert np.array_equal(trace.theta, own.theta)


def test_twins_are_told_apart_in_name_key_and_hue() -> None:
    rules = ("momentum:momentum=0.8", "momentum", "adam:beta1=0.5", "adam:beta2=0.9", "sgd", "sgd")
    found = racers(lesson(rules=rules, rates=(0.01, 0.01, 0.01, 0.01, 0.01, 0.02)))
    assert [racer.title for racer in found] == [
        "Momentum β=0.8", "Momentum β=0.9", "Adam 1", "Adam 2", "SGD α=0.01", "SGD α=0.02",
    ]  # fmt: skip
    assert len({racer.key for racer in found}) == len({racer.brief for racer in found}) == 6
    assert len({racer.hue for racer in found}) == 6
    assert settings_told(found[2].rule) == {"beta1": "β1 = 0.5"}
    assert not settings_told(found[4].rule)


def test_twins_with_rates_of_their_own_are_named_by_their_setting() -> None:
    rules = tuple(f"momentum:momentum=0.{k}" for k in (5, 8, 99))
    found = racers(lesson(rules=rules))
    assert [racer.title for racer in found] == [f"Momentum β=0.{k}" for k in (5, 8, 99)]
    assert len({racer.rate for racer in found}) == 3 and all(racer.tuned for racer in found)


def test_what_differs_is_shown_with_different_digits() -> None:
    assert rate_texts([0.12345, 0.12346, 0.5]) == ["0.12345", "0.12346", "0.5"]
    assert cost_digits([0.123, 0.1219, 7.0]) == 3 and cost_digits([0.5, 0.5, 1e-9]) == 2
    assert cost_digits([0.5, 0.5 + 1e-9]) == 2 and cost_text(7887.64367, 4) == "7887.64"
    assert [cost_text(1e-5, digits) for digits in (2, 3)] == ["1.0×10⁻⁵", "1.00×10⁻⁵"]
    assert cost_text(0.0) == "0" and cost_text(1e-300) != "0" and cost_text(-np.inf) == "−∞"
    assert place_text((-0.0, 1.0)) == "(0,\u00a01)"


@pytest.mark.slow
@pytest.mark.parametrize(
    "knobs",
    [{}, {"landscape": "himmelblau", "rates": (0.01,)}, {"landscape": "saddle"}, {"rates": (5.0,)}],
    ids=str,
)
def test_what_is_drawn_equals_the_traces(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    """Points are at the ends of their paths; rows are in the order of J, with its value."""
    asked = lesson(**knobs)
    traces = list(race(asked).values())

    def look(scene: Any, section: str) -> None:
        update = {"first-steps": 3, "race": asked.epochs, "result": asked.epochs}.get(section)
        if update is None:
            return
        costs = []
        for i, trace in enumerate(traces):
            k = min(update, trace.updates)
            trail, place = scene.trails[i], trace.theta[k]
            if scene.map.contains(*place):
                assert np.abs(trail.head.get_center() - scene.map.at(*place)).max() < 1e-6
                assert not len(trail.edge.points)
            else:
                assert len(trail.edge.points) and not len(trail.head.points)
            shown = cost_text(float(trace.cost[k]), cost_digits([t.cost[-1] for t in traces]))
            assert scene.ranking.values[i].text == shown
            costs.append(float(trace.cost[k]))
        heights = [name.at[1] for name in scene.ranking.names]
        shown = np.argsort([-height for height in heights], kind="stable")
        assert np.array(costs)[shown].tolist() == sorted(costs)
        assert apart(scene.names.places[-1], scene.names.sizes)
        if section == "result":
            told = sorted(each.text for each in labels(scene) if "there" in each.text)
            assert told == sorted(map(arrival_text, traces))

    scene = walk("optimizers", asked, "16:9", look, telling=Telling(lang="en"))
    assert scene.subtitles[-2][1].startswith(("First", "Within", "J ≤"))


def labels(scene: Any) -> list[Label]:
    """The texts of the picture."""
    parts = [part for mobject in scene.mobjects for part in mobject.get_family()]
    return [part for part in parts if isinstance(part, Label)]


def arrival_text(trace: Trace) -> str:
    """When a racer arrived, counted anew."""
    land = trace.objective
    assert isinstance(land, Landscape)
    level = 1e-3 if land.minima else -1.0
    found = [k for k, cost in enumerate(trace.cost.tolist()) if cost <= level]
    return f"there after {found[0]}" if found else "not there"


def apart(middles: np.ndarray, sizes: np.ndarray, slack: float = 0.01) -> bool:
    """Whether no two boxes overlap."""
    return all(
        ((sizes[i] + sizes[j]) / 2 - np.abs(middles[i] - middles[j])).min() <= slack
        for i, j in combinations(range(len(sizes)), 2)
    )


BOX = Box(-4.0, -2.5, 4.0, 2.5)
SIZES = np.array([[1.8, 0.4]] * 6)


def test_names_at_one_point_stand_above_each_other_and_at_rest() -> None:
    points = np.zeros((3 * PER_SECOND, 6, 2))
    found = name_places(points, SIZES, 0.3, BOX)
    assert apart(found[-1], SIZES) and np.abs(found[-1] - found[0]).max() < 0.02
    assert found[-1, :, 1].mean() == pytest.approx(0.0, abs=0.02)


def test_names_do_not_jitter_with_their_points() -> None:
    """Points hop a unit up and down at each moment; their names do not move."""
    points = np.zeros((4 * PER_SECOND, 6, 2))
    points[:, :, 0] = np.linspace(-3, 3, len(points))[:, None]
    points[:, :, 1] = np.where(np.arange(len(points)) % 2, 0.5, -0.5)[:, None]
    found = name_places(points, SIZES, 0.3, BOX)
    assert np.abs(np.diff(found[:, :, 1], axis=0)).max() < 0.05
    half = SIZES / 2
    assert (found - half >= [BOX.left - 1e-9, BOX.bottom - 1e-9]).all()
    assert (found + half <= [BOX.right + 1e-9, BOX.top + 1e-9]).all()


def test_in_a_low_box_names_stand_in_columns() -> None:
    sizes, low = np.array([[0.5, 0.6]] * 6), Box(-2.5, -1.0, 2.5, 1.0)
    assert apart(name_places(np.zeros((PER_SECOND, 6, 2)), sizes, 0.3, low)[-1], sizes)


def test_rows_do_not_flicker_and_end_in_order() -> None:
    """Two racers take the lead in turn at every moment; their rows change places rarely."""
    moments = 6 * PER_SECOND
    values = np.full((moments, 2), 1.0)
    values[np.arange(moments) % 2 == 0, 0] = 1.5
    values[np.arange(moments) % 2 == 1, 1] = 1.5
    resting = np.arange(moments) >= moments - PER_SECOND
    values[resting] = [2.0, 1.0]
    found = places(values, resting)
    assert np.abs(np.diff(found, axis=0)).max() < 0.2
    assert found[-1].tolist() == [1.0, 0.0]
    changes = np.count_nonzero(np.diff((found[:, 0] > 0.5).astype(int)))
    assert changes <= 6 / 0.7 + 1


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_rows_that_change_places_never_touch(walk: Callable[..., Any], aspect: str) -> None:
    scene = walk("optimizers", lesson(), aspect)
    table, moved = scene.ranking, 0
    for second in np.arange(0.0, scene.course.seconds, 0.1):
        scene.show(float(second))
        for part in (table.names, table.values):
            boxes = [box_of(each) for each in part if extent(each) > 1e-3]
            assert not any(one.meets(other) for one, other in combinations(boxes, 2)), second
            moved += len(boxes) < len(table.names)
    assert moved, "rows did change places"


def extent(part: Any) -> float:
    return float(np.ptp(part.points[:, 1])) if len(part.points) else 0.0


def box_of(part: Any) -> Box:
    (left, bottom, _), (right, top, _) = part.points.min(axis=0), part.points.max(axis=0)
    return Box(left, bottom, right, top)


def test_ties_and_hairbreadths_do_not_change_places() -> None:
    values = np.ones((3 * PER_SECOND, 3)) * [1.0, 0.99, 1.0]
    resting = np.zeros(len(values), dtype=bool)
    assert (places(values, resting) == [0, 1, 2]).all()
    assert standing(np.array([np.inf, 2.0, np.nan, 2.0])) == [1, 3, 0, 2]


def test_a_course_is_where_its_pieces_say() -> None:
    course = Course()
    course.go(2.0, 3, lambda share: share)
    course.rest(1.0)
    course.go(1.0, 10, lambda share: share**2)
    assert [course.at(s) for s in (0, 1, 2, 2.7, 3.5, 4, 9)] == [0, 1.5, 3, 3, 4.75, 10, 10]
    assert len(course.grid()) == 4 * PER_SECOND + 1


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_caption_fits_in_a_tall_frame(lang: str) -> None:
    """Whatever the race: at its full size, with the longest names that two racers may have."""
    page, words = layout(8.0, 8.0 * 16 / 9), texts(lang)
    pair = f"Momentum 1{words['optimizers.and']}Momentum 3"
    captions = FILM.captions
    longest: dict[str, str] = {}
    for _, _, facts in raced():
        for key, numbers in (captions.pick(beat, facts) for beat in captions.beats):
            named = {k: pair if isinstance(v, list) else v for k, v in numbers.items()}
            caption = filled(words, f"optimizers.{key}", **named)
            longest[key] = max(longest.get(key, ""), caption, key=len)
    for caption in longest.values():
        lines = paragraph(caption, page.scale.body, "#ffffff", page.caption)
        assert lines[0].cap == page.scale.body, caption
        assert lines.width <= page.caption.width, caption
