"""Says in one line a film what it chose for the data, and if its rate does not do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cli.console.language import closed_up, say
from cli.console.streams import note
from gdcore.outcome import Fault
from scenes import Film, Lesson
from scenes.catalogue.choices import Choices, choices
from scenes.catalogue.lesson import UPDATES_MAX


def note_choices(lessons: Iterable[tuple[Film, Lesson]]) -> None:
    """Print what the films chose for the data of their lessons; one line for equal choices."""
    said: dict[str, list[str]] = {}
    for film, lesson in lessons:
        line = closed_up(" ".join(_sentences(choices(film, lesson), lesson)))
        if line and film.name not in said.setdefault(line, []):
            said[line].append(film.name)
    for line, names in said.items():
        note(say("Note: {notice}", notice=f"{', '.join(names)}: {line}"))


def _sentences(found: Choices, lesson: Lesson) -> Iterator[str]:
    knobs, n = found.knobs, lesson.data.n
    if "lr" in knobs:
        message = "rate {rate:g} chosen for these data; --lr sets it."
        if found.shares:
            message = "rate {rate:g} chosen for these data, {share}/L; --lr sets it."
        yield say(message, rate=knobs["lr"], share=_listed(found.shares, ".2g"))
    if "rates" in knobs:
        rates, shares = _listed(knobs["rates"], "g"), _listed(found.shares, ".2g")
        message = "rates {rates} chosen for these data, ({shares})/L; --rates sets them."
        yield say(message, rates=rates, shares=shares)
    if start := [name for name in ("w0", "b0") if name in knobs]:
        values = ", ".join(f"{name[0]} = {knobs[name]:.6g}" for name in start)
        options = ", ".join(f"--{name}" for name in start)
        yield say("Start {values} ({options}).", values=values, options=options)
    if "epochs" in knobs:
        count = knobs["epochs"]
        message = "{n:# epoch|# epochs} (--epochs)."
        if count == UPDATES_MAX // n:
            message = "{n:# epoch|# epochs}, at most {most:,} sample gradients (--epochs)."
        yield say(message, n=count, most=UPDATES_MAX)
    if found.faults:
        faults = ", ".join(_fault(*each) for each in found.faults.items())
        message = "At rate {rate:g} {faults}; no rate was found that does."
        if found.works:
            message = "At rate {rate:g} {faults}; {works:g} would do."
        yield say(message, rate=lesson.lr, faults=faults, works=found.works)


def _fault(descent: str, fault: Fault) -> str:
    if fault is Fault.CREEPING:
        return say("{descent} is creeping", descent=descent)
    return say("{descent} is diverging", descent=descent)


def _listed(numbers: Iterable[float], form: str) -> str:
    return ", ".join(format(number, form) for number in numbers)
