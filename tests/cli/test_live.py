"""`gd live`: what the page holds, how it spells data, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from gdcore.data import parse_data
from gdcore.sampling import ORDERS, Sampling

Invoke = Callable[..., Result]


def given(page: str) -> dict[str, Any]:
    """What the page's script starts from."""
    found = re.search(r'<script type="application/json">(.*)</script>', page)
    assert found is not None
    document: dict[str, Any] = json.loads(found[1])
    return document


def test_one_file_that_asks_for_no_other(invoke: Invoke, tmp_path: Path) -> None:
    """It is named in JSON; the start that is chosen for the data is said."""
    result = invoke("live", "--data", "noisy", "--lr", "0.02", "--json")
    page = (tmp_path / "live.html").read_bytes()
    assert json.loads(result.stdout) == {
        "path": "live.html", "size": len(page), "sha256": sha256(page).hexdigest(),
    }  # fmt: skip
    assert "Start w = 1 (--w0)" in result.stderr
    text = page.decode()
    assert set(re.findall(r"\w+://[^\"'\s]*", text)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(src|href)=(?!\"data:,\")", text)
    assert given(text)["rate"] == 0.02


def test_the_orders_are_gdcores(invoke: Invoke, tmp_path: Path) -> None:
    """Of each order that differs every update; of the one that repeats an epoch."""
    invoke("live", "--order", "random", "--seed", "7", "--batch-size", "2", "--epochs", "9")
    found = given((tmp_path / "live.html").read_text(encoding="utf-8"))
    assert found["order"] == "random" and list(found["orders"]) == list(ORDERS)
    assert found["orders"]["batch"] is None
    for order in ORDERS[1:]:
        drawn = Sampling(order, 2, 7).draw(3, 9)
        wanted = [[i for i in row if i >= 0] for row in drawn.tolist()]
        rows = found["orders"][order]
        assert [rows[k % len(rows)] for k in range(18)] == wanted
    assert len(found["orders"]["in-order"]) == 2


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("lecture", []),
        ("heights", ["--data", "heights"]),
        ("random:n=4,sigma=0.25", ["--data", "random:n=4,w=2,sigma=0.25,seed=0"]),
        ("random:n=2,sigma=0.12345678", None),  # its name has fewer digits
        ("it's.csv", ["--data", "it's.csv"]),
        ("it's.csv:b,a", ["--data", "it's.csv:b,a"]),
        ("1,2 -2,4.5", ["--data", "1,2 -2,4.5"]),
    ],
)
def test_the_command_spells_the_data(
    invoke: Invoke, tmp_path: Path, spec: str, words: list[str] | None
) -> None:
    """By their name or file if that gives the same samples, else as points."""
    (tmp_path / "it's.csv").write_text("a,b\n1,2\n2,5\n", encoding="utf-8")
    assert invoke("live", "--data", spec, "-o", "page.html", "--quiet").exit_code == 0
    data = given((tmp_path / "page.html").read_text(encoding="utf-8"))["data"]
    if words is not None:
        assert data["words"] == words
    for text in data["words"][1:2]:
        samples = parse_data(text)
        assert (samples.x.tolist(), samples.y.tolist()) == (data["x"], data["y"])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--rates", "0.1,0.2"), 2, "--rates: a live page does not take it; it takes --data"),
        (("--schedule", "inverse"), 2, "--schedule: a live page does not take it"),
        (("--b0", "1"), 2, "--b0: a live page does not take it"),
        (("--order", "random", "--batch-size", "4"), 2, "--batch-size: must lie between 1 and 3"),
        (("--data", "0,1 0,2"), 65, "--data: inline: all x are 0"),
        (("--data", "random:n=1001"), 65, "--data: a live page shows at most 1000 samples"),
        (("-o", "page.pdf"), 2, "-o must end in .html"),
        (("--theme", "transparent"), 2, "--theme must be one of dark, light"),
    ],
)
def test_it_refuses(
    invoke: Invoke, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    result = invoke("live", *words)
    assert result.exit_code == code
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []
