"""What the film `surface` says, and when it is true."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from scenes.catalogue.captions import Caption, Captions, Numbers, rate_known
from scenes.stage.maps.plane_facts import PlaneFacts, plane_told
from scenes.stage.page.figures import short


def _epochs(facts: PlaneFacts) -> Numbers:
    return {"epochs": facts.lesson.epochs}


def _end(facts: PlaneFacts) -> Numbers:
    batch, sgd, least = facts.cost_texts(facts.least)
    numbers = {"batch": batch, "sgd": sgd, "least": least, "lr": short(facts.lesson.lr)}
    rates = {"good": facts.good_text, "calm": facts.calm_text}
    return {**numbers, **_epochs(facts), **rates, **_shape(facts)}


def _shape(facts: PlaneFacts) -> Numbers:
    return {"condition": facts.condition_text}


class Facts(PlaneFacts):
    """Also the curvatures of the two slices."""

    @cached_property
    def curvature_texts(self) -> tuple[str, str, str]:
        """Across the valley and along it, and their ratio; "" if it is level along it."""
        _, steep = np.maximum(np.linalg.eigvalsh(self.objective.hessian), 0.0).tolist()
        if self.one_x:
            return short(steep, 3), "0", ""
        return short(steep, 3), short(steep / self.condition, 3), self.condition_text


def _curvatures(facts: Facts) -> Numbers:
    across, along, _ = facts.curvature_texts
    return {"across": across, "along": along}


CAPTIONS = Captions(
    Facts,
    {
        "height": [Caption("height")],
        "walk": [Caption("walk", numbers=_epochs)],
        "end": [
            Caption("end-at-rest", lambda facts: facts.at_rest),
            Caption("end-diverging-both", lambda facts: facts.diverge("batch", "sgd"), _end),
            Caption("end-diverging-batch", lambda facts: facts.diverge("batch"), _end),
            Caption("end-diverging-sgd", lambda facts: facts.diverge("sgd"), _end),
            Caption("end-creeping", lambda facts: facts.small, _end),
            Caption("end-ravine", lambda facts: facts.creeping and facts.narrow, _end),
            Caption("end-both", lambda facts: facts.near, _end),
            Caption("end-floor", lambda facts: facts.along_floor),
            Caption("end-swings", lambda facts: facts.swings, _end),
            Caption("end", numbers=_end),
        ],
        "slices": [
            Caption("slices-level", lambda facts: facts.one_x, _curvatures),
            Caption("slices", numbers=_curvatures),
        ],
        "shape": [
            Caption("trough", lambda facts: facts.one_x),
            Caption("valley", lambda facts: facts.narrow, _shape),
            Caption("bowl", numbers=_shape),
        ],
        "above": [
            Caption("above-large", rate_known(lambda facts: facts.lost), _end),
            Caption("above-calm", lambda facts: facts.lost and facts.calm is not None, _end),
            Caption("above-small", lambda facts: facts.small, _end),
            Caption("above"),
        ],
    },
    told=plane_told,
)
