"""What the film `batch` says, and when it is true."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from gdcore.trace import Trace
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.catalogue.descents import batch_trace
from scenes.films.batch.dive import Dive, dive
from scenes.stage.descent.course_facts import CourseFacts, results
from scenes.stage.descent.final_numbers import final_numbers
from scenes.stage.descent.lesson_numbers import lesson_numbers
from scenes.stage.page.figures import decimals, legible


class Facts(CourseFacts):
    """The descent of a lesson, and what the captions ask about it."""

    def descent(self) -> Trace:
        """The one descent."""
        return batch_trace(self.lesson)

    @cached_property
    def dive(self) -> Dive:
        """Where the view zooms; nowhere if the error does not fall, or rise, all the time."""
        return dive(self.course)

    @property
    def plain(self) -> bool:
        """Whether a step is −α times the slope."""
        return self.trace.rule.name == "sgd"

    @property
    def always_away(self) -> bool:
        """Whether every update raises the cost."""
        return self.course.causes.total == self.trace.updates > 0

    @property
    def always_across(self) -> bool:
        """Whether every update passes w*, and comes nearer to it."""
        course = self.course
        across = course.crosses == course.moves > 0
        return across and course.causes.total == 0 and course.end < course.start * (1 - 1e-6)

    @property
    def ever_shorter(self) -> bool:
        """Whether w comes nearer to w* by steps that never grow, without passing it."""
        course, steps = self.course, np.abs(np.diff(self.trace.w))
        shrink = bool(np.all(steps[1:] <= steps[:-1] + course.rounding))
        return shrink and not course.still and course.crosses == course.causes.total == 0


def _first(facts: Facts) -> Numbers:
    cost = float(facts.trace.cost[0])
    return {
        "w": legible(facts.lesson.w0, facts.places),
        "cost": legible(cost, decimals([cost])),
    }


def _rule(facts: Facts) -> Numbers:
    return {"rule": facts.trace.rule.name}


def _counts(facts: Facts) -> Numbers:
    return {"updates": facts.trace.updates, "crosses": facts.course.crosses}


def _last(facts: Facts) -> Numbers:
    return final_numbers(facts.course)


def _told(facts: Facts) -> Numbers:
    return {**lesson_numbers(facts.lesson), **_counts(facts)}


CAPTIONS = Captions(
    Facts,
    {
        "start": [Caption("start", numbers=_first)],
        "rule": [Caption("rule", lambda facts: facts.plain), Caption("rule-other", numbers=_rule)],
        "dive": [
            Caption("dive-in", lambda facts: facts.dive.depth > 0 and not facts.dive.outward),
            Caption("dive-out", lambda facts: facts.dive.depth > 0),
            Caption("onward", numbers=lambda facts: {"updates": facts.trace.updates}),
        ],
        "epochs": [
            Caption("epochs-at-rest", lambda facts: facts.course.at_rest),
            Caption("epochs-diverging", lambda facts: facts.always_away),
            Caption("epochs-grown", lambda facts: facts.course.ran_off),
            Caption("epochs-swinging", lambda facts: facts.always_across),
            Caption("epochs-crossing", lambda facts: facts.course.crosses > 0, _counts),
            Caption("epochs-creeping", lambda facts: facts.course.creeps),
            Caption("epochs-steady", lambda facts: facts.ever_shorter),
            Caption("epochs-counted", numbers=_counts),
        ],
        "chart": [Caption("chart-said")],
        "result": results(_last),
    },
    told=_told,
)
