"""Make the film catalogue anew: docs/films.md and docs/films.zh-CN.md with their pictures.

    python docs/films.py [FILM...]

Titles, sections, captions and knobs are asked of the films themselves; what a film teaches, the
section of its picture and an example are in films.toml. With names, only their pictures are drawn.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from gdcore.data import DataError, parse_data  # noqa: E402
from gdcore.trace import Trace  # noqa: E402
from pipeline import FrameSpec, Png, Rendered, RenderJob, SceneRef, Sheet, render  # noqa: E402
from scenes import FILMS, Film, LessonError  # noqa: E402

PAGES = {"en": FOLDER / "films.md", "zh": FOLDER / "films.zh-CN.md"}
ABOUT: dict[str, Any] = tomllib.loads((FOLDER / "films.toml").read_text(encoding="utf-8"))

# A value of each knob that no film chooses by itself: who takes it, has the knob.
TRIED: dict[str, Any] = {
    "data": parse_data("1,2.1 2,3.9 3,6.2 4,8.1"), "w0": 0.875, "b0": 0.375, "lr": 0.0123,
    "rates": (0.0123, 0.0456), "epochs": 17, "order": "shuffled", "batch_size": 2,
    "rule": "momentum", "rules": ("adam", "sgd"), "schedule": "cosine", "landscape": "beale",
    "seed": 7,
}  # fmt: skip


def knobs(film: Film) -> Iterator[str]:
    """The options that the film takes and that change its numbers, if it draws a descent."""
    plain = film.traces(film.lesson())
    for knob, value in TRIED.items():
        lesson = film.lesson(**{knob: value})
        try:
            film.check(lesson)
        except (LessonError, DataError):
            continue
        if not plain or not _equal(plain, film.traces(lesson)):
            yield "--" + knob.replace("_", "-")


def _equal(some: Mapping[str, Trace], others: Mapping[str, Trace]) -> bool:
    pairs = zip(some.values(), others.values(), strict=False)
    return list(some) == list(others) and all(np.array_equal(a.theta, b.theta) for a, b in pairs)


def draw(film: Film, lang: str) -> None:
    """The film's picture: the end of its most telling section."""
    picture = FrameSpec(960, 540, 15)
    _render(
        film, lang, picture, Png(ABOUT[film.name]["picture"]), FOLDER / picture_name(film, lang)
    )


def picture_name(film: Film, lang: str) -> str:
    """The file name of a film's picture."""
    return f"film-{film.name}-{lang}.png"


def told(film: Film, lang: str) -> Rendered:
    """The film played through, for its sections and captions."""
    with tempfile.TemporaryDirectory() as folder:
        return _render(film, lang, FrameSpec(160, 90, 10), Sheet(600), Path(folder, "sheet.png"))


def _render(film: Film, lang: str, picture: FrameSpec, encoding: Any, path: Path) -> Rendered:
    scene = SceneRef(film.module, film.scene, (("lesson", film.lesson(lang=lang)),))
    return render(RenderJob(scene, picture, encoding, path))


def page(lang: str) -> Iterator[str]:
    """The lines of a language's page."""
    words = ABOUT["words"][lang]
    yield f"# {words['title']}\n\n{words['intro']}"
    for number, film in enumerate(FILMS.values(), 1):
        about, played = ABOUT[film.name], told(film, lang)
        yield f"\n## {number}. {film.title(lang)} · `{film.name}`\n"
        yield f"![{film.title(lang)}]({picture_name(film, lang)})\n"
        yield f"{about[lang]}\n"
        yield f"| {words['section']} | {words['seconds']} | {words['captions']} |\n|---|---:|---|"
        for section in played.sections:
            first, stop = section.first / played.fps, (section.first + section.frames) / played.fps
            said = [c.text for c in played.captions if first <= c.start < stop]
            yield f"| `{section.name}` | {stop - first:g} | {'<br>'.join(said) or '–'} |"
        yield f"\n{words['knobs']}: {' '.join(f'`{knob}`' for knob in knobs(film))}\n"
        yield f"```sh\n{about['example']}\n```"


def make(names: list[str]) -> None:
    """Draw the pictures (of these films, or of all) and write both pages."""
    for lang, path in PAGES.items():
        for film in FILMS.values():
            if not names or film.name in names:
                draw(film, lang)
        path.write_text("\n".join(page(lang)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(sys.argv[1:])
