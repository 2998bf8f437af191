"""Reads a script (`cli.lecture.script`) that somebody may have edited.

Of a cue its narration and its notes are read. Times, kinds and captions are left as the film has
them, and so is each cue that the script leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from cli.console.failures import BadData, hint, listed
from cli.console.language import say
from cli.lecture.markdown import read
from cli.lecture.script import BETWEEN, NO_LANGUAGE
from gdcore.message import Message
from pipeline import Cue
from scenes.locales import LANGUAGES

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[-*+][ \t]+(.*)")
_NOTE = re.compile(r"((?:\\.|[^\\:])*):(.*)")
_BLANK = " \t"
_NO_FILM = Message("a script begins with a film and its language, as in '# batch · en'")


@dataclass(frozen=True)
class Said:
    """What a script says at a cue, and the number of the line of its heading."""

    line: int
    narration: str
    notes: Mapping[str, str]


@dataclass(frozen=True)
class Script:
    """The cues of a file, by film and language."""

    path: Path
    films: Mapping[tuple[str, str], Mapping[str, Said]]

    def told(
        self, cues: Sequence[Cue], film: str, lang: str, left_out: Collection[str] = ()
    ) -> tuple[Cue, ...]:
        """The cues with what the script says; BadData for an id that is not among them.

        The sections ``left_out`` of the film may be in the script, but not among its cues.
        """
        said = self.films.get((film, lang), {})
        known = [cue.id for cue in cues]
        for cue_id, each in said.items():
            section = cue_id.removeprefix(f"{film}/").rpartition("/")[0]
            if cue_id not in known and section not in left_out:
                message = say("there is no cue {id!r}", id=cue_id) + hint(cue_id, known)
                raise BadData(_at(self.path, each.line, message))
        return tuple(
            replace(cue, narration=said[cue.id].narration, notes=said[cue.id].notes)
            if cue.id in said
            else cue
            for cue in cues
        )

    def check(self, film: str, langs: Collection[str]) -> None:
        """Raise BadData if the script says nothing about the film in any of these languages."""
        if not any((film, lang) in self.films for lang in langs):
            message = say(
                "it says nothing about {film} ({langs})", film=film, langs=", ".join(langs)
            )
            held = listed(f"{name} ({lang})" for name, lang in self.films)
            raise BadData(_at(self.path, 1, message + held))


def script_in(path: Path) -> Script:
    """The script in a file; BadData, with file and line, for one that is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = say("{file!r} cannot be read: {reason}", file=str(path), reason=error.strerror)
        raise BadData(f"--script: {message}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadData(_at(path, line, say("this is no UTF-8; save the file as UTF-8"))) from error
    return _Reader(path).read(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


@dataclass
class _Reader:
    path: Path
    films: dict[tuple[str, str], dict[str, Said]] = field(default_factory=dict)
    film: tuple[str, str] | None = None  # the one that is being read

    def read(self, lines: Sequence[str]) -> Script:
        places = [k for k, line in enumerate(lines) if _HEADING.fullmatch(line)]
        before = lines[: places[0]] if places else lines
        for number, line in enumerate(before, 1):
            if line.strip():
                self.fail(number, _NO_FILM)
        if not places:
            self.fail(1, _NO_FILM)
        for place, end in zip(places, [*places[1:], len(lines)], strict=True):
            heading = _HEADING.fullmatch(lines[place])
            assert heading is not None
            parts = [part.strip(_BLANK) for part in (heading[2] or "").split(BETWEEN)]
            self.take(place + 1, len(heading[1]), parts, lines[place + 1 : end])
        return Script(self.path, self.films)

    def take(self, number: int, level: int, parts: list[str], body: Sequence[str]) -> None:
        """Read what stands under one heading."""
        if level == 1:
            self.begin(number, [read(part) for part in parts])
        elif level > 2:
            message = "a heading has # (a film) or ## (a cue); write \\# for a # in a text"
            self.fail(number, Message(message))
        elif self.film is None:
            self.fail(number, _NO_FILM)
        else:
            self.add(number, read(parts[0]), body)

    def begin(self, number: int, parts: list[str]) -> None:
        if len(parts) < 2 or not all(parts[:2]):
            self.fail(number, _NO_FILM)
        if parts[1] not in (*LANGUAGES, NO_LANGUAGE):
            message = "the language must be one of {known}, not {lang!r}"
            self.fail(number, Message(message, known=", ".join(LANGUAGES), lang=parts[1]))
        self.film = parts[0], parts[1]
        self.films.setdefault(self.film, {})

    def add(self, number: int, cue: str, body: Sequence[str]) -> None:
        assert self.film is not None
        said = self.films[self.film]
        if cue.partition("/")[0] != self.film[0]:
            self.fail(number, Message("{cue!r} is no cue of {film}", cue=cue, film=self.film[0]))
        if cue in said:
            message = "{cue!r} is there twice, first in line {n}"
            self.fail(number, Message(message, cue=cue, n=said[cue].line))
        rest = _without_caption(body)
        begun = number + len(body) - len(rest)
        items = next((k for k, line in enumerate(rest) if _ITEM.fullmatch(line)), len(rest))
        narration = read(_joined(rest[:items]))
        said[cue] = Said(number, narration, self.notes(begun + items + 1, rest[items:]))

    def notes(self, number: int, lines: Sequence[str]) -> dict[str, str]:
        """The notes in a list whose first line has this number."""
        found: dict[str, list[str]] = {}
        name = ""
        for at, line in enumerate(lines, number):
            if item := _ITEM.fullmatch(line):
                note = _NOTE.fullmatch(item[1])
                if note is None:
                    self.fail(at, Message("a note has a name and a colon, as in '- ask: Why?'"))
                name = read(note[1].strip(_BLANK))
                if name in found:
                    self.fail(at, Message("the note {name!r} is there twice", name=name))
                found[name] = [note[2]]
            elif line.strip(_BLANK) and line[0] not in _BLANK:
                message = "more lines of a note are indented; the narration comes before the notes"
                self.fail(at, Message(message))
            else:
                found[name].append(line)
        return {name: read(_joined(text)) for name, text in found.items()}

    def fail(self, number: int, message: Message) -> NoReturn:
        raise BadData(_at(self.path, number, say(message)))


def _without_caption(body: Sequence[str]) -> Sequence[str]:
    """The lines after the quotation with which they may begin."""
    first = next((k for k, line in enumerate(body) if line.strip(_BLANK)), len(body))
    end = first
    while end < len(body) and body[end].startswith(">"):
        end += 1
    return body[end:]


def _joined(lines: Sequence[str]) -> str:
    """The lines as one text, without blank lines around it and blanks around each."""
    return "\n".join(line.strip(_BLANK) for line in lines).strip("\n")


def _at(path: Path, line: int, message: str) -> str:
    return f"--script: {path}:{line}: {message}"
