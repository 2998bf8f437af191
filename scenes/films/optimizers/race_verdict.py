"""Which captions are true for a race: decided from what the racers did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from gdcore.finish import Fate, Finish, finish, goal
from gdcore.landscapes import Landscape
from gdcore.trace import Trace
from scenes.films.optimizers.landmarks import place_text
from scenes.stage.page.figures import short

Said = tuple[str, dict[str, Any]]
"""A caption's key and its values; racers are given as a list of their numbers."""

_NAMED = 2  # if there are more racers they are counted, not named


def headline(traces: Sequence[Trace], landscape: Landscape) -> Said:
    """Which racer arrived first, or that none arrived."""
    ends = [finish(trace) for trace in traces]
    level, updates = short(goal(landscape)), max(trace.epochs for trace in traces)
    if all(end.fate is Fate.AT_REST for end in ends):
        return "first-at-rest", {}
    there = {i: end.updates for i, end in enumerate(ends) if end.updates is not None}
    if not there:
        return "first-nobody", {"updates": updates, "goal": level}
    fewest = min(there.values())
    first = [i for i, count in there.items() if count == fewest]
    if fewest == 0:
        return "first-at-start", {"goal": level}
    alone = len(first) == 1
    if landscape.minima:
        key = "first-alone" if alone else "first-several"
    else:
        key = "first-alone-saddle" if alone else "first-several-saddle"
    return key, {"names": first, "updates": fewest, "goal": level}


def conclusion(traces: Sequence[Trace], landscape: Landscape) -> Said:
    """What else is important: which diverged, are elsewhere, or have not arrived yet."""
    ends = [finish(trace) for trace in traces]

    def those(fate: Fate) -> list[int]:
        return [i for i, end in enumerate(ends) if end.fate is fate]

    for fate in (Fate.DIVERGED, Fate.STUCK):
        if racers := those(fate):
            return f"then-{fate.value}", {"names": racers}
    if said := _different_minima(ends):
        return said
    if racers := those(Fate.UNDERWAY):
        return ("then-underway" if landscape.minima else "then-underway-saddle"), {"names": racers}
    slowest = max((end.updates or 0, -i) for i, end in enumerate(ends))
    if len(traces) > 1 and slowest[0] > 0 and not those(Fate.AT_REST):
        return "then-all", {"names": [-slowest[1]], "updates": slowest[0]}
    return "then-nothing", {}


def _different_minima(ends: Sequence[Finish]) -> Said | None:
    """Which racer reached which minimum, if they reached more than one."""
    counts = Counter(end.place for end in ends if end.fate is Fate.ARRIVED and end.place)
    if len(counts) < 2:
        return None
    if len(counts) > 2:
        return "then-minima", {"count": len(counts)}
    (most, _), (fewest, _) = counts.most_common()
    return "then-two-minima", {
        "place": place_text(fewest),
        "other": place_text(most),
        "names": [i for i, end in enumerate(ends) if end.place == fewest],
        "rest": [i for i, end in enumerate(ends) if end.place == most],
    }
