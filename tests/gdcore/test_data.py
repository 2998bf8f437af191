"""Data from every source; every fault is named in one line."""

import pickle
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from gdcore import LECTURE, NOISY, DataError, Dataset, parse_data, random_line


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
        ("1,2 " * 100_001, "at most 100,000 points, not 100,001"),
    ],
    ids=lambda text: text[:12],
)
def test_bad_inline_points(spec: str, message: str) -> None:
    assert message in error(spec)


@pytest.mark.parametrize(
    "content",
    [
        "x,y\n1,2\n2,4\n3,6\n",
        "1,2\n2,4\n3,6",
        "x;y\r\n1;2\r\n2;4\r\n3;6\r\n",
        "x\ty\n1\t2\n2\t4\n3\t6\n",
        '\n \'x\' , "y" \n\n1, 2\n2 ,4\n 3,"6"\n\n',
        "\ufeffx,y\n1,2\n2,4\n3,6\n",
        "\ufeff1,2\n2,4\n3,6\n",
    ],
    ids=["header", "none", "semicolon", "tab", "spaces", "bom", "bom-none"],
)
def test_csv_of_two_columns(tmp_path: Path, content: str) -> None:
    data = parse_data(written(tmp_path, content, "my points.csv"))
    assert points(data) == points(LECTURE)
    assert (data.name, data.notices, data.seed) == ("my points", (), None)


def test_csv_of_named_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "id,面积,price\n7,1,2\n8,2,4\n9,3,6\n", "房价.csv")
    assert points(parse_data(f"{path}:面积,price")) == points(LECTURE)
    assert "has 3 column(s) (id, 面积, price); name two" in error(path)
    assert f"{path}:1: no column 'prise'; did you mean 'price'?" in error(f"{path}:面积,prise")
    assert "name two columns as 房价.csv:x,y, not 'price'" in error(f"{path}:price")
    bare = written(tmp_path, "1,2,3\n", "bare.csv")
    assert "has no header, so no column 'a'" in error(f"{bare}:a,b")
    assert "has 3 column(s) (1, 2, 3); give it a header" in error(bare)


def test_csv_in_gbk_is_read_with_a_notice(tmp_path: Path) -> None:
    path = written(tmp_path, "面积,价格\n1,2\n2,4\n3,6\n".encode("gbk"))
    data = parse_data(f"{path}:面积,价格")
    assert points(data) == points(LECTURE)
    assert data.notices == ("read as GB18030 (GBK): it is not UTF-8",)
    late = written(tmp_path, b"x,y\n" + b"1,2\n" * 50_000 + "1,二\n".encode("gbk"))
    assert f"{late}:50002: column 'y': '二' is not a number" in error(late)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", ": is empty"),
        ("\n \n,\n", ": is empty"),
        ("x,y\n", ": has a header but no rows of numbers"),
        ("x,y\n1,2\n3\n", ":3: 1 cells, but the first row has 2"),
        ("1,2\n3,4,5\n", ":2: 3 cells, but the first row has 2"),
        ("x,y\n1,2\n\n2,abc\n", ":4: column 'y': 'abc' is not a number"),
        ("1,2\n2,\n", ":2: column 'y': an empty cell"),
        ("1,abc\n2,4\n", ":1: 'abc' is not a number"),
        ("x,y\n1,nan\n", ":2: column 'y': 'nan' is not within -1e+60..1e+60"),
        ("nan,1\n", ":1: column 'x': 'nan' is not within"),
        ("x,y\ninf,1\n", ":2: column 'x': 'inf' is not within"),
        ("x,y\n1,1e999\n", ":2: column 'y': '1e999' is not within"),
        ("x\n1\n", ":1: has 1 column(s) (x); x and y are needed"),
        (b"\xff\xfex\x00,\x00y\x00", ": is not text in UTF-8 or GB18030"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", ": is not text in UTF-8"),
        ("x,y\n" + "1" * 70_000, ":2: a line of more than 65,536 characters"),
    ],
    ids=lambda value: str(value)[:14].encode("unicode_escape").decode(),
)
def test_bad_csv(tmp_path: Path, content: str | bytes, message: str) -> None:
    path = written(tmp_path, content)
    assert error(path).startswith(path + message)


def test_one_row_is_one_sample(tmp_path: Path) -> None:
    assert points(parse_data(written(tmp_path, "x,y\n2,5\n"))) == [(2, 5)]


@pytest.mark.slow
def test_ten_million_rows_stop_at_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"1,2\n" * 100_000)
    tracemalloc.start()
    assert error(str(path)) == f"{path}:100001: more than 100,000 rows of numbers; take a sample"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6
    full = written(tmp_path, b"x,y\n" + b"1,2\n2,4\n" * 50_000)
    assert parse_data(full).n == 100_000


def test_no_such_file(tmp_path: Path) -> None:
    path = written(tmp_path, "1,2\n", "points.csv")
    wrong = str(tmp_path / "pionts.csv")
    assert error(wrong) == f"{wrong!r}: no such file; did you mean {path!r}?"
    assert "no such file" in error("nowhere/at/all.csv")
    assert "no such file" in error("no\0where.csv")
    assert "no such file" in error("C:\\data\\points.csv")
    assert "is a directory, not a CSV file" in error(str(tmp_path))
    assert "is a directory, not a CSV file" in error(f"{tmp_path}:x,y")


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
