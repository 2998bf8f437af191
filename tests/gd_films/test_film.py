"""`film` without a notebook: what it returns, how it is shown, and what it refuses."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest

from gd_films import FilmNotMade, FinishedFilm, WrongRequest, film, finished
from gd_films.contents import contents_of
from tests.gd_films.conftest import SCENE

FAILING = f"{SCENE}:Failing"
pytestmark = pytest.mark.slow


def markup(shown: FinishedFilm) -> str:
    return shown._repr_mimebundle_()["text/html"]


def content(markup: str, kind: str) -> bytes:
    """What a data URL of this kind holds; there is exactly one."""
    (found,) = re.findall(rf'"data:{re.escape(kind)};base64,([^"]*)"', markup)
    return b64decode(found, validate=True)


def test_the_notebook_holds_film_cover_and_subtitles(shown: FinishedFilm) -> None:
    page = markup(shown)
    assert content(page, "video/mp4") == shown.path.read_bytes()
    assert content(page, "text/vtt;charset=utf-8").decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:00.400\nfrom &lt;here&gt; &amp; there\n"
        "\n00:00:00.400 --> 00:00:00.800\nto here\n"
    )
    assert "<script" not in page and " default>" not in page


def test_in_a_terminal_it_is_one_line(shown: FinishedFilm) -> None:
    text = shown._repr_mimebundle_()["text/plain"]
    assert text == repr(shown)
    assert text.startswith("Moving · 0:00 · ") and text.endswith(f" kB · {shown.path}")
    assert "\n" not in text


def test_the_same_again_comes_from_the_cache_and_takes_no_room(shown: FinishedFilm) -> None:
    again = film(f"{SCENE}:Moving", quality="480p15", jobs=1)
    assert again.cached and again.path == shown.path
    folders = [path for path in shown.path.parents[1].iterdir() if path.is_dir()]
    assert folders == [shown.path.parent]


def test_a_large_film_is_a_file_beside_the_notebook(
    shown: FinishedFilm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older file stays as it is, unless it is the same film."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(finished, "EMBEDDED", shown.path.stat().st_size - 1)
    (tmp_path / "gd-films").mkdir()
    (tmp_path / "gd-films/Moving.mp4").write_bytes(b"another")
    for _ in range(2):
        large = film(f"{SCENE}:Moving", quality="480p15", jobs=1)
        assert large.path == tmp_path / "gd-films/Moving-2.mp4"
        assert large.path.read_bytes() == shown.path.read_bytes()
        assert ' src="gd-films/Moving-2.mp4"' in markup(large)
        assert "data:video" not in markup(large)
        assert "gd-films/Moving-2.mp4" in large.notes[-1]
    assert (tmp_path / "gd-films/Moving.mp4").read_bytes() == b"another"


def test_save_and_output(shown: FinishedFilm, tmp_path: Path) -> None:
    assert shown.save(tmp_path / "folder/") == tmp_path / "folder/Moving.mp4"
    assert shown.save(tmp_path / "it's.mp4").read_bytes() == shown.path.read_bytes()
    with pytest.raises(WrongRequest, match=r"^output must end in \.mp4"):
        shown.save(tmp_path / "film.gif")
    named = replace(shown, path=tmp_path / "it's.mp4")
    assert markup(named).count("video/mp4") == 1


def test_a_file_without_a_title(shown: FinishedFilm, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a WebM, whose first bytes are written before its title is known."""
    untitled = replace(contents_of(shown.path), title="")
    monkeypatch.setattr(finished, "contents_of", lambda path: untitled)
    assert shown.title == "Moving" and 'aria-label="Moving"' in markup(replace(shown))
    assert repr(replace(shown, title="")).startswith(f"{shown.path.stem} · ")


def test_texts_are_shown_as_text(shown: FinishedFilm) -> None:
    told = replace(shown, notes=("<b>bold</b> & more",))
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in markup(told)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("sgd", {"speeed": "draft"}, "there is no option 'speeed'; did you mean 'speed'?"),
        ("sgd", {"format": "gif"}, "there is no option 'format'"),
        ("sgd", {"no_captions": "yes"}, "no_captions must be True or False, not 'yes'"),
        ("all", {}, "there is no film 'all'"),
        ("sgd", {"output": "-"}, "output must be a file or a folder"),
        ("sgd@frist-epoch", {}, "did you mean 'first-epoch'?"),
        ("sgd", {"lr": "fast"}, "lr must be a number above 0"),
        ("sgd", {"rates": [0.1, 0.2]}, "does not take it"),
    ],
)
def test_a_wrong_request_is_a_value_error_of_one_line(
    name: str, options: dict[str, object], said: str
) -> None:
    with pytest.raises(WrongRequest) as raised:
        film(name, **options)  # type: ignore[arg-type]
    assert isinstance(raised.value, ValueError) and raised.value.exit_code == 2
    assert said in str(raised.value) and "\n" not in str(raised.value)
    assert not str(raised.value).startswith(("FILM", "-"))
    assert raised.value._render_traceback_() == [f"WrongRequest: {raised.value}"]


def test_a_scene_that_fails_is_no_wrong_request() -> None:
    with pytest.raises(FilmNotMade, match="on purpose") as raised:
        film(FAILING, quality="480p15")
    assert not isinstance(raised.value, ValueError) and raised.value.exit_code == 1
