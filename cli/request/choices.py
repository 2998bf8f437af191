"""Says in one line a film what it chose for the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cli.console.streams import note
from scenes import Film, Lesson
from scenes.catalogue.choices import Choices, choices
from scenes.catalogue.lesson import UPDATES_MAX


def note_choices(lessons: Iterable[tuple[Film, Lesson]]) -> None:
    """Print what the films chose for the data of their lessons; one line for equal choices."""
    said: dict[str, list[str]] = {}
    for film, lesson in lessons:
        line = " ".join(_sentences(choices(film, lesson), lesson.data.n))
        if line and film.name not in said.setdefault(line, []):
            said[line].append(film.name)
    for line, names in said.items():
        note(f"Note: {', '.join(names)}: {line}")


def _sentences(found: Choices, n: int) -> Iterator[str]:
    knobs = found.knobs
    if "lr" in knobs:
        share = "".join(f", {share:.2g}/L" for share in found.shares)
        yield f"rate {knobs['lr']:g} chosen for these data{share}; --lr sets it."
    if "rates" in knobs:
        rates = ", ".join(f"{rate:g}" for rate in knobs["rates"])
        shares = ", ".join(f"{share:.2g}" for share in found.shares)
        yield f"rates {rates} chosen for these data, ({shares})/L; --rates sets them."
    if start := [name for name in ("w0", "b0") if name in knobs]:
        values = ", ".join(f"{name[0]} = {knobs[name]:.6g}" for name in start)
        yield f"Start {values} (--{', --'.join(start)})."
    if "epochs" in knobs:
        count = knobs["epochs"]
        most = f", at most {UPDATES_MAX:,} sample gradients" if count == UPDATES_MAX // n else ""
        yield f"{count} epoch{'s' * (count != 1)}{most} (--epochs)."
    if found.faults:
        bad = ", ".join(f"{name} is {fault.value}" for name, fault in found.faults.items())
        works = f"{found.works:g} would do" if found.works else "no rate was found that does"
        yield f"At this rate {bad}; {works}."
