"""Make the pages about the films: docs/films.md with its pictures, and the tables of the README.

    python docs/films.py [FILM...]

In both languages. What is said of a film comes from the film; the other words are in films.toml.
With names, only the pictures of these films are drawn.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from cli.console.tables import clock  # noqa: E402
from pipeline import FrameSpec, Part, Png, Rendered, RenderJob, SceneRef, Sheet, render  # noqa: E402
from scenes import FILMS, Film, Telling  # noqa: E402

PAGES = {"en": FOLDER / "films.md", "zh": FOLDER / "films.zh-CN.md"}
READMES = {"en": FOLDER.parent / "README.md", "zh": FOLDER.parent / "README.zh-CN.md"}
BEGIN, END = "<!-- films -->\n", "<!-- end of films -->"
ACROSS = 3  # pictures in a row of a README
WORDS: dict[str, Any] = tomllib.loads((FOLDER / "films.toml").read_text(encoding="utf-8"))


def knobs(film: Film) -> str:
    """The options that the film takes."""
    return " ".join(f"`--{knob.replace('_', '-')}`" for knob in film.takes)


def draw(film: Film, lang: str) -> None:
    """Draw the film's picture: the last frame of the section that its plan names."""
    picture = FrameSpec(960, 540, 15)
    path, part = FOLDER / picture_name(film, lang), Part.of(film.picture)
    _render(film, lang, picture, Png(), path, part)


def picture_name(film: Film, lang: str) -> str:
    """The file name of a film's picture."""
    return f"film-{film.name}-{lang}.png"


def told(film: Film, lang: str) -> Rendered:
    """The whole film, played for its sections and captions."""
    with tempfile.TemporaryDirectory() as folder:
        return _render(film, lang, FrameSpec(160, 90, 10), Sheet(600), Path(folder, "sheet.png"))


def _render(
    film: Film, lang: str, picture: FrameSpec, encoding: Any, path: Path, part: Part | None = None
) -> Rendered:
    chosen = ("lesson", film.lesson()), ("telling", Telling(lang=lang))
    scene = SceneRef(film.module, film.scene, chosen)
    return render(RenderJob(scene, picture, encoding, path, part))


def page(lang: str) -> Iterator[str]:
    """The lines of a language's page."""
    words = WORDS[lang]
    yield f"# {words['title']}\n\n{words['intro']}"
    for number, film in enumerate(FILMS.values(), 1):
        played = told(film, lang)
        yield f"\n## {number}. {film.title(lang)} · `{film.name}`\n"
        yield f"![{film.title(lang)}]({picture_name(film, lang)})\n"
        yield f"{film.about(lang)}\n"
        yield f"| {words['section']} | {words['seconds']} | {words['captions']} |\n|---|---:|---|"
        for section in played.sections:
            first, stop = section.first / played.fps, (section.first + section.frames) / played.fps
            said = [c.text for c in played.captions if first <= c.start < stop]
            yield f"| `{section.name}` | {stop - first:g} | {'<br>'.join(said) or '–'} |"
        yield f"\n{words['knobs']}: {knobs(film)}\n"
        yield f"```sh\n{film.example}\n```"


def tables(lang: str) -> Iterator[str]:
    """The lines of a README on the films: what each shows, and their pictures."""
    words, films = WORDS[lang], [*FILMS.values()]
    yield words["readme"].strip().format(count=len(films))
    yield f"\n| {words['film']} | {words['length']} | {words['shows']} |\n|---|---|---|"
    for film in films:
        yield f"| `{film.name}` | {clock(film.seconds(film.lesson()))} | {film.in_short(lang)} |"
    yield f"\n{'| ' * ACROSS}|\n{'|---' * ACROSS}|"
    for first in range(0, len(films), ACROSS):
        row = films[first : first + ACROSS]
        pictures = [f"![{film.name}](docs/{picture_name(film, lang)})" for film in row]
        yield f"| {' | '.join(pictures)} |"


def with_tables(readme: str, lang: str) -> str:
    """The README's text with these lines between its marks."""
    before, _, rest = readme.partition(BEGIN)
    return before + BEGIN + "\n".join(tables(lang)) + "\n" + END + rest.partition(END)[2]


def make(names: list[str]) -> None:
    """Draw the pictures (of these films, or of all); write both pages and the READMEs' tables."""
    for lang, path in PAGES.items():
        for film in FILMS.values():
            if not names or film.name in names:
                draw(film, lang)
        path.write_text("\n".join(page(lang)) + "\n", encoding="utf-8")
        readme = READMES[lang].read_text(encoding="utf-8")
        READMES[lang].write_text(with_tables(readme, lang), encoding="utf-8")


if __name__ == "__main__":
    make(sys.argv[1:])
