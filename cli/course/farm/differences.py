"""Names what differs between a worker's installation and that of this machine."""

from __future__ import annotations

from pathlib import PurePath

from cli.console.language import say
from cli.course.manifest import SOURCES
from pipeline.cache.surroundings import Part, parts

_ORDER = ("sources", "Python", "system", "package", "variable", "font", "library")


def difference(theirs: dict[Part, str]) -> str:
    """What differs, most telling first: ``its package manim is 0.21.0, here it is 0.22.0``."""
    ours = parts(SOURCES)
    named = sorted(ours.keys() | theirs.keys(), key=lambda part: (_ORDER.index(part[0]), part))
    found = [part for part in named if ours.get(part) != theirs.get(part)]
    if not found:
        return say("its files have changed since it was started; start it again")
    told = _told(found[0], theirs.get(found[0]), ours.get(found[0]))
    more = len(found) - 1
    return say("{told}, and {n:# more part|# more parts}", told=told, n=more) if more else told


def _told(part: Part, theirs: str | None, ours: str | None) -> str:
    kind, name = part
    there, here = theirs or say("missing"), ours or say("missing")
    match kind:
        case "sources":
            return say("its files of gd differ ({name})", name=name)
        case "package":
            message = "its package {name} is {there}, here it is {here}"
            return say(message, name=name, there=there, here=here)
        case "variable":
            there, here = theirs or say("not set"), ours or say("not set")
            message = "its variable {name} is {there}, here it is {here} (set it alike on both)"
            return say(message, name=name, there=there, here=here)
        case "font":
            return say("its font file {name} differs", name=PurePath(name).name)
        case "library":
            return say("its library {name} differs", name=PurePath(name).name)
        case "Python":
            return say("its Python differs")
    return say("its system differs")
