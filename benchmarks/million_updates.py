"""A million updates of y = w*x in each sampling order: CPU seconds of `descend`.

    .venv/bin/python benchmarks/million_updates.py     (after ./gd has made the environment)

The aim is under 3 s each, losses and costs included, on one core.
"""

import time

from gdcore import NOISY, LeastSquares, descend

RUNS = (
    {"epochs": 1_000_000},
    {"epochs": 333_334, "order": "in-order"},
    {"epochs": 333_334, "order": "random"},
    {"epochs": 333_334, "order": "shuffled", "schedule": "inverse"},
    {"epochs": 333_334, "order": "in-order", "rule": "adam"},
)

for run in RUNS:
    begun = time.process_time()
    trace = descend(LeastSquares(NOISY), 1.0, lr=0.01, **run)  # type: ignore[arg-type]
    print(f"{time.process_time() - begun:5.2f} s  {trace.updates:,} updates  {run}")
