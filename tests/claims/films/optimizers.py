"""What each caption of the film `optimizers` claims, computed again in plain Python."""

from __future__ import annotations

from tests.claims import race_rules as rules
from tests.claims import turned_rules as turned
from tests.claims.case import Case, Claim, nothing
from tests.claims.plain_race import PlainRace, cost, judged
from tests.claims.race_rules import MINIMA, goal, listed, race_of, same
from tests.claims.shown import agrees, read

SADDLES = {
    "beale": [(0.0, 1.0), (0.1005379, -2.6445136)],
    "himmelblau": [(-3.0730258, -0.0813530), (3.3851542, 0.0738519), (-0.1279613, -1.9537150),
                   (0.0866775, 2.8842547)],
    "saddle": [(0.0, 0.0)],
    "double-well": [(0.0, 0.0)],
}  # fmt: skip
WINDOWS = {"beale": (9, 9), "himmelblau": (10, 10), "saddle": (4, 4), "double-well": (4, 3)}


def several(case: Case) -> None:
    assert len(race_of(case).rules) > 1


def still(case: Case) -> None:
    race = race_of(case)
    assert race.slope(race.start) < 1e-10, "the gradient is not 0"
    assert all(place == race.start for path in race.paths for place in path)


def there_at_the_start(case: Case) -> None:
    assert race_of(case).costs[0][0] <= goal(case)


def arrived_first(case: Case) -> None:
    arrivals = race_of(case).arrivals
    there = [each for each in arrivals if each is not None]
    assert there and goal(case)
    case.shows("updates", min(there))
    same(listed(case), [i for i, each in enumerate(arrivals) if each == min(there)])


def arrived_alone(case: Case) -> None:
    arrived_first(case)
    assert len(listed(case)) == 1


def arrived_together(case: Case) -> None:
    arrived_first(case)
    assert len(listed(case)) > 1


def single_racer(case: Case) -> None:
    arrived_alone(case)
    same(len(race_of(case).rules), 1)


def nobody(case: Case) -> None:
    same(set(race_of(case).arrivals), {None})
    assert goal(case)
    case.shows("updates", case.lesson.epochs)


def above(race: PlainRace, i: int) -> bool:
    """Whether a racer's J is larger at the end than at the start, by more than rounding."""
    start, end = race.costs[i][0], race.costs[i][-1]
    return end > start and abs(end - start) > 1e-9 * abs(start)


def higher(case: Case) -> None:
    race = race_of(case)
    same(listed(case), [i for i in range(len(race.ends)) if above(race, i)])


def higher_but_not_at_a_tenth(case: Case) -> None:
    higher(case)
    race, asked = race_of(case), case.lesson
    for i in listed(case):
        rule, rate = race.rules[i], race.rates[i] / 10
        path, _ = judged(race.name, race.start, rule, rate, asked.epochs, asked.schedule)
        assert cost(race.name, path[-1]) < race.costs[i][0]


def at_the_goal(race: PlainRace) -> dict[tuple[int, int], list[int]]:
    """The racers that end at a minimum, by its place in whole numbers (no two share one)."""
    found: dict[tuple[int, int], list[int]] = {}
    for i, end in enumerate(race.ends):
        if end <= race.goal and MINIMA[race.name]:
            w, b = race.paths[i][-1]
            found.setdefault((round(w), round(b)), []).append(i)
    return found


def two_minima(case: Case) -> None:
    race = race_of(case)
    groups = at_the_goal(race)
    same(len(groups), 2)
    said = {}
    for count, name in (("some", "place"), ("others", "other")):
        shown = case.numbers[name].strip("()").split(",\u00a0")
        w, b = (round(float(read(text)[0])) for text in shown)
        said[w, b] = case.numbers[count]
    same(said, {place: len(racers) for place, racers in groups.items()})


def many_minima(case: Case) -> None:
    assert case.numbers["count"] == len(at_the_goal(race_of(case))) > 2


def beside_a_saddle(case: Case) -> None:
    race, found = race_of(case), []
    for i, path in enumerate(race.paths):
        (w, b), (width, height) = path[-1], WINDOWS.get(race.name, (1, 1))
        near = (
            abs(w - x) < 0.02 * width and abs(b - y) < 0.02 * height
            for x, y in SADDLES.get(race.name, [])
        )
        if any(near) and race.goal < race.ends[i] and not above(race, i):
            found.append(i)
    same(listed(case), found)


def on_flat_ground(case: Case) -> None:
    beside_a_saddle(case)
    race = race_of(case)
    for i in listed(case):
        assert race.slope(race.paths[i][-1]) < 0.01 * race.slope(race.start)


def left_again(case: Case) -> None:
    race = race_of(case)
    pairs = enumerate(zip(race.arrivals, race.ends, strict=True))
    assert goal(case)
    same(listed(case), [i for i, (there, end) in pairs if there is not None and end > race.goal])


def not_arrived(case: Case) -> None:
    arrivals = race_of(case).arrivals
    assert goal(case) and set(arrivals) != {None}
    same(listed(case), [i for i, each in enumerate(arrivals) if each is None])


def lowest(case: Case) -> None:
    """The named have the J that is shown, to its digits; all others have a larger one."""
    ends, cost_shown = race_of(case).ends, case.numbers["cost"]
    same(listed(case), [i for i, end in enumerate(ends) if agrees(cost_shown, end, 1e-6)])
    case.shows("cost", min(ends), slack=1e-6)
    assert len(listed(case)) < len(ends)


def arrived_last(case: Case) -> None:
    arrivals = race_of(case).arrivals
    there = [each for each in arrivals if each is not None]
    assert len(there) == len(arrivals) and min(there) < max(there)
    case.shows("updates", max(there))
    same(listed(case), [i for i, each in enumerate(arrivals) if each == max(there)])


CLAIMS: dict[str, Claim] = {
    "map": rules.one_minimum,
    "map-several": rules.minima_on_the_map,
    "map-saddle": rules.no_minimum,
    "rules": rules.letters,
    "rules-noted": rules.letters_and_a_bar,
    "rules-plain": nothing,
    "first": rules.gradient_at_the_start,
    "first-differ": rules.first_steps_differ,
    "rates-tuned": rules.tuned,
    "rates-tuned-mixed": rules.tuned_or_lowest,
    "rates-tuned-end": rules.tuned_at_the_end,
    "rates-saddle": rules.saddle_rate,
    "rates-same": rules.one_rate,
    "rates": nothing,
    "race-tuned": rules.rates_tried,
    "race-tuned-slowed": rules.rates_tried_and_fall,
    "race-slowed": rules.rates_fall,
    "race-rows": several,
    "race": nothing,
    "first-at-rest": still,
    "first-at-start": there_at_the_start,
    "first-single": single_racer,
    "first-alone": arrived_alone,
    "first-several": arrived_together,
    "first-nobody": nobody,
    "then-higher-tenth": higher_but_not_at_a_tenth,
    "then-higher": higher,
    "then-two-minima": two_minima,
    "then-minima": many_minima,
    "then-flat": on_flat_ground,
    "then-saddle": beside_a_saddle,
    "then-left": left_again,
    "then-absent": not_arrived,
    "then-lowest": lowest,
    "then-last": arrived_last,
    "then-nothing": nothing,
    "turn-valley": turned.one_valley,
    "turn": turned.turned,
    "again-all": turned.all_alike,
    "again-some": turned.some_alike,
    "again-none": turned.none_alike,
    "turned-later": turned.later,
    "turned-stranded": turned.stranded,
    "turned-sooner": turned.sooner,
    "turned": nothing,
}
