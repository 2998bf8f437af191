"""The page. Texts are data: the template escapes them, and the script sets them as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from cli.console.tables import played, size
from cli.gallery.grouping import Card, Lesson, Variant
from cli.gallery.shown import File, Gallery, Moment
from cli.gallery.words import words, words_in
from cli.html.templates import as_json, policy, rendered, within
from cli.lecture.subtitle_files import vtt
from cli.lecture.subtitles import subtitles
from pipeline import Cue
from scenes.catalogue.theme import THEMES

_FOLDER = Path(__file__).parent
_SCRIPTS = ("page.js", "preview.js", "player.js", "gallery.js")
FILTERS = ("lang", "theme", "aspect", "data")
TextOf = Callable[[File], str]


def page_of(
    gallery: Gallery, lessons: Sequence[Lesson], posters: Mapping[File, str], text_of: TextOf,
    lang: str,
) -> str:  # fmt: skip
    """The HTML of a page that begins in the language `lang`.

    `posters` has the addresses of the posters of films, `text_of` reads subtitles. The page asks
    for nothing but those files: style and script are in it, and a policy forbids the rest.
    """
    cards = [card for lesson in lessons for card in lesson.cards]
    script = within("script", "\n".join(map(_own, _SCRIPTS)))
    return rendered(
        _FOLDER / "gallery.jinja",
        gallery=gallery,
        lessons=lessons,
        places={card.id: number for number, card in enumerate(cards)},
        first={card.id: _first(card, lang) for card in cards},
        filters=_filters(cards),
        posters=posters,
        data=as_json({
            "words": words(),
            "films": [_film(card, posters, text_of) for card in cards],
        }),
        lang=lang,
        words=words_in(lang),
        dark=THEMES["dark"],
        light=THEMES["light"],
        style=within("style", _own("gallery.css")),
        script=script,
        policy=policy([script], connect="'self'"),
        address=address,
        name=_name,
        played=played,
        size=_size,
    )  # fmt: skip


def address(path: str) -> str:
    """The address of a file from the page, as it may stand in a link."""
    return quote(path)


def _own(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _first(card: Card, lang: str) -> Variant:
    """The variant to show at first: the first one in the page's language."""
    return next((v for v in card.variants if v.main.lang == lang), card.variants[0])


def _filters(cards: Sequence[Card]) -> dict[str, list[str]]:
    """The values to choose from, of what differs among the films."""
    films = [variant.main for card in cards for variant in card.variants]
    values = {key: [*dict.fromkeys(getattr(film, key) for film in films)] for key in FILTERS}
    return {key: [*filter(None, found)] for key, found in values.items() if len(found) > 1}


def _film(card: Card, posters: Mapping[File, str], text_of: TextOf) -> dict[str, Any]:
    return {"id": card.id, "variants": [_variant(v, posters, text_of) for v in card.variants]}


def _variant(variant: Variant, posters: Mapping[File, str], text_of: TextOf) -> dict[str, Any]:
    main = variant.main
    return {
        "src": address(main.path),
        "type": PurePosixPath(main.path).suffix.lower(),
        "poster": posters.get(main, ""),
        "title": main.title,
        "summary": main.summary,
        **{key: getattr(main, key) for key in FILTERS},
        "part": main.part,
        "films": main.films,
        "length": played(main.seconds) if main.seconds else "",
        "sections": main.sections,
        "moments": [(m.start, m.caption, m.narration) for m in _moments(variant)],
        "tracks": _tracks(variant, text_of),
        "files": [(address(f.path), _name(f), _size(f)) for f in variant.files],
        "command": main.command,
    }


def _tracks(variant: Variant, text_of: TextOf) -> list[tuple[str, str]]:
    """Language and WebVTT of each subtitle: the files beside the film, else its captions."""
    files = [file for file in variant.files if file.path.endswith(".vtt")]
    if files:
        return [(file.lang, text_of(file)) for file in files]
    said = _captions(_moments(variant), variant.main.seconds)
    return [(variant.main.lang, said)] if said else []


def _moments(variant: Variant) -> Sequence[Moment]:
    """The cues of the film: a GIF beside a video has none of its own."""
    return next((file.moments for file in variant.files if file.moments), ())


def _captions(moments: Sequence[Moment], seconds: float) -> str:
    """What the picture says in a film of so many seconds, as WebVTT; empty if it says nothing."""
    if not any(moment.caption for moment in moments):
        return ""
    starts = [round(1000 * moment.start) for moment in moments]
    ends = [*starts[1:], round(1000 * seconds)]
    cues = [
        Cue("", "", start, max(end - start, 0), "play", moment.caption, "", {})
        for moment, start, end in zip(moments, starts, ends, strict=True)
    ]
    return vtt(subtitles(cues, 1000, "captions"))


def _name(file: File) -> str:
    return PurePosixPath(file.path).name


def _size(file: File) -> str:
    return size(max(file.size, 1000))  # not 0 kB
