"""Make torch_reference.json: what torch.optim does; test_rules.py compares with it.

PyTorch is not a dependency of the project. In an environment with it (written with torch 2.13.0):

    python tests/gdcore/make_torch_reference.py

The floats are written in full, so that they read back equal.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

X, Y = [1.0, 2.0, 3.0], [2.3, 3.6, 6.3]
UPDATES = 150
OPTIMIZERS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "sgd": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "momentum:momentum=0.5,dampening=0.3": (torch.optim.SGD, {"momentum": 0.5, "dampening": 0.3}),
    "nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    "adagrad": (torch.optim.Adagrad, {}),
    "adagrad:lr_decay=0.1,initial_accumulator_value=0.5,eps=1e-6": (
        torch.optim.Adagrad,
        {"lr_decay": 0.1, "initial_accumulator_value": 0.5, "eps": 1e-6},
    ),
    "rmsprop": (torch.optim.RMSprop, {}),
    "rmsprop:alpha=0.9,momentum=0.5": (torch.optim.RMSprop, {"alpha": 0.9, "momentum": 0.5}),
    "adam": (torch.optim.Adam, {}),
    "adam:beta1=0.8,beta2=0.99,eps=1e-6": (
        torch.optim.Adam,
        {"betas": (0.8, 0.99), "eps": 1e-6},
    ),
}
SCHEDULES: dict[str, Callable[[Any], Any]] = {
    "step:step_size=40,gamma=0.5": lambda o: torch.optim.lr_scheduler.StepLR(o, 40, gamma=0.5),
    "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, UPDATES),
}
LEARNING_RATES = {"line": 0.02, "plane": 0.02, "rosenbrock": 0.0005}
STARTS = {"line": [1.0], "plane": [1.0, 0.5], "rosenbrock": [-1.2, 1.0]}


def loss(task: str, theta: torch.Tensor, update: int) -> torch.Tensor:
    """The loss for update number `update`: the samples come in order."""
    if task == "rosenbrock":
        return (1 - theta[0]) ** 2 + 100 * (theta[1] - theta[0] ** 2) ** 2
    x, y = X[update % 3], Y[update % 3]
    return (x * theta[0] + (theta[1] if task == "plane" else 0.0) - y) ** 2


def path(task: str, rule: str, schedule: str) -> list[list[float]]:
    """theta after each update."""
    theta = torch.tensor(STARTS[task], dtype=torch.float64, requires_grad=True)
    make, settings = OPTIMIZERS[rule]
    optimizer = make([theta], lr=LEARNING_RATES[task], **settings)
    scheduler = SCHEDULES[schedule](optimizer) if schedule in SCHEDULES else None
    visited = []
    for update in range(UPDATES):
        optimizer.zero_grad()
        loss(task, theta, update).backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        visited.append(theta.detach().tolist())
    return visited


def main() -> None:
    """Write every run beside this script."""
    wanted = [(task, rule, "constant") for task in STARTS for rule in OPTIMIZERS]
    wanted += [("line", rule, schedule) for rule in ("sgd", "adam") for schedule in SCHEDULES]
    runs = [
        {
            "task": task,
            "rule": rule,
            "schedule": schedule,
            "lr": LEARNING_RATES[task],
            "start": STARTS[task],
            # Every tenth update, and the first ones, which would show a wrong start of the state.
            "theta": {
                str(k + 1): theta
                for k, theta in enumerate(path(task, rule, schedule))
                if k < 5 or (k + 1) % 10 == 0
            },
        }
        for task, rule, schedule in wanted
    ]
    lines = ",\n".join(json.dumps(run) for run in runs)
    text = f'{{"torch": "{torch.__version__}", "updates": {UPDATES}, "runs": [\n{lines}\n]}}\n'
    Path(__file__).with_name("torch_reference.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
