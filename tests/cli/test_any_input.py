"""Any bytes as a CSV file and any text as an option: a code of the table and one line, or 0.

With GD_EVERY_FAULT=1 a hundred times as many are tried.
"""

from __future__ import annotations

import os
import warnings

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import exit_codes
from cli.program import gd
from gdcore.dataset import DataError
from gdcore.tables.reading import read_csv

MANY = 100 if os.environ.get("GD_EVERY_FAULT") else 1
CODES = {value for name, value in vars(exit_codes).items() if name.isupper()} - {70}
TRACED = ["batch", "sgd", "compare", "noise-ball", "plane", "momentum", "optimizers", "code"]


def tries(count):
    return settings(
        max_examples=count * MANY, deadline=None, derandomize=MANY == 1, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def check(words):
    """Run the command; it ends as it should, or the assertion shows its words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = CliRunner().invoke(gd, words)
    wrong = words, done.exit_code, done.stderr[-500:]
    assert isinstance(done.exception, SystemExit | None), (wrong, done.exc_info)
    assert done.exit_code == 0 or done.exit_code in CODES, wrong
    assert "Traceback" not in done.output, wrong
    if done.exit_code:
        errors = [line for line in done.stderr.splitlines() if not line.startswith("Note: ")]
        assert len(errors) == 1 and errors[0].startswith("Error: "), wrong
    assert not any(ord(c) < 32 and c not in "\n\t" for c in done.stderr), wrong


NUMBERS = st.one_of(
    st.floats().map(repr),
    st.integers().map(str),
    st.sampled_from(
        ["9" * 400, "1e-308", "1e308", "1e60", "-1e60", "3000", "0", "1e-30", "1e-170", "2e-160"]
    ),
)
CELLS = st.one_of(NUMBERS, st.text(max_size=6), st.sampled_from(["", "NA", "1,5", '"', "\x1b[31m"]))
LINES = st.lists(st.tuples(CELLS, CELLS), max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])


@st.composite
def files(draw):
    """The bytes of a file that is, was or could be a table."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.binary(max_size=60))
    mark, end = draw(st.sampled_from(",;\t|")), draw(ENDS)
    lines = [mark.join(line) for line in draw(LINES)]
    if lines and draw(st.booleans()):
        lines[-1] += mark + draw(CELLS)
    head = draw(st.sampled_from(["", "x,y", "a;b", "sep=;", "\x1b[2Jx,\x07y", "分数,\u202ey"]))
    text = end.join([head, *lines] if head else lines)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gbk", "latin-1"]))
    return text.encode(encoding, "replace") + draw(st.sampled_from([b"", b"", b"\0", b"\xff"]))


@pytest.mark.slow
@tries(60)
@given(content=files(), film=st.sampled_from(TRACED), verb=st.sampled_from(["trace", "video"]))
def test_any_file_of_samples(tmp_path_factory, content, film, verb):
    file = tmp_path_factory.getbasetemp() / "points.csv"
    file.write_bytes(content)
    check([verb, film, "--data", str(file), *(["--dry-run"] if verb == "video" else [])])


OWN = {"video": ["--fps", "--jobs"], "frame": ["--at"], "trace": [], "list": []}
NUMERIC = ["--lr", "--rates", "--epochs", "--w0", "--b0", "--batch-size", "--seed"]
SPELLED = [
    "--data",
    "--rules",
    "--rule",
    "--schedule",
    "--pace",
    "--duration",
    "--order",
    "--x-name",
    "--y-name",
    "--landscape",
]
VALUES = st.one_of(
    NUMBERS,
    st.lists(NUMBERS, min_size=2, max_size=3).map(",".join),
    st.lists(st.tuples(NUMBERS, NUMBERS).map(",".join), min_size=1, max_size=3).map(" ".join),
    st.tuples(
        st.sampled_from(["adam:beta1=", "momentum:momentum=", "random:n=", "random:w=", "step:"]),
        NUMBERS,
    ).map("".join),
    st.text(max_size=8),
)


@pytest.mark.slow
@tries(60)
@given(
    verb=st.sampled_from(sorted(OWN)),
    film=st.sampled_from(TRACED),
    options=st.lists(st.tuples(st.integers(0, 40), VALUES), min_size=1, max_size=2),
)
def test_any_value_of_an_option(verb, film, options):
    known = [
        o for p in gd.commands[verb].params for o in p.opts if o in NUMERIC + SPELLED + OWN[verb]
    ]
    asked = [f"{known[number % len(known)]}={value}" for number, value in options]
    check([
        verb, *([] if verb == "list" else [film]), *asked,
        *(["--dry-run"] if verb in ("video", "frame") else []),
    ])  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--data", "1e-308,1"],
        ["list", "--data", "1e-170,1 2e-170,3"],
        ["trace", "batch", "--data", "1e-308,1 2,1e-308"],
        ["trace", "sgd", "--data", "3000,1 3001,2 2999,3", "--lr", "0.01"],
        ["trace", "batch", "--lr", "9" * 400],
        ["video", "batch", "--dry-run", "--fps", "9" * 400],
        ["trace", "optimizers", "--rules", "adam:" + "(" * 5000],
        ["trace", "\x1b[31mbatch"],
        ["video", "batch", "--dry-run", "--only", "\x1b]0;x\x07"],
    ],
)
def test_inputs_that_once_failed(words):
    check(words)


@pytest.mark.parametrize("text", ["x = " + "-" * 100_000 + "1", "x = " + "(" * 300 + ")" * 300])
def test_a_scene_file_that_is_nested_too_deeply(tmp_path, text):
    file = tmp_path / "deep.py"
    file.write_text(text)
    check(["video", f"{file}:Scene"])


def test_lines_without_end_stop_early(tmp_path):
    file = tmp_path / "empty.csv"
    with file.open("wb") as lines:
        for _ in range(2):
            lines.write(b"\n" * 1_100_000)
    check(["trace", "batch", "--data", str(file)])
    with pytest.raises(DataError, match="more than 2,000,000 lines"):
        read_csv(file)
