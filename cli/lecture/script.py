"""A script: the narration of films as Markdown, to read aloud, translate or print.

# batch · en · Batch gradient descent

## batch/start/1 · 0:00.0 · 6.4 s · ask · lacks 9.5 s

> The caption: what the picture says meanwhile

The narration.

- formula: J(w) = …
- ask: Which way?
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cli.console.language import say
from cli.lecture.markdown import in_line, written
from cli.lecture.speech import lack
from pipeline import Cue

BETWEEN = "·"
"""what stands between the parts of a heading"""
NO_LANGUAGE = "und"
"""in the place of the language, for a scene file: nobody knows which one it speaks"""


def script(name: str, lang: str, title: str, cues: Sequence[Cue], fps: int) -> str:
    """The script of one film; `cli.lecture.script_reading` reads it."""
    blocks = [_heading(1, name, lang, title)]
    for cue in cues:
        blocks += _blocks(cue, fps)
    return "\n\n".join(blocks) + "\n"


def _blocks(cue: Cue, fps: int) -> Iterator[str]:
    start, missing = cue.first / fps, lack(cue, fps)
    minutes, seconds = divmod(round(start, 1), 60)
    length = say("{seconds:.1f} s", seconds=cue.frames / fps)
    told = [say("lacks {seconds:.1f} s", seconds=missing)] if missing >= 0.05 else []
    yield _heading(2, cue.id, f"{int(minutes)}:{seconds:04.1f}", length, cue.kind, *told)
    if cue.caption:
        yield "\n".join(f"> {line}" for line in written(cue.caption).split("\n"))
    if cue.narration:
        yield written(cue.narration)
    if cue.notes:
        yield "\n".join(_note(name, text) for name, text in cue.notes.items())


def _heading(level: int, *parts: str) -> str:
    shown = (in_line(part, BETWEEN) for part in parts)
    return f"{'#' * level} {f' {BETWEEN} '.join(shown)}"


def _note(name: str, text: str) -> str:
    """An item of a list; its further lines are indented."""
    first, *others = written(text).split("\n")
    lines = [f"- {in_line(name, ':')}: {first}".rstrip(" ")]
    return "\n".join([*lines, *(f"  {line}".rstrip(" ") for line in others)])
