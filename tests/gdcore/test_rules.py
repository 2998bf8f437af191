"""The update rules and schedules compared with the numbers of torch.optim beside this file."""

import json
from pathlib import Path

import numpy as np
import pytest

from gdcore import (
    LANDSCAPES,
    NOISY,
    RULES,
    SCHEDULES,
    LeastSquares,
    Objective,
    descend,
    parse_rule,
    parse_schedule,
)

REFERENCE = json.loads(Path(__file__).with_name("torch_reference.json").read_text(encoding="utf-8"))
TASKS: dict[str, Objective] = {
    "line": LeastSquares(NOISY),
    "plane": LeastSquares(NOISY, bias=True),
    "rosenbrock": LANDSCAPES["rosenbrock"],
}


@pytest.mark.parametrize(
    "run", REFERENCE["runs"], ids=lambda run: f"{run['task']}-{run['rule']}-{run['schedule']}"
)
def test_agrees_with_torch(run: dict) -> None:
    objective = TASKS[run["task"]]
    trace = descend(
        objective,
        run["start"],
        lr=run["lr"],
        epochs=REFERENCE["updates"] // objective.n,
        order="in-order",
        rule=run["rule"],
        schedule=run["schedule"],
    )
    assert trace.updates == REFERENCE["updates"]
    for update, theta in run["theta"].items():
        np.testing.assert_allclose(trace.theta[int(update)], theta, rtol=1e-12, atol=0)


def test_every_rule_was_compared() -> None:
    compared = {run["rule"].partition(":")[0] for run in REFERENCE["runs"]}
    assert compared == set(RULES)


def test_rules_are_plain_values() -> None:
    assert parse_rule("adam") == parse_rule("adam:beta1=0.9, beta2=0.999,eps=1e-8")
    assert hash(parse_rule("momentum")) == hash(parse_rule("momentum:momentum=0.9"))
    assert parse_rule("momentum:momentum=0.5") != parse_rule("momentum")
    for name in RULES:
        assert parse_rule(str(parse_rule(name))) == parse_rule(name)
    for name in SCHEDULES:
        assert parse_schedule(str(parse_schedule(name))) == parse_schedule(name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("adma", "unknown rule 'adma'; did you mean 'adam'?"),
        ("quux", "unknown rule 'quux'; known: sgd, momentum"),
        ("momentum:momentun=0.9", "no setting 'momentun'; did you mean 'momentum'?"),
        ("sgd:momentum=0.9", "sgd has no setting 'momentum'; it takes no settings"),
        ("momentum:momentum=1", "momentum must be a finite number >= 0 and < 1, not 1.0"),
        ("adam:eps=0", "eps must be a finite number > 0, not 0.0"),
        ("adam:eps=1e999", "eps must be a finite number > 0, not inf"),
        ("adam:beta1=nan", "beta1 must be a finite number >= 0 and < 1, not nan"),
        ("adam:beta1=half", "beta1 must be a number, not 'half'"),
        ("adam:beta1", "'beta1' is not of the form key=value"),
    ],
)
def test_bad_rules_are_named(text: str, message: str) -> None:
    with pytest.raises(ValueError) as raised:
        parse_rule(text)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_schedules_are_their_equations() -> None:
    inverse, step = parse_schedule("inverse:decay=0.5"), parse_schedule("step:step_size=3,gamma=.5")
    assert [inverse(k) for k in range(3)] == [1.0, 1 / 1.5, 0.5]
    assert [step(k) for k in range(7)] == [1, 1, 1, 0.5, 0.5, 0.5, 0.25]
    cosine = parse_schedule("cosine:T_max=10,eta_min=0.2")
    assert cosine(0) == 1.0
    assert cosine(5) == pytest.approx(0.6, rel=1e-15)
    assert cosine(10) == cosine(11) == pytest.approx(0.2, rel=1e-15)
    assert parse_schedule("constant")(10**9) == 1.0


def test_a_cosine_without_length_spans_the_run() -> None:
    trace = descend(LeastSquares(NOISY), 1.0, lr=0.01, epochs=10, schedule="cosine")
    assert trace.rate[5] == pytest.approx(0.005, rel=1e-15)
    assert str(trace.schedule) == str(parse_schedule("cosine"))
    with pytest.raises(ValueError, match="whole run"):
        parse_schedule("cosine")(0)


@pytest.mark.parametrize("text", ["step:step_size=0", "step:step_size=2.5", "inverse:decay=-1"])
def test_bad_schedules_are_named(text: str) -> None:
    with pytest.raises(ValueError, match=text.partition("=")[0].replace(":", ": ")):
        parse_schedule(text)
