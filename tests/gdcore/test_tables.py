"""CSV files as spreadsheets write them: what is certain is read, all else is refused in a line."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from gdcore import LECTURE, DataError, Dataset, parse_data


def written(folder: Path, content: str | bytes, name: str = "data.csv") -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def error(spec: str) -> str:
    with pytest.raises(DataError) as raised:
        parse_data(spec)
    text = str(raised.value)
    assert len(text.splitlines()) == 1 and len(text) < 400
    return text


def points(data: Dataset) -> list:
    return list(zip(data.x.tolist(), data.y.tolist(), strict=True))


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
        "x;y;;\n1;2;;\n2;4;;\n3;6\n",
        "sep=;\nx, so to say;y\n1;2\n2;4\n3;6\n",
        'we"ird,"y;\nz"\n1,2\n2,4\n3,6\n',
        'x,"<b>&amp;"\n1,2\n2,4\n3,6\n',
        "x,y\n+1,2.\n2e0,4\n3,0.6E1\n",
    ],
    ids=[
        "header", "none", "semicolon", "tab", "spaces", "bom", "bom-none", "empty-columns", "sep",
        "line-in-a-name", "semicolon-in-a-name", "spellings",
    ],
)  # fmt: skip
def test_csv_of_two_columns(tmp_path: Path, content: str) -> None:
    data = parse_data(written(tmp_path, content, "my points.csv"))
    assert points(data) == points(LECTURE)
    assert (data.name, data.file) == ("my points", "my points.csv")
    assert (data.notices, data.seed) == ((), None)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("height [cm],weight [kg]\n1,2\n", ("height [cm]", "weight [kg]")),
        ("身高 (cm),体重\n1,2\n", ("身高 (cm)", "体重")),
        ("1,2\n3,4\n", ("", "")),
        ('"two\nlines\a","say ""y"""\n1,2\n', ("two lines", 'say "y"')),
        ("a,a\n1,2\n", ("a", "a")),
    ],
)
def test_the_header_names_the_axes(tmp_path: Path, content: str, names: tuple[str, str]) -> None:
    data = parse_data(written(tmp_path, content))
    assert (data.x_name, data.y_name) == names


def test_csv_of_named_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "id,面积,price,id\n7,1,2,0\n8,2,4,0\n9,3,6,0\n", "房价.csv")
    data = parse_data(f"{path}:面积,price")
    assert points(data) == points(LECTURE) and (data.x_name, data.y_name) == ("面积", "price")
    assert (
        error(path)
        == f"{path}:1: has 4 columns (id, 面积, price, id); choose two as 房价.csv:XCOLUMN,YCOLUMN"
    )
    assert f"{path}:1: no column 'prise'; did you mean 'price'?" in error(f"{path}:面积,prise")
    assert f"{path}:1: 2 columns have the name 'id'; give each its own" in error(f"{path}:id,price")
    assert "name two columns as 房价.csv:XCOLUMN,YCOLUMN, not 'price'" in error(f"{path}:price")
    bare = written(tmp_path, "1,2,3\n", "bare.csv")
    assert "has no header, so no column 'a'; add a first row with names" in error(f"{bare}:a,b")
    assert "has no header, so no column '2'" in error(f"{bare}:2,3")  # not a header of numbers
    assert "has 3 columns (1, 2, 3) and no header; add a first row" in error(bare)


@pytest.mark.parametrize(
    ("content", "expected", "example"),
    [
        ("Größe;Gewicht\n1,5;75,25\n2;80\n", [(1.5, 75.25), (2, 80)], "1,5 is 1.5"),
        ("1,5;2,5\n2,5;-,5\n", [(1.5, 2.5), (2.5, -0.5)], "1,5 is 1.5"),
        ("x\ty\n0,500\t1,5E+2\n1,500\t4\n", [(0.5, 150), (1.5, 4)], "0,500 is 0.5"),
        ("x;y\n1,500;4\n", [(1.5, 4)], "1,500 is 1.5"),  # the semicolons tell
        ("Größe, innen;y\n1,5;2\n", [(1.5, 2)], "1,5 is 1.5"),
        ("x;y\n−1,5;2\n", [(-1.5, 2)], "−1,5 is -1.5"),
    ],
)
def test_decimal_commas(tmp_path: Path, content: str, expected: list, example: str) -> None:
    data = parse_data(written(tmp_path, content))
    assert points(data) == expected
    assert data.notices == (f"decimal commas are read: {example}",)


