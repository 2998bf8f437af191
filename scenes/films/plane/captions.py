"""What the film `plane` says, and when it is true."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdcore.outcome import Arrival
from gdcore.zigzag import Causes, distance, reversal_causes, reversals
from scenes.catalogue.captions import Caption, Captions, Numbers, rate_known
from scenes.stage.maps.plane_facts import NEAR, PlaneFacts, plane_told
from scenes.stage.page.figures import short

Values = npt.NDArray[np.float64]

_ROUNDING = 1e-12  # relative, as in `Dataset.exact`
_OFTEN = 4  # one turn in so many updates is called swinging


class Facts(PlaneFacts):
    """Also how the paths turn, and how the samples' valleys lie."""

    @cached_property
    def turns(self) -> int:
        """How many times batch descent turns back."""
        return reversals(self.batch)

    @cached_property
    def causes(self) -> Causes:
        """Why SGD turns back, and how many times."""
        return reversal_causes(self.sgd)

    @property
    def size(self) -> int:
        """The batch size of SGD."""
        return min(self.lesson.batch_size or 1, self.lesson.data.n)

    @property
    def calms_down(self) -> bool:
        """Whether each batch update is shorter than the one before, and leads nearer."""
        steps = np.hypot(*np.diff(self.batch.theta, axis=0).T)
        away = distance(self.batch, self.goal)
        return len(steps) > 1 and _falls(steps) and _falls(away)

    @cached_property
    def nearest(self) -> int:
        """The number of the update after which SGD was nearest to the place where batch ended.

        Measured in the extents of batch's path in w and in b.
        """
        extent = np.ptp(self.batch.theta, axis=0)
        with np.errstate(over="ignore", invalid="ignore"):
            away = (self.sgd.theta - self.batch.theta[-1]) / np.where(extent > 0, extent, 1.0)
            return int(np.nanargmin(np.hypot(*away.T)))

    @property
    def passes(self) -> bool:
        """Whether SGD came by there, and went on to a lower cost."""
        way = distance(self.batch, self.sgd.theta[self.nearest])
        came = way[-1] <= NEAR * way[0]
        return bool(came) and self.nearest < self.sgd.updates and self.costs[1] < self.costs[0]

    @property
    def point(self) -> str:
        """The minimum as text; a value that only rounding keeps from 0 is written as 0."""
        x, y = self.lesson.data.x, self.lesson.data.y
        tall = float(np.abs(y).max())
        size = np.array([tall / (float(np.abs(x).max()) or 1.0), tall])
        w, b = np.where(np.abs(self.goal) <= _ROUNDING * size, 0.0, self.goal).tolist()
        return f"({short(w, 3)}, {short(b, 3)})"


def _falls(values: Values) -> bool:
    return bool(np.all(np.diff(values) <= _ROUNDING * values[0]))


def _rule(facts: Facts) -> Numbers:
    return {"rule": facts.rule, "size": facts.size}


def _batch(facts: Facts) -> Numbers:
    return {
        "updates": facts.batch.updates,
        "turns": facts.turns,
        "condition": facts.condition_text,
        "lr": short(facts.lesson.lr),
        "good": facts.good_text,
    }


def _point(facts: Facts) -> Numbers:
    return {"point": facts.point}


def _sgd(facts: Facts) -> Numbers:
    causes = facts.causes
    return {
        "epochs": facts.lesson.epochs,
        "updates": facts.sgd.updates,
        "turns": causes.total,
        "disagree": causes.disagree,
        "overshoot": causes.overshoot,
    }


def _nearest(facts: Facts) -> Numbers:
    return {"epoch": max(1, math.ceil(facts.nearest / facts.sgd.updates_per_epoch))}


def _result(facts: Facts) -> Numbers:
    batch, sgd = facts.cost_texts()
    numbers = {**_batch(facts), "epochs": facts.lesson.epochs}
    return {**numbers, "batch": batch, "sgd": sgd, "calm": facts.calm_text}


def _batch_ends(*kinds: Arrival) -> Callable[[Facts], bool]:
    """Whether batch descent ended in one of these ways."""
    return lambda facts: facts.ends[0] in kinds


def _sgd_lower(facts: Facts) -> bool:
    return facts.costs[1] < facts.costs[0] and facts.sgd.updates > facts.batch.updates


