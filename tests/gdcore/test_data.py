"""Data from every source; every fault is named in one line."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from gdcore import HEIGHTS, LECTURE, NOISY, DataError, Dataset, parse_data, random_line


def error(spec: str) -> str:
    with pytest.raises(DataError) as raised:
        parse_data(spec)
    text = str(raised.value)
    assert "\n" not in text and len(text) < 400
    return text


def written(folder: Path, content: str | bytes, name: str = "data.csv") -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def points(data: Dataset) -> list:
    return list(zip(data.x.tolist(), data.y.tolist(), strict=True))


def test_named_sets() -> None:
    assert points(parse_data("lecture")) == [(1, 2), (2, 4), (3, 6)]
    assert points(parse_data(" noisy ")) == [(1, 2.3), (2, 3.6), (3, 6.3)]
    assert (LECTURE.exact, NOISY.exact, NOISY.seed) == (True, False, None)
    assert "did you mean 'lecture'?" in error("lectrue")
    assert "unknown data set ''" in error("")


def test_invented_people() -> None:
    """Whole centimetres and kilograms, about a line of 0.9 kg for a centimetre."""
    data = parse_data("heights")
    assert data == HEIGHTS and (data.n, data.seed) == (20, 9)
    for values, low, high in ((data.x, 140, 205), (data.y, 35, 120)):
        assert np.array_equal(values, np.round(values)) and low < values.min() < values.max() < high
    slope, _ = np.polyfit(data.x, data.y, 1)
    # Five standard errors of a slope from 20 points with deviations 6 and 8.
    assert abs(slope - 0.9) < 5 * 6 / (8 * np.sqrt(20))


def test_generated_sets() -> None:
    plain = parse_data("random")
    assert (plain.n, plain.seed, plain.exact) == (20, 0, False)
    data = parse_data("random:n=5000,w=-3,sigma=0.25,seed=7")
    assert data == random_line(5000, -3, 0.25, 7) and data.seed == 7
    assert data != parse_data("random:n=5000,w=-3,sigma=0.25,seed=8")
    # The standard deviation of 5000 residuals: five standard errors of 1 %.
    assert np.std(data.y + 3 * data.x) == pytest.approx(0.25, rel=0.05)
    assert parse_data("random:sigma=0").exact
    assert "did you mean 'sigma'?" in error("random:sigm=1")
    assert "n must be a whole number >= 1 and <= 100000, not 0.0" in error("random:n=0")
    assert "n must be a whole number" in error("random:n=1e9")
    assert "sigma must be a finite number >= 0" in error("random:sigma=nan")


@pytest.mark.parametrize(
    "spec", ["1,2 2,4 3,6", "1,2;2,4; 3,6", " 1,2\n2,4\t3,6 ", "1,2 2,4e0 3,6."]
)
def test_inline_points(spec: str) -> None:
    data = parse_data(spec)
    np.testing.assert_array_equal([data.x, data.y], [LECTURE.x, LECTURE.y])
    assert data.exact and data.name == "inline"


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("1,2 2 3,6", "point 2: '2' is not two numbers x,y"),
        ("1,2 2,b", "point 2: '2,b' is not two numbers x,y"),
        ("nan,2 2,3", "point 1: 'nan,2' is not within -1e+60..1e+60"),
        ("1,1e999", "point 1: '1,1e999' is not within"),
        ("1 2 3", "point 1: '1' is not two numbers"),
        (",", "point 1: ',' is not two numbers"),
        ("1,5,2,5", "point 1: '1,5,2,5' has 4 numbers; if commas are decimal marks, write 1.5"),
        ("1.5,2,5", "'1.5,2,5' has 3 numbers; if commas are decimal marks, write 1.5"),
        ("1,2 " * 100_001, "at most 100,000 points, not 100,001"),
    ],
    ids=lambda text: text[:12],
)
def test_bad_inline_points(spec: str, message: str) -> None:
    assert message in error(spec)


def test_no_such_file(tmp_path: Path) -> None:
    path = written(tmp_path, "1,2\n", "points.csv")
    wrong = str(tmp_path / "pionts.csv")
    assert error(wrong) == f"{wrong!r}: no such file; did you mean {path!r}?"
    assert "no such file" in error("nowhere/points.xlsx")
    assert "no such file" in error("nowhere/at/all.csv")
    assert "no such file" in error("no\0where.csv")
    assert "no such file" in error("C:\\data\\points.csv")
    assert "is a directory, not a CSV file" in error(str(tmp_path))
    assert "is a directory, not a CSV file" in error(f"{tmp_path}:x,y")


def test_a_colon_in_a_column_is_part_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, "at [h:m],y\n1,2\n2,4\n3,6\n", "points.csv")
    assert points(parse_data(f"{path}:at [h:m],y")) == points(LECTURE)


def test_a_colon_in_a_path_is_part_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, "x,y\n1,2\n2,4\n3,6\n", "a:b.csv")
    assert points(parse_data(path)) == points(parse_data(f"{path}:x,y")) == points(LECTURE)


def test_a_dataset_is_a_frozen_value() -> None:
    source = np.array([1.0, 2.0, 3.0])
    data = Dataset(source, 2 * source, "lecture")
    source[0] = 99
    assert data == LECTURE and hash(data) == hash(LECTURE) and repr(data) == repr(LECTURE)
    assert data != Dataset(data.x, data.y, "other") and data != NOISY and data != "lecture"
    for each in (data, pickle.loads(pickle.dumps(data))):
        assert each == LECTURE
        with pytest.raises(ValueError, match="read-only"):
            each.x[0] = 0


def test_names_are_content_and_change_no_number() -> None:
    named = LECTURE.named("hours", "")
    assert (named.x_name, named.y_name) == ("hours", "")
    assert named.named("", "score [%]").x_name == "hours"
    assert named != LECTURE and named.key != LECTURE.key and named.has_samples_of(LECTURE)
    assert named != LECTURE.named("", "hours") and not named.has_samples_of(NOISY)
    assert LECTURE.named("", "") == LECTURE
    assert pickle.loads(pickle.dumps(named)) == named
    ready = Dataset(LECTURE.x, LECTURE.y, "lecture", file="points.csv")
    assert ready != LECTURE and pickle.loads(pickle.dumps(ready)).file == "points.csv"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("weight [kg]", "weight [kg]"),
        (" two\nlines\t\r here ", "two lines here"),
        ("bell\a and\x00 nul", "bell and nul"),
        ("\u202egk\u202c \u200fright\u2066", "gk right"),
        ("\ufeff\u200b身高\u3000[cm]", "身高 [cm]"),
        ("e\u0301tat", "état"),
        ("\ud800\ue000", ""),
        ("<b>&\"'", "<b>&\"'"),
    ],
)
def test_a_name_is_one_line_without_control_characters(given: str, kept: str) -> None:
    data = Dataset(LECTURE.x, LECTURE.y, x_name=given, y_name=given, file=given)
    assert (data.x_name, data.y_name, data.file) == (kept, kept, kept)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([], [], "holds 1 to 100,000 samples, not 0"),
        ([1, 2], [1], "x and y must be of one length"),
        ([1, 2], [1, np.nan], "sample 2: y = nan is not a number within"),
        ([1e61], [1], "sample 1: x = 1e+61"),
    ],
)
def test_a_dataset_of_bad_values(x: list, y: list, message: str) -> None:
    with pytest.raises(DataError) as raised:
        Dataset(np.array(x, dtype=float), np.array(y, dtype=float))
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("x", "y", "exact"),
    [
        ([1, 2, 3], [0.1, 0.2, 0.3], True),
        ([0.1, 0.7, 1e12], [0.03, 0.21, 0.3e12], True),
        ([1e-12, 3e-12], [1, 3], True),
        ([1, 1, 1], [2, 2, 2], True),
        ([0, 1], [0, 5], True),
        ([0, 0], [0, 0], True),
        ([5], [7], True),
        ([1, 2, 3], [0, 0, 0], True),
        ([0, 1], [1e-9, 5], False),
        ([1, 2], [1, 2.000000001], False),
        ([1, 1], [2, 3], False),
        ([1e-12, 1e12], [1, 2e12], False),  # a small sample counts as much as the others
    ],
)
def test_exact_means_that_one_line_fits_every_sample(x: list, y: list, exact: bool) -> None:
    assert Dataset(np.array(x, dtype=float), np.array(y, dtype=float)).exact is exact