def test_encodings_that_are_certain(tmp_path: Path) -> None:
    text = "面积,价格\n1,2\n2,4\n3,6\n"
    path = written(tmp_path, text.encode("gbk"))
    data = parse_data(f"{path}:面积,价格")
    assert points(data) == points(LECTURE)
    assert data.notices == ("read as GB18030 (GBK): it is not UTF-8",)
    for order in ("utf-16-le", "utf-16-be"):  # "Unicode Text" of a spreadsheet
        content = ("\ufeff" + text.replace(",", "\t")).encode(order)
        data = parse_data(written(tmp_path, content, "points.txt"))
        assert points(data) == points(LECTURE) and data.x_name == "面积"
        assert data.notices == ("read as UTF-16",)
    late = written(tmp_path, b"x,y\n" + b"1,2\n" * 50_000 + "1,二\n".encode("gbk"))
    assert f"{late}:50002: column 'y': '二' is not a number" in error(late)


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "shift-jis", "big5"])
def test_encodings_that_are_not_certain_are_refused(tmp_path: Path, encoding: str) -> None:
    words = {"shift-jis": "体重はかり", "big5": "身體重量測驗"}.get(encoding, "größe créée")
    path = written(tmp_path, f"x,y\n1,2\n{words},4\n".encode(encoding))
    assert error(path).startswith(f"{path}:3: is not in UTF-8, and not surely in GBK")
    assert 'save it again as "CSV UTF-8"' in error(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", ": is empty; a column of x"),
        ("\n \n,\n", ": is empty"),
        ("x,y\n", ": has a header but no rows of numbers; add a row"),
        ("x,y\n1,2\n3\n", ":3: 1 cells, but the first row has 2; give each row"),
        ("1,2\n3,4,5\n", ":2: 3 cells, but the first row has 2"),
        ("x,y\n1,5,2,5\n", ":2: 4 cells, but the first row has 2; if commas are decimal marks,"),
        ("1,5,2,5\n", ":1: has 4 columns (1, 5, 2, 5) and no header"),
        ("x,y\n1,2\n\n2,abc\n", ":4: column 'y': 'abc' is not a number; correct it"),
        ("1,2\n2,\n", ":2: column 'y': no value (''); fill it in, or delete the row"),
        ("1,2\nNA,4\n", ":2: column 'x': no value ('NA')"),
        ("x,y\n1,#DIV/0!\n", ":2: column 'y': no value ('#DIV/0!')"),
        ("x,y\n1,缺失\n", ":2: column 'y': no value ('缺失')"),
        ("1,abc\n2,4\n", ":1: '1' is a number, but 'abc' is not; write two names"),
        ("x,y\n1,nan\n", ":2: column 'y': no value ('nan')"),
        ("nan,1\n", ":1: column 'x': no value ('nan')"),
        ("x,y\ninf,1\n", ":2: column 'x': 'inf' is not within -1e+60..1e+60; correct it"),
        ("x,y\n1,1e999\n", ":2: column 'y': '1e999' is not within"),
        ("x,y\n1_000,2\n", ":2: column 'x': '1_000' is not a number"),
        ("x\n1\n", ":1: has 1 column (x); x and y are needed, separated by a comma"),
        ("x y\n1 2\n", ":1: has 1 column (x y); x and y are needed"),
        ('x,y\n"1,5",2\n', ":2: column 'x': '1,5' has a comma, which also separates"),
        ("x\ty\n1,500\t2\n", ":2: column 'x': '1,500' has a decimal comma or a thousands"),
        ("x\ty\n1,500\t2.5\n", ":2: column 'x': '1,500' has a decimal comma or a thousands"),
        ("x;y\n1,5;2\n3;2.5\n", ":3: column 'y': '2.5', but row 2 has '1,5': is the decimal"),
        ("x;y\n3;2.5\n1,5;2\n", ":3: column 'x': '1,5', but row 2 has '2.5': is the decimal"),
        ("x;y\n1.234,5;2\n", ":2: column 'x': '1.234,5' seems to have a thousands separator"),
        ("x;y\n1 234;2\n", ":2: column 'x': '1 234' seems to have a thousands separator"),
        ("x;y\n1,234,567;2\n", ":2: column 'x': '1,234,567' seems to have a thousands"),
        ("x,y\n12 %,2\n", ":2: column 'x': '12 %' has a percent sign; write the number alone"),
        ("x,y\n180 cm,2\n", ":2: column 'x': '180 cm' is more than a number; write the number"),
        (b"\xff\xfex\x00,\x00y\x00", ": has a header but no rows"),
        (b"\xff\xfex\x00,\x00y", ": is not text; save it again as"),
        (b"\xff\xfe\x00\x00x\x00\x00\x00", ": is not text"),  # UTF-32
        ("x,y\n1,2\n".encode("utf-16-le"), ": is not text"),  # without its mark it is unclear
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", ": is not text"),
        (b"PK\x03\x04\x14\x00", ": is a workbook, not a CSV file; save it again as"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ": is a workbook, not a CSV file"),
        ("x,y\n" + "1" * 70_000, ":2: a line of more than 65,536 characters"),
        (b"x,y\n" + b"1,  2\n" * 190_000 + b"\xff", ":100002: more than 100,000 rows"),
        (b"x,y\n" + b"1," + b" " * 30_000 + b"2\n" + b"\n" * 2**20 + b"\xff", ": is not UTF-8"),
    ],
    ids=lambda value: str(value)[:14].encode("unicode_escape").decode(),
)
def test_bad_csv(tmp_path: Path, content: str | bytes, message: str) -> None:
    path = written(tmp_path, content)
    assert error(path).startswith(path + message)


def test_one_row_is_one_sample(tmp_path: Path) -> None:
    assert points(parse_data(written(tmp_path, "x,y\n2,5\n"))) == [(2, 5)]


def test_the_same_samples_under_other_names_are_other_content(tmp_path: Path) -> None:
    first = parse_data(written(tmp_path, "hours,score\n1,2\n"))
    again = parse_data(written(tmp_path, "hours,score\n1,2\n"))
    other = parse_data(written(tmp_path, "hours,mark\n1,2\n"))
    assert first == again and first.key == again.key
    assert first != other and first.key != other.key
    np.testing.assert_array_equal(first.y, other.y)


@pytest.mark.slow
def test_ten_million_rows_stop_at_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"1,2\n" * 100_000)
    tracemalloc.start()
    wanted = f"{path}:100001: more than 100,000 rows of numbers; take a sample of them"
    assert error(str(path)) == wanted
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6
    full = written(tmp_path, b"x,y\n" + b"1,2\n2,4\n" * 50_000)
    assert parse_data(full).n == 100_000
