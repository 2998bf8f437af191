"""Parts of films: ``FILM@SECTION`` and ``FILM@FIRST..LAST``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cli.console.failures import FILM, BadValue, hint, listed
from cli.console.language import say
from cli.request.own_scenes import OwnScene
from pipeline import Part
from scenes import Film

AT, TO = "@", ".."
_SCENE = re.compile(r"(?P<film>.+?\.py(?::[^@]*)?)(?:@(?P<part>.*))?", re.DOTALL)


@dataclass(frozen=True)
class Chosen:
    """A film that was asked for, and the part of it (None: all of it).

    The sections of a user's scene are known only after it was played.
    """

    film: Film | OwnScene
    part: Part | None = None

    @property
    def name(self) -> str:
        """The name for messages: ``sgd@first-epoch``."""
        return self.film.name if self.part is None else f"{self.film.name}{AT}{self.part}"


def split(word: str) -> tuple[str, str | None]:
    """The film in the argument FILM, and the text that names its part; None if there is none."""
    if scene := _SCENE.fullmatch(word):
        return scene["film"], scene["part"]
    film, at, part = word.partition(AT)
    return film, part if at else None


def part_of(word: str) -> Part | None:
    """The part that the argument FILM names; BadValue if its text names none."""
    _, text = split(word)
    if text is None:
        return None
    first, to, last = text.partition(TO)
    if not first or (to and not last):
        message = say("{word!r}: write FILM@SECTION or FILM@FIRST..LAST", word=word)
        raise BadValue(FILM, message)
    return Part(first, last or first)


def check_part(option: str, film: Film, part: Part) -> None:
    """Raise BadValue unless the film has these sections, in this order."""
    names = [section.name for section in film.sections]
    for name in (part.first, part.last):
        if name not in names:
            found = say("{film} has no section {section!r}", film=film.name, section=name)
            raise BadValue(option, f"{found}{hint(name, names)}{listed(names)}")
    if names.index(part.last) < names.index(part.first):
        message = "section {last!r} comes before {first!r}: write {last}..{first}"
        raise BadValue(option, say(message, first=part.first, last=part.last))


def completions(film: Film, text: str) -> list[str]:
    """The parts of the film that begin with `text`: sections, and after ``..`` the later ones."""
    names = [section.name for section in film.sections]
    first, to, last = text.partition(TO)
    if not to:
        return [name for name in names if name.startswith(text)]
    if first not in names:
        return []
    later = names[names.index(first) :]
    return [f"{first}{TO}{name}" for name in later if name.startswith(last)]
