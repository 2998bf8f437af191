"""What the film `mini-batch` says, and when it is true."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from scenes.catalogue.captions import Caption, Numbers, rate_known
from scenes.catalogue.minimum import is_calm
from scenes.films.mini_batch.facts import NEAR, Facts
from scenes.stage.page.figures import percent, short


def _all(facts: Facts) -> Numbers:
    good = "" if facts.good is None else short(facts.good)
    return {
        "n": facts.n,
        "epochs": facts.lesson.epochs,
        "budget": facts.budget,
        "sizes": facts.sizes,
        "lr": short(facts.lesson.lr),
        "good": good,
        "calm": short(facts.calm),
    }


def _epoch(facts: Facts) -> Numbers:
    return {"n": facts.n, "updates": [run.trace.updates_per_epoch for run in facts.runs]}


def _arrivals(facts: Facts) -> Numbers:
    texts = [f"{each:.0f}" if math.isfinite(each) else "–" for each in facts.arrivals]
    share = f"{percent(1 - NEAR)}%"
    return {"sizes": facts.sizes, "share": share, "arrivals": texts}


def _wild(facts: Facts) -> Numbers:
    return {**_all(facts), "sizes": facts.wild}


def _unbounded(facts: Facts) -> Numbers:
    return {**_all(facts), "sizes": facts.unbounded}


def _narrows(facts: Facts) -> bool:
    """Whether theory has a band for each size, the narrower the larger the size."""
    spreads = facts.spreads
    finite = spreads is not None and len(spreads) > 1 and math.isfinite(spreads[0])
    return finite and all(a > b for a, b in pairwise(spreads or ()))


def _has_none(facts: Facts) -> bool:
    """Whether theory has no band for single samples."""
    return facts.spreads is not None and math.isinf(facts.spreads[0])


def _arrives(*wanted: bool) -> Callable[[Facts], bool]:
    """Whether the sizes that arrive are all (True), none (False) or some (both)."""
    return lambda facts: {math.isfinite(each) for each in facts.arrivals} == set(wanted)


def _is_wild(facts: Facts) -> bool:
    return bool(facts.wild)


BEATS: Mapping[str, Sequence[Caption[Facts]]] = {
    "budget": [Caption("budget", numbers=_all)],
    "update-after": [
        Caption("update-after", lambda facts: facts.even, _all),
        Caption("update-after-most", numbers=_all),
    ],
    "epoch": [
        Caption("epoch", lambda facts: facts.one_epoch, _epoch),
        Caption("epoch-first"),
    ],
    "rest": [Caption("rest")],
    "arrived": [
        Caption("arrived-at-rest", lambda facts: facts.at_rest),
        Caption("arrived", _arrives(True), _arrivals),
        Caption("arrived-some", _arrives(True, False), _arrivals),
        Caption("arrived-none", numbers=_arrivals),
    ],
    "closer": [
        Caption("closer-exact", lambda facts: is_calm(facts.objective)),
        Caption("closer-none", _has_none, _all),
        Caption("closer", _narrows),
        Caption("closer-unknown"),
    ],
    "result": [
        Caption("result-diverging", rate_known(_is_wild), _wild),
        Caption("result-runs-away", _is_wild, _wild),
        Caption("result-at-rest", lambda facts: facts.still),
        Caption("result-unbounded", rate_known(lambda facts: bool(facts.unbounded)), _unbounded),
        Caption("result-creeping", lambda facts: facts.small, _all),
        Caption("result-short", lambda facts: facts.creeping, _all),
        Caption("result-one", lambda facts: len(facts.sizes) == 1),
        Caption("result-both", lambda facts: facts.sooner and facts.closer),
        Caption("result-sooner", lambda facts: facts.sooner),
        Caption("result-quieter", lambda facts: facts.quieter),
        Caption("result-neither"),
    ],
}
