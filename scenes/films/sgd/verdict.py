"""Which caption is true for an SGD trace: decided from the trace, not from the settings."""

from __future__ import annotations

import numpy as np

from gdcore.trace import Trace
from gdcore.zigzag import ZigZag, cost_rises, loss_rises, retreats, zigzag_cause
from scenes.stage.descent.outcome import Outcome, outcome


def epochs_verdict(trace: Trace) -> tuple[str, dict[str, int]]:
    """The caption's key and numbers for the run as a whole."""
    result, rises = outcome(trace), cost_rises(trace)
    numbers = {"epochs": trace.epochs, "updates": trace.updates, "rises": rises}
    if result in (Outcome.DIVERGING, Outcome.AT_REST):
        return f"epochs-{result.value}", numbers
    if zigzag_cause(trace) is ZigZag.NOTHING:
        return "epochs-smooth", numbers
    return ("epochs-rough" if rises else "epochs"), numbers


def why_verdict(trace: Trace, goal: float) -> tuple[str, dict[str, int]]:
    """The caption's key and numbers for what zig-zags and what does not; ``goal`` is w*."""
    away, cause = retreats(trace, np.array([goal])), zigzag_cause(trace)
    numbers = {
        "rises": loss_rises(trace),
        "changes": trace.updates - 1,
        "retreats": away,
        "updates": trace.updates,
    }
    if outcome(trace) is Outcome.AT_REST:
        return "why-at-rest", numbers
    if cause is ZigZag.SAMPLES and away:
        return "why-samples-retreats", numbers
    return f"why-{cause.value}", numbers
