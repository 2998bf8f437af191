"""``gd gallery``: which manifests it reads and refuses, and what it writes where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from PIL import Image

from cli.course.products import ADDITIONS, PRODUCTS
from cli.gallery.words import words_in

Invoke = Callable[..., Result]
Refusal = Callable[..., tuple[int, str]]
FILM = {
    "path": "one/film.gif", "lesson": "one", "product": "gif", "films": ["sgd"],
    "titles": ["SGD"], "lang": "en", "duration": 1.0,
}  # fmt: skip


def place(folder: Path, *files: dict[str, Any], **others: Any) -> Path:
    """A manifest with these files, and each file: a picture if it is a GIF."""
    for file in files:
        path = folder / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".gif":
            Image.new("RGB", (40, 20), "#c02020").save(path)
        else:
            path.write_text("x")
    folder.mkdir(exist_ok=True)
    document = {"title": "T", "files": files, "failed": [], "versions": {}} | others
    (folder / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_the_page_and_its_posters(invoke: Invoke, tmp_path: Path) -> None:
    """The same bytes each time; a poster of a film that is gone is removed, nothing else."""
    place(tmp_path / "build", FILM)
    done = invoke("gallery")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "build/index.html\n", "")
    first = (tmp_path / "build/index.html").read_bytes()
    (poster,) = (tmp_path / "build/index-files").iterdir()
    with Image.open(poster) as picture:
        red, green, blue = picture.convert("RGB").getpixel((20, 10))  # type: ignore[misc]
    assert poster.suffix == ".webp" and red > 150 > 80 > max(green, blue)
    assert b'src="index-files/' + poster.name.encode() in first
    mine = poster.with_name("mine.webp")
    mine.write_text("mine")
    document = json.loads(invoke("gallery", "build", "--json").stdout)
    assert (tmp_path / "build/index.html").read_bytes() == first
    assert document["films"] == 1 and document["size"] == len(first)
    assert document["beside"] == [f"build/index-files/{poster.name}"]
    place(tmp_path / "build", FILM | {"path": "one/other.txt", "product": "script"})
    assert invoke("gallery", "build").exit_code == 0
    assert [*poster.parent.iterdir()] == [mine]


def test_the_language(invoke: Invoke, tmp_path: Path) -> None:
    place(tmp_path / "build", FILM)
    assert invoke("gallery", "--lang", "zh").exit_code == 0
    text = (tmp_path / "build/index.html").read_text(encoding="utf-8")
    assert '<html lang="zh">' in text and "全部文件" in text
    words = json.loads(re.findall(r'<script type="application/json">(.*)</script>', text)[0])
    assert words["words"].keys() == {"zh", "en"}


def test_folders_of_courses(invoke: Invoke, tmp_path: Path) -> None:
    """A folder without a manifest shows those in it; each lesson is called after its course."""
    place(tmp_path / "all/a #1", FILM, title="Spring")
    place(tmp_path / "all/b", FILM, title="Autumn")
    assert invoke("gallery", "all", "-o", "all/films.html").stdout == "all/films.html\n"
    text = (tmp_path / "all/films.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2 dir=.auto.>(.+)</h2>", text) == ["Spring – one", "Autumn – one"]
    assert 'href="a%20%231/one/film.gif"' in text
    assert (tmp_path / "all/films-files").is_dir()


def test_what_is_missing_or_broken_is_left_out(invoke: Invoke, tmp_path: Path) -> None:
    place(tmp_path / "build", FILM, FILM | {"path": "one/a.gif"}, FILM | {"path": "one/b.gif"})
    (tmp_path / "build/one/a.gif").unlink()
    (tmp_path / "build/one/b.gif").write_text("not a film")
    done = invoke("gallery")
    told = "1 file is not there, such as 'one/a.gif'; the page leaves them out"
    assert done.stderr == f"Note: {told}\n" and done.exit_code == 0
    text = (tmp_path / "build/index.html").read_text(encoding="utf-8")
    assert "one/a.gif" not in text and "one/b.gif" in text
    assert len([*(tmp_path / "build/index-files").iterdir()]) == 1


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\b", "C:\\b", "C:b", "", "."]
)
def test_a_path_that_leaves_the_folder(refusal: Refusal, tmp_path: Path, path: str) -> None:
    place(tmp_path / "build")
    (tmp_path / "build/manifest.json").write_text(
        json.dumps({"title": "T", "files": [FILM, FILM | {"path": path}]})
    )
    code, line = refusal("gallery")
    assert code == 65 and not (tmp_path / "build/index.html").exists()
    told = f"files[1].path {path!r} is not in the folder of the document"
    assert line == f"build/manifest.json: {told}"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("", "'build/manifest.json' is not JSON"),
        ("\ufeff[]", "build/manifest.json: must be an object"),
        ('{"name": "a web app"}', "is no manifest of ours: it has no 'files'"),
        ('{"title": "T", "files": {}}', "build/manifest.json: files must be a list"),
        ('{"title": 1, "files": []}', "build/manifest.json: title must be a text"),
        ('{"title": "T", "files": [3]}', "build/manifest.json: files[0] must be an object"),
        ('{"title": "T", "files": [{"path": "a"}]}', "files[0].lesson must be a text"),
        ("[" * 100_000, "'build/manifest.json' is not JSON"),
        (json.dumps({"title": "T", "files": [FILM | {"films": [1]}]}), "must be a list of texts"),
        (json.dumps({"title": "T", "files": [FILM | {"duration": -1}]}), "must be a number from 0"),
        (json.dumps({"title": "T", "files": [FILM | {"duration": 1e999}]}), "a number from 0"),
        (json.dumps({"title": "T", "files": [FILM | {"duration": True}]}), "a number from 0"),
    ],
)
def test_a_manifest_that_is_not_ours(
    refusal: Refusal, tmp_path: Path, document: str, told: str
) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build/manifest.json").write_text(document, encoding="utf-8")
    code, line = refusal("gallery")
    assert code == 65 and told in line


def test_no_manifest(refusal: Refusal, tmp_path: Path) -> None:
    assert refusal("gallery", "nowhere") == (65, "there is no folder 'nowhere'")
    (tmp_path / "page.html").touch()
    assert refusal("gallery", "page.html") == (
        65, "'page.html' is a file; name its folder: '.'"
    )  # fmt: skip
    (tmp_path / "empty/inner").mkdir(parents=True)
    told = "there is no manifest.json in 'empty'; `gd course` writes one"
    assert refusal("gallery", "empty") == (65, told)


def test_where_the_page_may_be(refusal: Refusal, tmp_path: Path) -> None:
    place(tmp_path / "build", FILM, FILM | {"path": "deck.html", "product": "deck-html"})
    code, line = refusal("gallery", "-o", "page.html")
    assert code == 2 and line.startswith("-o must be in 'build': the page leads to")
    code, line = refusal("gallery", "-o", "build/page.pdf")
    assert code == 2 and ".html" in line
    deck = tmp_path / "build/deck.html"
    deck.write_text('<meta name="generator" content="gradient-descent-films">')  # as `gd deck` does
    before = deck.read_bytes()
    code, line = refusal("gallery", "-o", "build/deck.html")
    assert code == 2 and "would be lost" in line and deck.read_bytes() == before


def test_a_page_of_somebody_else_stays(refusal: Refusal, tmp_path: Path) -> None:
    """A course may go into the folder of a site; it is refused before anything is made."""
    place(tmp_path / "build", FILM)
    mine = tmp_path / "build/index.html"
    mine.write_text("<title>My course</title>")
    told = "'build/index.html' is there already, and it is no page of ours: move it"
    assert refusal("gallery") == (73, told)
    manifest = (tmp_path / "build/manifest.json").read_bytes()
    (tmp_path / "course.toml").write_text('[[lesson]]\nname = "one"\nfilms = ["batch"]\n')
    assert refusal("course", "--quiet") == (73, told)
    assert mine.read_text() == "<title>My course</title>"
    assert (tmp_path / "build/manifest.json").read_bytes() == manifest


def test_strange_texts_do_not_stop_it(invoke: Invoke, tmp_path: Path) -> None:
    """Halves of characters, NUL, and a name that no system can have."""
    strange = FILM | {"titles": ["\ud800 \x00 \u202e"], "lesson": "\udfff", "fps": 0}
    place(tmp_path / "build", strange | {"sections": [{"first": 3, "name": "\ud83d"}]})
    document = json.loads((tmp_path / "build/manifest.json").read_text())
    document["files"] += [FILM | {"path": path} for path in ("a\x00b", "x" * 5000, "\ud800.gif")]
    (tmp_path / "build/manifest.json").write_text(json.dumps(document))
    done = invoke("gallery")
    assert done.exit_code == 0 and "3 files are not there" in done.stderr
    assert "\ufffd" in (tmp_path / "build/index.html").read_text(encoding="utf-8")


def test_all_films_in_one(invoke: Invoke, tmp_path: Path) -> None:
    """They are its summary; its own title says what it is."""
    place(tmp_path / "build", FILM | {"product": "joined", "titles": ["A", "B"], "lang": "zh"})
    assert invoke("gallery").exit_code == 0
    text = (tmp_path / "build/index.html").read_text(encoding="utf-8")
    assert ">全部影片合成一个视频</a>" in text and ">A, B</p>" in text


def test_every_product_has_a_word() -> None:
    products = {*PRODUCTS, *ADDITIONS}
    assert [name for name in products if f"product:{name}" not in words_in("en")] == []
