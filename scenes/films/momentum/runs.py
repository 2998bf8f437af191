"""The descents that the film draws: in the ravine, by plain SGD or with momentum. No manim."""

from __future__ import annotations

from gdcore.descent import descend
from gdcore.finish import NEAR_MINIMUM
from gdcore.landscapes import LANDSCAPES
from gdcore.rules import Rule, parse_rule
from gdcore.studies.momentum import best_momentum, best_plain
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson

RAVINE = LANDSCAPES["ravine"]
ALONG, ACROSS = 1.0, 25.0
"""The curvatures of J along the valley (w) and across it (b)."""
CONDITION = ACROSS / ALONG
GOAL = NEAR_MINIMUM
"""The J that counts as arrived."""
FASTEST, FASTEST_PLAIN = best_momentum(ALONG, ACROSS), best_plain(ALONG, ACROSS)
"""The settings with the least spectral radius, of all and of those without momentum."""
VISITS = {
    "creeping": (0.005, 0.0),
    "ripples": (0.06, 0.95),
    "diverging": (0.13, 0.3),
    "best": (FASTEST.rate, FASTEST.momentum),
}
"""The places (α, β) to which the cursor goes on the plane, in this order."""


def share_kept(rule: str | Rule) -> float:
    """The β of a rule "momentum": the share of the velocity that an update keeps."""
    return float(dict(parse_rule(rule).settings)["momentum"])


def plain_run(lesson: Lesson, rate: float | None = None) -> Trace:
    """Plain SGD from the lesson's start, at its rate or another one."""
    start = lesson.w0, lesson.b0
    return descend(RAVINE, start, lr=rate or lesson.lr, epochs=lesson.epochs)


def momentum_run(lesson: Lesson, rate: float, share: float) -> Trace:
    """Momentum from the lesson's start, with α = ``rate`` and β = ``share``."""
    rule = Rule("momentum", (("momentum", share), ("dampening", 0.0)))
    return descend(RAVINE, (lesson.w0, lesson.b0), lr=rate, epochs=lesson.epochs, rule=rule)


def runs(lesson: Lesson) -> dict[str, Trace]:
    """The descents at the lesson's rate, and those at the settings of least radius."""
    return {
        "sgd": plain_run(lesson),
        "momentum": momentum_run(lesson, lesson.lr, share_kept(lesson.rule)),
        "sgd-fastest": plain_run(lesson, FASTEST_PLAIN.rate),
        "momentum-fastest": momentum_run(lesson, FASTEST.rate, FASTEST.momentum),
    }
