"""The race of update rules: the picture equals the traces, before the turn and after."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from manim import DL, UR, VGroup

from gdcore.descent import descend
from gdcore.finish import goal
from gdcore.landscapes import LANDSCAPES
from gdcore.objectives.turned import Turn, pivot
from gdcore.races import GRID, SADDLE_RATE, UPDATES, best_rate
from gdcore.rules import RULES, parse_rule
from gdcore.schedules import parse_schedule
from gdcore.trace import Trace
from scenes import FILMS, Lesson, Telling
from scenes.films.optimizers.cost_scale import cost_scale
from scenes.films.optimizers.facts import facts
from scenes.films.optimizers.racers import race, racers, run, settings_told, turn_of, turned_race
from scenes.films.optimizers.table_texts import cost_digits, cost_text, place_text, rate_texts
from scenes.films.optimizers.trials import BELOW, rates_around, tried
from scenes.films.optimizers.window import window
from scenes.locales import filled, texts
from scenes.stage.page.layout import Box, layout
from scenes.stage.page.wording import paragraph
from tests.claims.races import raced

FILM = FILMS["optimizers"]


def lesson(**knobs: Any) -> Lesson:
    made = FILM.lesson(**knobs)
    FILM.check(made)
    return made


@pytest.mark.parametrize("name", LANDSCAPES)
def test_each_rule_runs_from_the_landscapes_start_at_its_best_rate(name: str) -> None:
    traces, land = FILM.traces(lesson(landscape=name)), LANDSCAPES[name]
    assert list(traces) == [*RULES, *(f"{rule}-turned" for rule in RULES)]
    for rule, trace in zip(RULES, traces.values(), strict=False):
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
    """Points are where the traces say, before and after the turn; so are bars and arrivals."""
    asked = lesson(**knobs)
    races = list(race(asked).values()), list(turned_race(asked).values())

    def look(scene: Any, section: str) -> None:
        update = {"first-steps": 3, "race": asked.epochs, "turn": 0}.get(section, asked.epochs)
        if section in ("landscape", "rules"):
            return
        turned = int(section in ("turn", "again", "result"))
        for i, trace in enumerate(races[turned]):
            k = min(update, trace.updates)
            trail, place = scene.running.trails[turned][i], trace.theta[k]
            if scene.map.contains(*place):
                assert np.abs(trail.head.get_center() - scene.map.at(*place)).max() < 1e-6
                assert not len(trail.edge.points)
            else:
                assert len(trail.edge.points) and not len(trail.head.points)
            drawn = scene.lanes.bars[i].points
            length = float(np.ptp(drawn[:, 0])) if len(drawn) else 0.0
            assert length == pytest.approx(expected_length(scene, trace, k), abs=1e-6)
            told = scene.lanes.stamps[turned][i].text
            assert told == arrival_text(trace, k, asked.epochs)

    walk("optimizers", asked, "16:9", look, telling=Telling(lang="en"))


def expected_length(scene: Any, trace: Trace, k: int) -> float:
    """A bar is the lowest J so far, counted in decades (with a goal of −1 in units)."""
    costs = [cost for cost in trace.cost[: k + 1].tolist() if not np.isnan(cost)]
    width, cost, start = scene.lanes.right - scene.lanes.left, min(costs), costs[0]
    if goal(LANDSCAPES[scene.lesson.landscape]) < 0:
        share = (start - cost) / (1.25 * (start + 1))
    else:
        known = 0 < cost < np.inf
        decades = np.log10(start / cost) if known else np.inf if cost == 0 else -np.inf
        share = decades / np.log10(start / 1e-4)
    return float(width * np.clip(share, 0, 1))


def arrival_text(trace: Trace, update: int, last: int) -> str:
    """When a racer arrived, counted anew; a dash if it did not."""
    level = -1.0 if trace.objective.minima == () else 1e-3  # type: ignore[attr-defined]
    found = [k for k, cost in enumerate(trace.cost.tolist()) if cost <= level]
    if found:
        return str(found[0]) if found[0] <= update else ""
    return "–" if update >= last else ""


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_fixed_combination_of_gradients_turns_with_the_landscape(name: str) -> None:
    """SGD, momentum and Nesterov: each place of the second race is the first one's, turned."""
    asked = lesson(landscape=name, rules=("sgd", "momentum", "nesterov"), epochs=40)
    pivot = np.mean(LANDSCAPES[name].minima or LANDSCAPES[name].saddles, axis=0) @ [1, 1j]
    for one, other in zip(race(asked).values(), turned_race(asked).values(), strict=True):
        old = (one.theta @ [1, 1j] - pivot) * np.exp(1j * np.pi / 6) + pivot
        room = 1e-9 * np.maximum(np.abs(old), 1)
        assert (np.abs(old - other.theta @ [1, 1j]) <= room).all()
        assert np.allclose(one.cost, other.cost, rtol=1e-6, atol=1e-9)
    assert facts(asked).alike == [0, 1, 2]


