"""A course file is checked whole: each error is one line with file, line, key and a remedy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cli.course.lines import line_of, lines_of

Refusal = Callable[..., tuple[int, str]]
Run = Callable[..., Result]
START = '[[lesson]]\nname = "a"\nfilms = ["batch"]\n'

WRONG = {
    "lang = [\n": (4, "is not TOML"),
    "thme = 'dark'": (4, "there is no key 'thme' here; did you mean 'theme'?"),
    "theme = 'drak'": (4, "theme must be one of dark, light"),
    "theme = 'Dark'": (4, "theme must be one of dark, light"),
    "theme = 3": (4, "theme must be one of"),
    "lr = nan": (4, "lr must be a number above 0"),
    "lr = inf": (4, "lr must be a number above 0"),
    "lr = '0.1'": (4, "lr must be a number, not '0.1'"),
    "lr = true": (4, "lr must be a number, not true"),
    "lr = 2024-01-01": (4, "lr must be a number above 0"),
    "epochs = 1.5": (4, "epochs must be a whole number from 1"),
    "rates = 0.1": (4, "rates must be a list of one value or more, each a number"),
    "rates = []": (4, "rates needs one value or more"),
    "no-captions = 1": (4, "no-captions must be true or false"),
    "fps = 30": (4, "write it under [lesson.video]"),
    "columns = 3": (4, "columns: video does not take it"),
    "columns = 3\nmake = ['video', 'gif']": (4, "columns: none of video, gif takes it"),
    "\n[lesson.script]\nlang = 'en'": (5, "script has no table of its own: write its keys in"),
    "\n[[lesson]]\nname = 'b'\nmake = ['trace']\nfilms = ['sgd@first-epoch']": (
        5,
        "b, sgd@first-epoch, trace: 'sgd@first-epoch': only a whole film is possible here",
    ),
    "\n[[lesson]]\nname = 'Index.html'\nfilms = ['sgd']": (6, "a name that the course itself uses"),
    "make = ['vidoe']": (4, "make: there is no product 'vidoe'; did you mean 'video'?"),
    "make = ['gif', 'subtitles']": (4, "subtitles needs one of video, joined beside it"),
    "rule = 'adm'": (4, "rule: "),
    "landscape = 'beale'": (4, "a, batch, video: landscape: "),  # the film does not take it
    "data = 'no.csv'": (4, "no.csv"),
    "data = 'no/*.csv'": (4, "no file is named like 'no/*.csv'"),
    "script = 'no.md'": (4, "no.md"),
    "\n[lesson.gif]\nwidth = 3": (6, "width must be a whole number from 64"),
    "\n[lesson.gif]\nwdth = 3": (6, "there is no key 'wdth' here; did you mean 'width'?"),
    "video = 3": (4, "video must be a table"),
    "gif.fps = 21": (4, "fps must be one of 10, 20, 25, 50"),
    "\n[[lesson]]\nfilms = ['sgd']": (5, "the key 'name' is missing"),
    "\n[[lesson]]\nname = 'A'\nfilms = ['sgd']": (6, "there is a lesson 'A' already"),
    "\n[[lesson]]\nname = 'b/c'\nfilms = ['sgd']": (6, "must not contain '/'"),
    "\n[[lesson]]\nname = 'b'\nfilms = ['sdg']": (7, "there is no film 'sdg'; did you mean 'sgd'"),
    "\n[[lesson]]\nname = 'b'\nfilms = 'sgd'": (7, "films must be a list"),
    "\n[defaults]\nout = 'x'": (6, "there is no key 'out' here"),
    "\n[defaults]\nlr = nan": (6, "lr must be"),
    "make = ['gif', 'video']\nvideo.format = ['gif']": (1, "; rename one of the files, or use"),
}


def write(text: str | bytes) -> None:
    Path("course.toml").write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize("line", WRONG)
def test_every_error_names_its_line(refusal: Refusal, tmp_path: Path, line: str) -> None:
    number, part = WRONG[line]
    write(START + line)
    code, text = refusal("course")
    assert (code, text[: text.index(": ")]) == (65, f"course.toml:{number}"), text
    assert part in text
    assert [path.name for path in tmp_path.iterdir()] == ["course.toml"]  # nothing was made


def test_files_that_are_no_course(refusal: Refusal) -> None:
    assert refusal("course", "no.toml") == (
        2, "COURSE: there is no file 'no.toml'; `gd course --init` writes an example",
    )  # fmt: skip
    write(b"\n\ntitle = '\xff'")
    assert refusal("course") == (65, "course.toml:3: is not UTF-8: save the file as UTF-8")
    write("title = 'x'")
    assert refusal("course")[1].startswith("course.toml:1: needs one table [[lesson]]")
    write("x = " + 9999 * "[")
    assert refusal("course")[0] == 65


def test_too_many_products_are_refused_before_they_are_listed(refusal: Refusal) -> None:
    data = ", ".join(f"'1,{n} 2,{n + 1}'" for n in range(4000))
    write(START + f"theme = ['dark', 'light']\nlang = ['zh', 'en']\ndata = [{data}]")
    assert refusal("course")[1].startswith("course.toml:1: asks for 16,000 products, more than")


def planned(invoke: Run, text: str | bytes) -> list[dict[str, Any]]:
    write(text)
    result = invoke("course", "--dry-run", "--json")
    assert result.exit_code == 0, result.stderr
    files: list[dict[str, Any]] = json.loads(result.stdout)["files"]
    return files


def test_products_multiply_and_defaults_go_where_they_fit(invoke: Run) -> None:
    Path("classes").mkdir()
    for name in ("b", "a"):
        Path(f"classes/{name}.csv").write_text("x,y\n1,2\n2,3\n")
    text = (
        "\ufeff[defaults]\nlang = ['en', 'zh']\ntheme = ['dark', 'light']\nlandscape = 'beale'\n"
        "lr = 0.02\n[[lesson]]\nname = 'w'\nfilms = ['batch', 'cost-function']\n"
        "data = 'classes/*.csv'\n[lesson.gif]\nfps = 10\n[[lesson]]\nname = 'v'\n"
        "films = ['sgd']\ntheme = 'dark'\nmake = ['gif', 'joined', 'handout', 'script', 'trace']\n"
    )
    files = planned(invoke, text)
    made = [file["path"] for file in files]
    names = [
        f"{film}-{lang}{theme}.mp4"
        for lang in ("en", "zh") for theme in ("", "-light") for film in ("batch", "cost-function")
    ]  # fmt: skip
    expected = [f"build/w/{folder}/{name}" for folder in "ab" for name in names]
    assert made[: len(expected)] == expected
    assert made[len(expected) :] == [
        "build/v/sgd-en.gif", "build/v/sgd-zh.gif", "build/v/lecture-en.mp4",
        "build/v/lecture-zh.mp4", "build/v/sgd-handout-en.pdf", "build/v/sgd-handout-zh.pdf",
        "build/v/script-en.md", "build/v/script-zh.md", "build/v/sgd.csv",
    ]  # fmt: skip
    first = files[0]
    assert first["frames"] > 1000 and first["estimated_seconds"] > 0 < first["estimated_size"]
    # `batch` takes a rate but no landscape: a default is left out where it means nothing.
    assert first["command"] == (
        "gd video batch --lang=en --lr=0.02 --data=classes/a.csv -o build/w/a/"
    )  # fmt: skip
    assert first["theme"] == "dark" and first["data"] == "classes/a.csv"


def test_a_default_goes_to_several_films_only_if_each_takes_it(invoke: Run) -> None:
    """`batch` has no landscapes. A scene file has no language, which the joined video needs."""
    Path("own.py").write_text("from manim import Scene\nclass One(Scene): pass\n")
    films = "films = ['batch@start', 'optimizers@race', 'own.py:One']\nmake = ['joined']\n"
    text = f"{START.partition('films')[0]}{films}[defaults]\nlandscape = 'beale'\nlang = 'zh'\n"
    (file,) = planned(invoke, text)
    assert file["command"].partition("One ")[2] == "--join --lang=zh -o build/a/"


def test_an_own_scene_is_made_once(invoke: Run) -> None:
    Path("own.py").write_text("from manim import Scene\nclass One(Scene): pass\n")
    text = START.replace("batch", "own.py:One") + "make = ['video', 'subtitles']\n[defaults]\n"
    (file,) = planned(invoke, text + "lang = ['zh', 'en']\nlr = 0.1\npace = 2\n")
    assert file["path"] == "build/a/One.mp4" and file["frames"] is None
    assert file["command"] == "gd video own.py:One --subtitles=zh -o build/a/"


def test_the_example_is_a_course_and_replaces_nothing(invoke: Run) -> None:
    for lang in ("en", "zh"):
        result = invoke("course", f"{lang}.toml", "--init", "--lang", lang)
        assert result.exit_code == 0 and result.stdout == f"{lang}.toml\n"
        shown = invoke("course", f"{lang}.toml", "--dry-run", "--lang", lang)
        assert shown.exit_code == 0
        assert "about" in shown.stdout if lang == "en" else "8 个文件" in shown.stdout
    assert "Keys are named" in Path("en.toml").read_text(encoding="utf-8")
    Path("zh.toml").write_text("mine")
    again = invoke("course", "zh.toml", "--init")
    assert again.exit_code == 73 and "File exists" in again.stderr
    assert Path("zh.toml").read_text() == "mine"


def test_paths_are_those_from_the_course(invoke: Run) -> None:
    Path("far").mkdir()
    Path("far/x.csv").write_text("x,y\n1,2\n2,3\n")
    Path("far/course.toml").write_text(START + "data = 'x.csv'")
    result = invoke("course", "far/course.toml", "--dry-run")
    assert "far/build/a/batch.mp4" in result.stdout
    Path("far/x.csv").write_text("x,y\n1,?\n2,3\n")
    result = invoke("course", "far/course.toml", "--dry-run")
    assert result.exit_code == 65 and "Error: far/course.toml:4: " in result.stderr


def test_lines() -> None:
    text = (
        'title = """\nlang = 3\n"""\n[defaults] # x\n"lang" = "zh"\r\ngif.width = 3\n'
        "[[lesson]]\nname = 1\n[lesson.gif]\nfps = 1\n[[lesson]]\n'name' = 2\n"
    )
    lines = lines_of(text)
    places = {
        ("title",): 1, ("defaults", "lang"): 5, ("defaults", "gif", "width"): 6,
        ("lesson", 0, "name"): 8, ("lesson", 0, "gif", "fps"): 10, ("lesson", 1, "name"): 12,
        ("lesson", 1, "films"): 11, ("lang",): 1,
    }  # fmt: skip
    assert {place: line_of(lines, place) for place in places} == places
