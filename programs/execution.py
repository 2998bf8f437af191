"""`execute`: run a program's text and record what each statement does."""

import sys
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from math import isnan
from types import FrameType
from typing import Any

import numpy as np

from gdcore.arrays import FloatArray, IntArray, sealed
from gdcore.descent import LIMIT
from programs.writer import Program

FEW = 8  # executions of each statement that are recorded one by one
_FILE = "<program>"


@dataclass(frozen=True)
class Step:
    """One execution of a statement.

    `part` is the statement's name in the program. `number` counts its earlier executions, `serial`
    those of all statements. `values` are the variables after it, `printed` is the number of lines
    on the console. `following` is the next statement's name, "" after the last.
    """

    part: str
    number: int
    serial: int
    values: Mapping[str, float]
    printed: int
    following: str


@dataclass(frozen=True)
class Run:
    """What a program did.

        steps    the first `FEW` executions of each statement, in their order
        names    the variables that are recorded for each update
        before   (T, len(names))  their values when update k is about to run; nan before their first
        printed  (T + 1,)         number of console lines at that time, and at the end
        w        (T + 1,)         w before each update, and at the end
        console  the printed lines, without line ends
        end      the variables after the last update

    `stopped` is None for a run that reached its end. Otherwise it says in one line what stopped it:
    an error (as Python prints it), or a w beyond 1e300, where a `Trace` stops as well. Then T is
    the number of updates up to there, and `stopped_at` is the statement's name.
    """

    program: Program
    names: tuple[str, ...]
    stopped: str | None
    stopped_at: str | None
    steps: tuple[Step, ...] = field(repr=False)
    before: FloatArray = field(repr=False)
    printed: IntArray = field(repr=False)
    w: FloatArray = field(repr=False)
    console: tuple[str, ...] = field(repr=False)
    end: Mapping[str, float] = field(repr=False)

    def values(self, k: int) -> Mapping[str, float]:
        """The variables after ``k`` updates: when the next one is about to run, or at the end."""
        if k >= self.updates:
            return self.end
        return _named(self.names, self.before[k].tolist())

    @property
    def updates(self) -> int:
        """T, the number of updates made."""
        return len(self.before)

    @property
    def lines(self) -> tuple[str, ...]:
        """The console's lines, then the line that says what stopped the run."""
        return self.console if self.stopped is None else (*self.console, self.stopped)


class _Diverged(Exception):
    """Raised within the program when w has left the range of a trace."""


class _Console:
    """What `print` writes to: it keeps whole lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open = ""

    def write(self, text: str) -> None:
        """Take a piece of output."""
        self._open += text
        *whole, self._open = self._open.split("\n")
        self.lines += whole


class _Recorder:
    """The trace function, and what it records."""

    def __init__(self, program: Program) -> None:
        self.console = _Console()
        self.space: dict[str, Any] = {
            "__builtins__": {"range": range, "len": len},
            "print": partial(print, file=self.console),
            "samples": program.samples,
        }
        self._part_at = {
            line: name
            for name, (first, last) in program.parts.items()
            for line in range(first, last + 1)
        }
        self.names = ("epoch", "x", "y", "p", "grad", "w", program.measured)
        self.steps: list[Step] = []
        self.rows, self.printed = array("d"), array("q")
        self._counts: Counter[str] = Counter()
        self.part, self._serial = "", 0

    def frame(self, frame: FrameType, event: str, arg: object) -> Any:
        """Follow the frames of the program, no others."""
        return self.line if frame.f_code.co_filename == _FILE else None

    def line(self, frame: FrameType, event: str, arg: object) -> Any:
        """Note that a line is about to run; a statement on several lines is one."""
        part = self._part_at.get(frame.f_lineno, "")
        if event == "line" and part != self.part:
            self.arrive(part)
        return self.line

    def arrive(self, part: str) -> None:
        """The last statement is finished; `part` is about to run."""
        last, space = self.part, self.space
        if last == "update" and not -LIMIT <= space["w"] <= LIMIT:  # false for nan as well
            raise _Diverged
        number = self._counts[last]
        if last and number < FEW:
            values = {name: space[name] for name in self.names if name in space}
            printed = len(self.console.lines)
            self.steps.append(Step(last, number, self._serial, values, printed, part))
        self._counts[last] += 1
        self._serial += bool(last)
        self.part = part
        if part == "update":
            self.rows.extend(space.get(name, float("nan")) for name in self.names)
            self.printed.append(len(self.console.lines))


def execute(program: Program) -> Run:
    """Run the program's text under Python's own tracing, and record it.

    An error in it is recorded, not raised. A statement takes about a microsecond.
    """
    code = compile(program.source, _FILE, "exec")
    recorder = _Recorder(program)
    stopped: str | None = None
    outer = sys.gettrace()
    sys.settrace(recorder.frame)
    try:
        exec(code, recorder.space)
        sys.settrace(outer)
        recorder.arrive("")
    except _Diverged:
        stopped = "diverged"
    except ArithmeticError as error:
        stopped = f"{type(error).__name__}: {error}"
    finally:
        sys.settrace(outer)
    return _run(program, recorder, stopped)


def _named(names: tuple[str, ...], row: list[float]) -> Mapping[str, float]:
    """A recorded row by the variables' names; the epoch is a whole number again."""
    pairs = zip(names, row, strict=True)
    known = {name: value for name, value in pairs if not isnan(value)}
    return known | {"epoch": int(known["epoch"])}


def _run(program: Program, recorder: _Recorder, stopped: str | None) -> Run:
    rows = np.array(recorder.rows, dtype=np.float64).reshape(-1, len(recorder.names))
    w = rows[:, recorder.names.index("w")]
    printed = np.array(recorder.printed, dtype=np.int64)
    if stopped == "diverged":  # the last update is not part of the run, as in a trace
        end = _named(recorder.names, rows[-1].tolist())
        rows, stopped = rows[:-1], f"diverged at update {len(rows) - 1}"
        printed = printed[:-1]
    else:
        end = {name: recorder.space[name] for name in recorder.names if name in recorder.space}
        w = np.append(w, end["w"])
    return Run(
        program,
        recorder.names,
        stopped,
        None if stopped is None else recorder.part,
        steps=tuple(recorder.steps),
        before=sealed(rows),
        printed=sealed(np.append(printed, len(recorder.console.lines))),
        w=sealed(w),
        console=tuple(recorder.console.lines),
        end=end,
    )
