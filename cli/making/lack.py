"""Says which sections are too short for what is spoken in them."""

from __future__ import annotations

from collections.abc import Sequence

from cli.console.language import say
from cli.console.streams import note
from cli.lecture.speech import lacking
from pipeline import Cue


def note_lack(film: str, lang: str, cues: Sequence[Cue], fps: int) -> None:
    """One line that names them, with the seconds that each lacks; none if there is no lack."""
    found = lacking(cues, fps).items()
    if not found:
        return
    listed = ", ".join(say("{section} {seconds:.1f} s", section=s, seconds=n) for s, n in found)
    message = "sections too short for what is spoken ({lang}), by: {listed}"
    note(say("Note: {notice}", notice=f"{film}: {say(message, lang=lang, listed=listed)}"))
