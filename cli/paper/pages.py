"""From a handout to PDF pages, set by Typst. Texts are data: none of them is read as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cli.console.language import say
from cli.paper.characters import settable
from cli.paper.handout import FilmOnPaper
from pipeline.files.workspace import workspace
from scenes.stage.page.fonts import find_face

_PAGES = Path(__file__).with_name("handout.typ")


def pdf_of(films: Sequence[FilmOnPaper], title: str, lang: str) -> bytes:
    """The pages, A4, in the face of the films. Equal handouts give equal bytes.

    A character that neither the face nor Typst's own fonts have is written as its number. Raises
    FontError if there is no face.
    """
    import typst  # takes a moment, and is not needed to answer --help

    face = find_face()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[face.path.parent])
    with workspace() as folder:
        document = {
            "title": title,
            "lang": lang,
            "font": face.family,
            "words": {
                "question": say("Question"), "formula": say("Formula"), "numbers": say("Numbers"),
                "updates": say("The first updates"),
            },
            "films": [_document(film, f"{number}", folder) for number, film in enumerate(films)],
        }  # fmt: skip
        text = json.dumps(settable(document, face, fonts))
        (folder / "handout.json").write_text(text, encoding="utf-8")
        main = folder / _PAGES.name
        main.write_bytes(_PAGES.read_bytes())
        return typst.compile(main, root=folder, font_paths=fonts, format="pdf")


def _document(film: FilmOnPaper, name: str, folder: Path) -> dict[str, Any]:
    """The film for Typst, which reads its pictures from files in `folder`."""
    values = asdict(film)
    for section in values["sections"]:
        picture = f"{name}-{section['number']}.png"
        (folder / picture).write_bytes(section["picture"])
        section["picture"] = picture
    return values
