"""Subtitles from cues: which texts are shown, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Literal, get_args

from cli.lecture.sentences import fitting, lines, sentences
from pipeline import Caption, Cue
from programs.columns import columns_of

Source = Literal["captions", "narration"]
"""What the picture says, or what is spoken."""
SOURCES = get_args(Source)

LEAST = 1.0  # seconds that a piece is shown, where its cue has room


def subtitles(cues: Sequence[Cue], fps: int, source: Source) -> tuple[Caption, ...]:
    """What is shown while the cues run, in seconds of their film; nothing overlaps.

    A caption is shown while the picture shows it. A narration is cut into its sentences. What two
    lines cannot hold is cut further. The pieces share the time in proportion to their length, and
    the last one ends with its cue.
    """
    return tuple(
        Caption(start, end, "\n".join(lines(piece)))
        for texts, first, after in _stretches(cues, source)
        for piece, (start, end) in zip(texts, _times(texts, first / fps, after / fps), strict=True)
        if end > start
    )


def _stretches(cues: Sequence[Cue], source: Source) -> Iterator[tuple[list[str], int, int]]:
    """The pieces, the first frame and the one after the last, of each cue or unchanged caption."""
    if source == "narration":
        for cue in cues:
            pieces = [part for said in sentences(cue.narration) for part in fitting(said)]
            yield pieces, cue.first, cue.end
        return
    for caption, same in groupby(cues, key=lambda cue: cue.caption):
        shown = list(same)
        yield fitting(caption), shown[0].first, shown[-1].end


def _times(texts: Sequence[str], start: float, end: float) -> Iterator[tuple[float, float]]:
    shares = shared(end - start, [max(columns_of(text), 1) for text in texts])
    ends = [*accumulate(shares, initial=start)]
    ends[-1:] = [end] if texts else []  # exactly
    return pairwise(ends)


def shared(seconds: float, weights: Sequence[int]) -> list[float]:
    """``seconds`` in proportion to ``weights`` (above 0); at least `LEAST` each where it fits."""
    found = [0.0] * len(weights)
    left = set(range(len(weights)))
    if not weights or seconds < LEAST * len(weights):
        return [seconds * weight / sum(weights) for weight in weights]
    while left:
        each = seconds / sum(weights[k] for k in left)
        short = {k for k in left if each * weights[k] < LEAST}
        for k in short or left:
            found[k] = LEAST if short else each * weights[k]
        left -= short
        seconds -= LEAST * len(short)
        if not short:
            break
    return found