def _only(cause: str) -> Callable[[Facts], bool]:
    """Whether SGD turns, and always for this cause."""
    return lambda facts: facts.causes.total == getattr(facts.causes, cause) > 0


def _mixed(facts: Facts) -> bool:
    return facts.causes.disagree > 0 < facts.causes.overshoot and not facts.causes.velocity


def _slow(facts: Facts) -> bool:
    """Whether batch descent in a narrow valley is not yet near the minimum."""
    return facts.narrow and facts.ends[0] in (Arrival.UNDERWAY, Arrival.CREEPING)


_RAN = _batch_ends(Arrival.DIVERGING)

BEATS: Mapping[str, Sequence[Caption[Facts]]] = {
    "line": [Caption("line")],
    "place": [Caption("place")],
    "cost": [Caption("cost")],
    "across": [
        Caption("across", lambda facts: facts.plain and not facts.at_rest),
        Caption("against", lambda facts: facts.plain),
        Caption("against-rule", numbers=_rule),
    ],
    "against": [
        Caption("against-stretched", lambda facts: facts.plain),
        Caption("against-rule", numbers=_rule),
    ],
    "batch": [
        Caption("batch-at-rest", _batch_ends(Arrival.AT_REST)),
        Caption("batch-diverging", rate_known(_RAN), _batch),
        Caption("batch-runs-away", _RAN, _batch),
        Caption("batch-creeping", lambda facts: facts.small, _batch),
        Caption(
            "batch-swings",
            lambda facts: facts.plain and _OFTEN * facts.turns > facts.batch.updates,
            _batch,
        ),
        Caption("batch-valley", _slow, _batch),
        Caption("batch-there", lambda facts: facts.calms_down, _batch),
        Caption("batch-updates", numbers=_batch),
    ],
    "valley": [Caption("valley")],
    "valleys": [
        Caption("valleys-one", lambda facts: facts.lesson.data.n == 1),
        Caption("valleys-same", lambda facts: facts.one_x and facts.objective.exact),
        Caption("valleys-parallel", lambda facts: facts.one_x),
        Caption("valleys-cross", lambda facts: facts.objective.exact, _point),
        Caption("valleys-apart", numbers=_point),
    ],
    "step": [
        Caption("step", lambda facts: facts.plain and facts.size == 1),
        Caption("step-batch", lambda facts: facts.plain, _rule),
        Caption("step-rule", lambda facts: facts.size == 1, _rule),
        Caption("step-rule-batch", numbers=_rule),
    ],
    "epochs": [
        Caption("epochs-made", lambda facts: facts.sgd.diverged_at is not None, _sgd),
        Caption("epochs", lambda facts: facts.plain and facts.size == 1, _sgd),
        Caption("epochs-batches", numbers=_sgd),
    ],
    "result": [
        Caption("result-at-rest", lambda facts: facts.at_rest),
        Caption("result-diverging-both", lambda facts: facts.diverge("batch", "sgd"), _result),
        Caption("result-diverging-batch", lambda facts: facts.diverge("batch"), _result),
        Caption("result-diverging-sgd", lambda facts: facts.diverge("sgd"), _result),
        Caption("result-creeping", lambda facts: facts.small, _result),
        Caption("result-ravine", lambda facts: facts.creeping and facts.narrow, _result),
        Caption("result-both", lambda facts: facts.near, _result),
        Caption("result-alike", lambda facts: facts.same_cost, _result),
        Caption("result-sgd-lower", _sgd_lower, _result),
        Caption("result", numbers=_result),
    ],
    "beside": [
        Caption("beside-passes", lambda facts: facts.passes, _nearest),
        Caption("beside", numbers=_nearest),
    ],
    "why": [
        Caption("would-do", rate_known(lambda facts: facts.lost or facts.creeping), _result),
        Caption("would-stay", lambda facts: facts.lost and facts.calm is not None, _result),
        Caption("why-at-rest", lambda facts: facts.ends[1] is Arrival.AT_REST),
        Caption("why-straight", lambda facts: not facts.causes.total, _sgd),
        Caption("why-samples", _only("samples"), _sgd),
        Caption("why-noise", _only("noise"), _sgd),
        Caption("why-overshoot", _only("overshoot"), _sgd),
        Caption("why-mixed", _mixed, _sgd),
        Caption("why-turns", numbers=_sgd),
    ],
}

CAPTIONS = Captions(Facts, BEATS, told=plane_told)
