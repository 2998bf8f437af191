"""What the film `sgd` says, and when it is true."""

from __future__ import annotations

from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.films.sgd.facts import Facts
from scenes.stage.descent.course_facts import results
from scenes.stage.descent.final_numbers import final_numbers
from scenes.stage.descent.lesson_numbers import lesson_numbers
from scenes.stage.page.figures import apart, short


def _samples(facts: Facts) -> Numbers:
    return {"n": facts.lesson.data.n, "size": facts.size, "rule": facts.trace.rule.name}


def _counts(facts: Facts) -> Numbers:
    """Retreats, by cause, and rises of the loss; each retreat is a rise of the cost."""
    trace, causes = facts.trace, facts.course.causes
    return {
        "epochs": trace.epochs,
        "updates": trace.updates,
        "retreats": causes.total,
        "overshoot": causes.overshoot,
        "disagree": causes.disagree,
        "velocity": causes.velocity,
        "crosses": facts.course.crosses,
        "rises": facts.rises,
        "changes": max(trace.updates - 1, 0),
    }


def _region(facts: Facts) -> Numbers:
    low, high = apart(facts.region, 3)
    return {"low": low, "high": high}


def _noise(facts: Facts) -> Numbers:
    trace, course, band = facts.noisy, facts.noisy_course, facts.band
    return {
        "lr": short(facts.noisy.lr),
        "mean": short(band.mean, 5) if band else "",
        "std": short(band.std, 3) if band else "",
        "updates": trace.updates,
        "disagree": course.causes.disagree,
        "w": short(float(trace.w[-1]), 5),
        "goal": short(course.goal, 5),
    }


def _last(facts: Facts) -> Numbers:
    return final_numbers(facts.course)


def _told(facts: Facts) -> Numbers:
    return {**lesson_numbers(facts.lesson), "size": facts.size, "updates": facts.trace.updates}


CAPTIONS = Captions(
    Facts,
    {
        "cost": [Caption("cost")],
        "mean": [
            Caption("mean-one", lambda facts: facts.lesson.data.n == 1),
            Caption("mean", lambda facts: facts.all_parabolas, _samples),
            Caption("mean-losses", numbers=_samples),
        ],
        "hop": [
            Caption("hop-rule", lambda facts: facts.trace.rule.name != "sgd", _samples),
            Caption("hop", lambda facts: facts.size == 1),
            Caption("hop-batch", lambda facts: facts.lesson.data.n % facts.size == 0, _samples),
            Caption("hop-uneven", numbers=_samples),
        ],
        "epochs": [
            Caption("epochs-still", lambda facts: facts.course.still, _counts),
            Caption("epochs-diverging", lambda facts: facts.course.ran_off, _counts),
            Caption("epochs-jumps", lambda facts: facts.falls and facts.jumps, _counts),
            Caption("epochs-smooth", lambda facts: facts.falls, _counts),
            Caption("epochs-rough", lambda facts: facts.jumps, _counts),
            Caption("epochs-rises", numbers=_counts),
        ],
        "why": [
            Caption("why-at-rest", lambda facts: facts.course.at_rest and facts.course.exact),
            Caption("why-samples", lambda facts: facts.calm and facts.jumps, _counts),
            Caption("why-swings", lambda facts: facts.calm and facts.course.crosses > 0, _counts),
            Caption("why-nothing", lambda facts: facts.calm and not facts.course.still),
            Caption("why-overshoot", lambda facts: facts.only("overshoot"), _counts),
            Caption("why-noise", lambda facts: facts.only("disagree"), _counts),
            Caption("why-both", lambda facts: facts.only("overshoot", "disagree"), _counts),
            Caption("why-several", lambda facts: not facts.calm, _counts),
            Caption("why-counted", numbers=_counts),
        ],
        "noise-region": [
            Caption("noise-agree", lambda facts: facts.agree, _region),
            Caption("noise-lecture", lambda facts: facts.source == "lecture", _region),
            Caption("noise-added", lambda facts: facts.source == "added", _region),
            Caption("noise-other", lambda facts: facts.source == "other", _region),
            Caption("noise-region", numbers=_region),
        ],
        "noise-end": [
            Caption("noise-diverging", lambda facts: facts.noisy_course.ran_off, _noise),
            Caption("noise-band", lambda facts: facts.in_band, _noise),
            Caption("noise-later", lambda facts: facts.band is not None, _noise),
            Caption("noise-pushed", lambda facts: facts.noisy_course.causes.disagree > 0, _noise),
            Caption("noise-counted", numbers=_noise),
        ],
        "result": results(_last),
    },
    told=_told,
)
