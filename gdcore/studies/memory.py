"""What an update rule remembers: its state after each update, computed again from a trace."""

from collections.abc import Mapping

import numpy as np

from gdcore.arrays import FloatArray, sealed
from gdcore.trace import Trace

# The parts of a coordinate's state, in the order in which the rule keeps them.
# None is no memory of gradients, but a count of updates.
_PARTS: dict[str, tuple[str | None, ...]] = {
    "sgd": (),
    "momentum": ("velocity",),
    "nesterov": ("velocity",),
    "adagrad": (None, "squares"),
    "rmsprop": ("squares", "velocity"),
    "adam": (None, "mean", "squares"),
}


def remembered(trace: Trace) -> Mapping[str, FloatArray]:
    """The state of the trace's rule after each update, shape (T, d), by name.

    - `velocity`: momentum's and Nesterov's v; RMSProp's if it has momentum
    - `squares`: AdaGrad's sum of squared gradients, the moving average of RMSProp and Adam
    - `mean`: Adam's moving average of gradients

    The names are those of the equations in `gdcore.rules`. Plain SGD remembers nothing. The rule
    runs again over the gradients and rates of the trace, so the numbers are those of the descent.
    """
    parts = _PARTS[trace.rule.name]
    kept = {name: np.zeros(trace.gradient.shape) for name in parts if name}
    update = trace.rule.update
    for j in range(trace.gradient.shape[1]):
        state = trace.rule.init()
        pairs = zip(trace.gradient[:, j].tolist(), trace.rate.tolist(), strict=True)
        for k, (gradient, rate) in enumerate(pairs):
            state = update(gradient, state, rate)[1]
            values = state if isinstance(state, tuple) else (state,)
            for name, value in zip(parts, values, strict=bool(parts)):
                if name:
                    kept[name][k, j] = value
    return {name: sealed(values) for name, values in kept.items()}
