"""Data sets by name, by generator, inline, or from a CSV file: `parse_data` reads them all."""

import re
from pathlib import Path

import numpy as np

from gdcore.dataset import LARGEST, MAX_SAMPLES, DataError, Dataset
from gdcore.message import Message
from gdcore.spec import Number, nearest, parse_spec
from gdcore.tables.paths import exists, split_columns
from gdcore.tables.reading import read_csv

__all__ = [
    "HEIGHTS",
    "LECTURE",
    "MAX_SAMPLES",
    "NOISY",
    "DataError",
    "Dataset",
    "parse_data",
    "random_line",
]

LECTURE = Dataset(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), "lecture")
NOISY = Dataset(LECTURE.x, np.array([2.3, 3.6, 6.3]), "noisy")


def _heights(n: int = 20, seed: int = 9) -> Dataset:
    """n invented people: heights x in cm and weights y in kg, both rounded to the unit.

    Heights are normal with mean 170 and deviation 8. A weight is `65 + 0.9*(x - 170)` plus normal
    noise of deviation 6. NumPy's default generator (PCG64) draws both from the seed.
    """
    generator = np.random.default_rng(seed)
    x = np.round(170 + 8 * generator.standard_normal(n))
    y = np.round(65 + 0.9 * (x - 170) + 6 * generator.standard_normal(n))
    return Dataset(x, y, "heights", seed)


HEIGHTS = _heights()
_NAMED = {"lecture": LECTURE, "noisy": NOISY, "heights": HEIGHTS}
_RANDOM = {
    "random": {
        "n": Number(20, least=1, most=MAX_SAMPLES, whole=True),
        "w": Number(2, least=-1e12, most=1e12),
        "sigma": Number(0.5, least=0, most=1e12),
        "seed": Number(0, least=0, most=2**53, whole=True),
    }
}

_NOT_A_POINT = 'point {number}: {text} is not two numbers x,y; write points as "1,2 2,4 3,6"'
_DECIMAL_COMMAS = (
    "point {number}: {text} has {count} numbers; if commas are decimal marks, write 1.5 for 1,5: "
    'a comma stands between x and y, as in "1.5,2.5 2,4"'
)
_BEYOND = "point {number}: {text} is not within -{most:g}..{most:g}; correct it, or leave it out"
_NUMBERS = re.compile(r"[-+.\d\s;e]+", re.IGNORECASE)
_FILE = re.compile(r".*(\.(csv|tsv|txt|xlsx?|ods)(:.*)?$|[/\\])", re.IGNORECASE | re.DOTALL)


def parse_data(spec: str) -> Dataset:
    """Read a data set from its text.

    - `lecture`: y = 2x at x = 1, 2, 3
    - `noisy`: y = 2.3, 3.6, 6.3 at the same x
    - `heights`: heights in cm and weights in kg of 20 invented people
    - `random` or `random:n=20,w=2,sigma=0.5,seed=0`: see `random_line`
    - points, such as `1,2 2,4 3,6`
    - a CSV file, such as `points.csv` or `points.csv:xcolumn,ycolumn`

    Raises DataError, whose text is one line, for anything else.
    """
    spec = spec.strip()
    if spec in _NAMED:
        return _NAMED[spec]
    if spec == "random" or spec.startswith("random:"):
        return _random(spec)
    path, columns = split_columns(spec)
    if _FILE.match(spec) or (spec and exists(path)):
        return _from_csv(path, columns)
    if "," in spec or _NUMBERS.fullmatch(spec):
        return _inline(spec)
    known = [*_NAMED, *_RANDOM]
    message = 'unknown data set {name}; {hint} (or points "1,2 2,4 3,6", or a file "points.csv")'
    raise DataError(Message(message, name=_short(spec), hint=nearest(spec, known)))


def random_line(n: int = 20, w: float = 2.0, sigma: float = 0.5, seed: int = 0) -> Dataset:
    """n samples `y = w*x + e`: x uniform on [0, 3), e normal with standard deviation sigma.

    Both are drawn by NumPy's default generator (PCG64) from the seed.
    """
    generator = np.random.default_rng(seed)
    x = generator.uniform(0, 3, n)
    y = w * x + sigma * generator.standard_normal(n)
    return Dataset(x, y, f"random:n={n},w={w:g},sigma={sigma:g},seed={seed}", seed)


def _random(spec: str) -> Dataset:
    try:
        settings = dict(parse_spec(spec, Message("data set"), _RANDOM)[1])
    except ValueError as error:
        raise DataError(*error.args) from None
    n, seed = int(settings["n"]), int(settings["seed"])
    return random_line(n, settings["w"], settings["sigma"], seed)


def _inline(spec: str) -> Dataset:
    points = re.split(r"[\s;]+", spec.strip("; "))
    if len(points) > MAX_SAMPLES:
        message = "a data set holds at most {most:,} points, not {n:,}"
        raise DataError(Message(message, most=MAX_SAMPLES, n=len(points)))
    pairs = [_point(number, text) for number, text in enumerate(points, start=1)]
    return Dataset(np.array([x for x, _ in pairs]), np.array([y for _, y in pairs]), "inline")


def _point(number: int, text: str) -> tuple[float, float]:
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) != 2:
        template = _DECIMAL_COMMAS if len(numbers) > 2 else _NOT_A_POINT
        raise DataError(Message(template, number=number, text=_short(text), count=len(numbers)))
    x, y = numbers
    if not (abs(x) <= LARGEST and abs(y) <= LARGEST):
        raise DataError(Message(_BEYOND, number=number, text=_short(text), most=LARGEST))
    return x, y


def _from_csv(path: Path, columns: tuple[str, str] | None) -> Dataset:
    table = read_csv(path, columns)
    x_name, y_name = table.names
    return Dataset(
        table.x, table.y, path.stem,
        notices=table.notices, x_name=x_name, y_name=y_name, file=path.name, source=path,
    )  # fmt: skip


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
