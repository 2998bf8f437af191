"""Which statements of a run are shown one by one: its first round through the loop."""

from __future__ import annotations

from itertools import pairwise

from programs.execution import Run, Step

SLOW = 3  # samples that are shown one by one
_WEIGHTS = {
    "epoch": 1.6, "sample": 0.9, "predict": 1.4, "gradient": 1.7, "mean-gradient": 1.9,
    "update": 1.9,
}  # fmt: skip
_PLAIN, _AGAIN, _SPENT = 0.85, 0.8, 0.35  # others; later samples; no sample
_LONGEST = 1.6  # seconds for a statement of weight 1


def inner(run: Run) -> tuple[str, ...]:
    """The statements that run once for each sample, in their order."""
    body = run.program.body
    last = "loss" if run.program.order == "batch" else "report"
    return body[body.index("sample") : body.index(last) + 1]


def is_spent(run: Run, step: Step) -> bool:
    """Whether the loop over the samples has found no further sample."""
    return step.part == "sample" and step.following not in inner(run)


def rounds_shown(n: int) -> int:
    """How many epochs are shown: one, or several short ones of a single sample."""
    return SLOW if n == 1 else 1


def first_round(run: Run, n: int) -> list[Step]:
    """The steps of the first epoch that are shown: all, or the first samples and the end."""
    rounds = rounds_shown(n)
    steps = [step for step in run.steps if step.part in run.program.body]
    begins = [k for k, step in enumerate(steps) if step.part == "epoch"]
    steps = steps[: begins[rounds] if len(begins) > rounds else None]
    if n <= SLOW:
        return steps
    looped = inner(run)
    return [step for step in steps if step.part not in looped or step.number < SLOW]


def passes_over(before: Step | None, step: Step) -> bool:
    """Whether statements between two shown steps are left out."""
    return before is not None and step.serial > before.serial + 1


def seconds_of(run: Run, steps: list[Step], budget: float, skip: float) -> list[float]:
    """How long each step is shown within ``budget``; each gap between steps takes ``skip``."""
    weights = [_weight(run, step) for step in steps]
    left = budget - skip * sum(passes_over(*pair) for pair in pairwise(steps))
    each = min(_LONGEST, left / sum(weights))
    return [each * weight for weight in weights]


def _weight(run: Run, step: Step) -> float:
    if is_spent(run, step):
        return _SPENT
    return (1.0 if step.number == 0 else _AGAIN) * _WEIGHTS.get(step.part, _PLAIN)
