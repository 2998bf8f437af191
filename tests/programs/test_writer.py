"""Our own program: it prints what the lecture's program prints, and does what the trace says."""

from __future__ import annotations

import ast
import contextlib
import io
import sys
from itertools import pairwise

import numpy as np
import pytest

from gdcore import LECTURE, NOISY, Dataset, LeastSquares, Trace, descend, random_line
from gdcore.data import parse_data
from programs.columns import columns_of
from programs.execution import FEW, Run, execute
from programs.printout import lecture_lines
from programs.writer import LITERAL, write_program

ORDERS = ("in-order", "batch")
LESSONS = {
    "lecture": (LECTURE, 1.0, 0.01, 100),
    "noisy": (NOISY, -2.5, 0.037, 200),
    "one": (parse_data("2,3"), 0.1, 0.05, 30),
    "long": (
        parse_data("1.23456789,2.3456789 2.718281828,5.1415926"),
        0.123456789,
        0.0123456789,
        9,
    ),
    "fifty": (random_line(50, seed=3), 1e-7, 0.01, 4),
    "many": (random_line(200, w=-3, sigma=1, seed=4), 1.0, 1 / 3, 7),  # beyond a plain loop
    "tiny": (parse_data("1e-12,2e-12 2e-12,4e-12"), 1.0, 1e20, 5),
    "growing": (LECTURE, 1.0, 0.3, 100),
}


def both(order: str, data: Dataset, w0: float, lr: float, epochs: int) -> tuple[Run, Trace]:
    """The program's run and the trace of the same lesson."""
    run = execute(write_program(data, w0, lr, epochs, order))
    return run, descend(LeastSquares(data), w0, lr=lr, epochs=epochs, order=order)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_run_is_the_trace_and_prints_the_listing(order: str, lesson: str) -> None:
    """Each w is equal bit for bit, each line character for character."""
    run, trace = both(order, *LESSONS[lesson])
    assert run.stopped is None and run.stopped_at is None
    assert run.w.tobytes() == trace.w.tobytes()
    assert list(run.lines) == list(lecture_lines(trace))
    grads = run.before[:, run.names.index("grad")]
    assert grads.tobytes() == np.ascontiguousarray(trace.gradient[:, 0]).tobytes()


@pytest.mark.parametrize("order", ORDERS)
def test_python_itself_prints_the_same(order: str) -> None:
    """Without tracing, as a student would run the text."""
    run, _ = both(order, *LESSONS["lecture"])
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(run.program.source, "student.py", "exec"), {})
    assert tuple(out.getvalue().splitlines()) == run.console


@pytest.mark.parametrize(("width", "indent"), [(44, 4), (32, 2), (90, 4)])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("lesson", LESSONS)
def test_lines_are_as_short_as_asked_and_do_the_same(
    order: str, lesson: str, width: int, indent: int
) -> None:
    data, w0, lr, epochs = LESSONS[lesson]
    notes = {"update": "更新 w", "predict": "模型：预测", "data": "samples"}
    program = write_program(data, w0, lr, epochs, order, width=width, indent=indent, comments=notes)
    assert max(map(columns_of, program.source.splitlines())) <= width
    assert execute(program).lines == both(order, *LESSONS[lesson])[0].lines


@pytest.mark.parametrize("order", ORDERS)
def test_numbers_stand_in_the_text_in_their_shortest_exact_form(order: str) -> None:
    data, w0, lr, epochs = LESSONS["long"]
    found = {
        node.value
        for node in ast.walk(ast.parse(write_program(data, w0, lr, epochs, order).source))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    }
    samples = {*data.x.tolist(), *data.y.tolist()}
    assert samples | {w0, lr} <= found


def test_many_samples_are_read_by_name_few_are_written_out() -> None:
    for n in (1, LITERAL, LITERAL + 1):
        data = Dataset(np.arange(1.0, n + 1), np.arange(1.0, n + 1))
        program = write_program(data, 1.0, 0.01, 3, "in-order", width=90)
        assert ("data = samples" in program.source) == (n > LITERAL)
        assert list(program.samples) == [(float(k), float(k)) for k in range(1, n + 1)]