def test_what_scales_each_weight_alone_takes_longer_in_the_turned_ravine() -> None:
    found = facts(lesson())
    assert [found.racers[i].key for i in found.other] == ["adagrad", "rmsprop", "adam"]
    for i in found.other:
        assert found.arrivals_again[i] > found.arrivals[i]
    (worst,) = found.held_up
    assert found.racers[worst].key == "adagrad"


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_turned_landscape_has_the_old_heights_and_the_turned_slopes(name: str) -> None:
    land = LANDSCAPES[name]
    turn = Turn(pivot(land), 30.0)
    turned = turn.landscape(land)
    places = np.random.default_rng(1).uniform(-2, 2, (20, 2))
    there = turn.forth(places)
    assert np.allclose(turned.costs(there), land.costs(places), rtol=1e-9, atol=1e-9)
    small = 1e-6
    for place in there:
        ahead = np.array([[small, 0], [-small, 0], [0, small], [0, -small]]) + place
        up, down, left, right = turned.costs(ahead)
        slope = np.array([up - down, left - right]) / (2 * small)
        assert np.allclose(turned.gradient(place), slope, rtol=1e-4, atol=1e-4)
    assert turned.start == pytest.approx(tuple(turn.forth(np.array([land.start]))[0]))


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_map_holds_both_races_and_has_one_unit(name: str) -> None:
    """Starts, lowest points and the paths within the landscape's window; w and b alike.

    Before the turn the map is no wider.
    """
    asked = lesson(landscape=name)
    land, turn = LANDSCAPES[name], turn_of(asked)
    found = facts(asked)
    (w0, w1), (b0, b1) = window(land, turn, (found.traces, found.again), 1.5)
    assert (w1 - w0) / (b1 - b0) == pytest.approx(1.5)
    (near, far), _ = window(land, turn, (found.traces,), 1.5)
    assert far - near <= w1 - w0 + 1e-9
    assert near < land.start[0] < far and all(near < w < far for w, _ in land.minima)
    marks = np.array([land.start, *(land.minima or land.saddles)])
    left, right, bottom, top = land.window
    for places in (marks, turn.forth(marks), *(t.theta for t in found.traces)):
        inside = (places >= (left, bottom)) & (places <= (right, top))
        for w, b in places[inside.all(axis=1)] if places is not marks else places:
            assert w0 < w < w1 and b0 < b < b1


def test_a_bar_grows_from_the_start_to_a_tenth_of_the_goal() -> None:
    scale = cost_scale(10.0, 0.001)
    assert [scale.share(cost) for cost in (10.0, 0.001, 1e-4)] == pytest.approx([0, 0.8, 1])
    assert scale.share(0.0) > 1 and scale.share(np.inf) < 0 and scale.share(20.0) < 0
    assert dict(scale.ticks(6))[1.0] == "1" and scale.text(0.001) == "10⁻³"
    line = cost_scale(3.0, -1.0)
    assert [line.share(cost) for cost in (3.0, -1.0, -2.0)] == pytest.approx([0, 0.8, 1])
    assert line.share(-np.inf) > 1


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
@pytest.mark.parametrize("name", ["ravine", "rosenbrock", "saddle"])
def test_in_the_lanes_nothing_touches(walk: Callable[..., Any], name: str, aspect: str) -> None:
    """Names, arrivals and bars of all lanes stand clear of each other after the second race.

    So do names, numbers and marks in the chart of the arrivals, where there are any.
    """

    def clear(parts: list[Any]) -> None:
        boxes = [box_of(part) for part in parts if len(part.family_members_with_points())]
        assert len(boxes) > 12
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))

    def look(scene: Any, section: str) -> None:
        lanes = scene.lanes
        first = [] if lanes.single else list(lanes.stamps[0])
        if section == "again":
            clear([*lanes.names, *first, *lanes.stamps[1], *lanes.bars])
        elif section == "result" and scene.facts.arrivals:
            chart = scene.hero.submobjects[0]
            marks = [
                VGroup(*each) for each in zip(chart.lines, chart.rings, chart.spots, strict=True)
            ]
            clear([*lanes.names, *lanes.stamps[0], *lanes.stamps[1], *marks])

    walk("optimizers", lesson(landscape=name), aspect, look)


def box_of(part: Any) -> Box:
    (left, bottom), (right, top) = part.get_corner(DL)[:2], part.get_corner(UR)[:2]
    return Box(float(left), float(bottom), float(right), float(top))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_caption_fits_in_a_tall_frame(lang: str) -> None:
    """Whatever the race: at its full size, with the longest names that two racers may have."""
    page, words = layout(8.0, 8.0 * 16 / 9), texts(lang)
    pair = f"Momentum 1{words['optimizers.comma']}Momentum 2{words['optimizers.and']}Momentum 3"
    captions = FILM.captions
    longest: dict[str, str] = {}
    for _, _, found in raced():
        for key, numbers in (captions.pick(beat, found) for beat in captions.beats):
            lists = {k: v for k, v in numbers.items() if isinstance(v, list)}
            named = numbers | {k: pair if len(v) > 1 else "Momentum 1" for k, v in lists.items()}
            caption = filled(words, f"optimizers.{key}", **named)
            longest[key] = max(longest.get(key, ""), caption, key=len)
    for caption in longest.values():
        lines = paragraph(caption, page.scale.body, "#ffffff", page.caption)
        assert lines[0].cap == page.scale.body, caption
        assert lines.width <= page.caption.width, caption


@pytest.mark.parametrize("factor", [0.1, 1.0, 10.0])
def test_a_trial_ends_where_its_rate_is_out(factor: float) -> None:
    """At the first place whose J, computed from the formula, is above that of the start."""
    told = lesson()
    for racer in racers(told):
        trace = run(told, racer, factor * racer.rate)
        way = tried(trace)
        costs = [(w * w + 25 * b * b) / 2 for w, b in trace.theta.tolist()]
        above = [k for k, cost in enumerate(costs) if not cost <= costs[0] * (1 + 1e-12)]
        assert len(way) == (above[0] + 1 if above else len(costs))
        assert np.array_equal(way, trace.theta[: len(way)])
        if factor == 1.0:
            assert not above, "the rate that was chosen is never out"


def test_the_words_for_the_rates_that_are_tried_are_true() -> None:
    """Smaller ones first, in rising order, then one that is larger, then the best one."""
    for best in GRID[1:-1]:
        *smaller, larger, last = rates_around(best)
        assert len(smaller) == BELOW and smaller == sorted(smaller)
        assert max(smaller) < best < larger and last == best