@pytest.mark.parametrize("order", ORDERS)
def test_parts_name_whole_statements(order: str) -> None:
    """Each line belongs to one statement; `assigned` holds the names that it assigns."""
    program = write_program(LECTURE, 1.0, 0.01, 100, order, width=32, indent=2)
    lines = program.source.splitlines()
    told = sorted(line for a, b in program.parts.values() for line in range(a, b + 1))
    assert told == [n for n, line in enumerate(lines, start=1) if line.strip()]
    statements = {
        node.lineno: node
        for node in ast.walk(ast.parse(program.source))
        if isinstance(node, ast.stmt)
    }
    assert sorted(statements) == sorted(first for first, _ in program.parts.values())
    for name, made in program.assigned.items():
        node = statements[program.parts[name][0]]
        stored = [
            each.id
            for each in ast.walk(getattr(node, "target", node))
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        ]
        assert not made or list(made) == stored, name


def test_other_orders_are_refused() -> None:
    with pytest.raises(ValueError, match="in-order or batch"):
        write_program(LECTURE, 1.0, 0.01, 1, "random")


def test_the_first_steps_are_recorded_one_by_one() -> None:
    run, trace = both("in-order", *LESSONS["lecture"])
    steps = run.steps
    assert [step.part for step in steps[:8]] == [
        "data", "start", "before", "epoch", "sample", "predict", "gradient", "update"
    ]  # fmt: skip
    assert all(a.following == b.part for a, b in pairwise(steps[:21]))
    assert [step.serial for step in steps[:21]] == list(range(21))
    updates = [step.values["w"] for step in steps if step.part == "update"]
    assert updates == trace.w[1 : len(updates) + 1].tolist() and len(updates) == FEW
    gradients = [step.values["grad"] for step in steps if step.part == "gradient"][:3]
    assert gradients == [-2.0, -7.84, -16.2288]
    assert [step.printed for step in steps if step.part == "report"][:3] == [2, 3, 4]
    assert steps[-1].part == "after" and steps[-1].printed == len(run.console) == 402


@pytest.mark.parametrize("order", ORDERS)
def test_what_is_kept_does_not_grow_with_the_steps(order: str) -> None:
    run, trace = both(order, *LESSONS["many"])
    assert len(run.steps) <= FEW * len(run.program.parts)
    assert len(run.before) == run.updates == trace.updates and len(run.printed) == run.updates + 1
    assert run.printed[-1] == len(run.console) and (np.diff(run.printed) >= 0).all()


def test_variables_at_an_update_are_those_that_it_uses() -> None:
    run, trace = both("in-order", *LESSONS["noisy"])
    for k in (0, 4, run.updates - 1):
        values, i = run.values(k), int(trace.samples[k, 0])
        assert (values["x"], values["y"]) == (NOISY.x[i], NOISY.y[i])
        assert values["w"] == trace.w[k] and values["epoch"] == trace.epoch[k]
        assert values["p"] == trace.w[k] * NOISY.x[i]
    assert "loss" not in run.values(0) and run.values(3)["loss"] == run.steps[20].values["loss"]
    assert run.values(run.updates)["w"] == trace.w[-1]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("lr", [0.3, 5.0, 1e30])
def test_an_overflow_ends_the_run_as_it_ends_python(order: str, lr: float) -> None:
    """`**` raises an error earlier than a trace stops; until then run and trace are equal."""
    run, trace = both(order, LECTURE, 1.0, lr, 5000)
    assert run.stopped == "OverflowError: (34, 'Numerical result out of range')"
    assert run.stopped_at == "loss" and run.lines[-1] == run.stopped
    assert 0 < run.updates < trace.updates
    assert run.w.tobytes() == trace.w[: run.updates + 1].tobytes()
    listing = list(lecture_lines(trace))
    assert list(run.console) == listing[: len(run.console)]
    with pytest.raises(OverflowError):
        exec(run.program.source, {"print": lambda *_: None})


def test_a_run_stops_where_its_trace_stops() -> None:
    """w beyond 1e300 within an epoch, before the loss is squared."""
    data = Dataset(np.full(60, 1e3), np.full(60, 1.0))
    run, trace = both("in-order", data, 1.0, 1e20, 5)
    assert trace.diverged_at is not None
    assert run.stopped == trace.stopped and run.stopped_at == "update"
    assert run.w.tobytes() == trace.w.tobytes()
    assert list(run.lines) == list(lecture_lines(trace))
    assert np.isfinite(run.before[:, run.names.index("grad")]).all()


def test_an_outer_trace_function_is_left_as_it_was() -> None:
    def outer(frame: object, event: str, arg: object) -> None:
        return None

    before = sys.gettrace()
    sys.settrace(outer)
    try:
        execute(write_program(LECTURE, 1.0, 0.01, 2, "batch"))
        kept = sys.gettrace()
    finally:
        sys.settrace(before)
    assert kept is outer
