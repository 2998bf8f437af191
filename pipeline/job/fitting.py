"""Files of a limited size: what is given up for it, in a fixed order."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.job.encodings import ANIMATIONS, GIF_RATES, Encoding, Gif, Mp4, WebM
from pipeline.job.errors import JobError
from pipeline.job.job import FrameSpec, RenderJob

CRF = {"draft": 23, "normal": 19, "small": 21}
"""The crf that a speed has, rounded (pipeline/encoders/mp4.py)."""
_COARSER, _COARSEST = 10, 20  # crf is raised so much before, and after, the picture is made smaller
_FINER = 3  # crf is lowered so much when the frame rate is halved: the step would be too large
_SMALLER = 0.93  # of the sides, from one step to the next
_AT_FULL_RATE, _SMALLEST = 4, 14  # steps
_COLOURS = (128, 64, 32, 16)
_EVEN_SIDES = 2
_ENOUGH = 0.85  # of the limit: then no larger file is tried
_USUAL = 0.87  # the size of a step's file, times that of the step before


@dataclass(frozen=True, slots=True)
class Fitted:
    """A job whose file, of ``size`` bytes, is within the limit."""

    job: RenderJob
    size: int


def fitted(job: RenderJob, limit: int, size_of: Callable[[RenderJob], int]) -> Fitted:
    """The best step down from `job` whose file has at most `limit` bytes.

    `size_of` makes a file and returns its bytes; it is called about six times at most. Raises
    JobError if the smallest file is too large, or if the format has nothing to give up.
    """
    steps = [job, *_steps(job)]
    sizes = {0: size_of(job)}
    large, small = 0, len(steps)  # too large, and small enough if it is a step
    if sizes[0] <= limit:
        return Fitted(job, sizes[0])
    if len(steps) == 1:
        raise JobError("{name!r} cannot be made smaller", name=job.output.name)
    while small - large > 1 and (small == len(steps) or sizes[small] < _ENOUGH * limit):
        number = min(max(_guess(sizes, large, limit), large + 1), small - 1)
        sizes[number] = size_of(steps[number])
        if sizes[number] > limit:
            large = number
        else:
            small = number
    if small == len(steps):
        raise JobError(
            "the smallest file that can be made has {size} kB: allow more, or make one section",
            size=math.ceil(sizes[large] / 1000),
        )
    return Fitted(steps[small], sizes[small])


def _guess(sizes: dict[int, int], large: int, limit: int) -> int:
    """The step that should have nearly `limit` bytes; sizes fall by a constant factor."""
    first, last = min(sizes), max(sizes)
    ratio = _USUAL
    if last > first and sizes[last] < sizes[first]:
        ratio = (sizes[last] / sizes[first]) ** (1 / (last - first))
    return large + math.ceil(math.log(limit / sizes[large]) / math.log(ratio))


def _steps(job: RenderJob) -> Iterator[RenderJob]:
    """Jobs with ever smaller files."""
    encoding = job.encoding
    if isinstance(encoding, ANIMATIONS):
        yield from _animations(job)
    elif isinstance(encoding, (Mp4, WebM)):
        yield from _videos(job, encoding)


def _animations(job: RenderJob) -> Iterator[RenderJob]:
    """First a little smaller, then fewer frames a second, still smaller, then fewer colours."""
    encoding = job.encoding
    assert isinstance(encoding, ANIMATIONS)
    width = encoding.width or job.frame.width
    slower = _slower(job.frame.fps, encoding.every)
    places = [(number, encoding.every) for number in range(1, _AT_FULL_RATE)]
    places += [(number, slower) for number in range(slower == encoding.every, _SMALLEST)]
    least: Encoding = encoding
    for number, every in places:
        least = replace(encoding, width=_even(width * _SMALLER**number), every=every)
        yield replace(job, encoding=least)
    if isinstance(least, Gif):
        for colors in (n for n in _COLOURS if n < least.colors):
            yield replace(job, encoding=replace(least, colors=colors))


def _slower(fps: int, every: int) -> int:
    """The next larger step between frames that gives a rate of a GIF."""
    rates = [n for n in range(every + 1, fps + 1) if fps % n == 0 and fps // n in GIF_RATES]
    return rates[0] if rates else every


def _videos(job: RenderJob, encoding: Mp4 | WebM) -> Iterator[RenderJob]:
    """First coarser, then 30 frames a second, then smaller, then still coarser."""
    crf = encoding.crf or CRF[encoding.speed if isinstance(encoding, Mp4) else "normal"]
    coarse = [min(crf + more, 51) for more in range(1, _COARSEST + 1)]
    for value in coarse[:_COARSER]:
        yield replace(job, encoding=replace(encoding, crf=value))
    least = replace(job, encoding=replace(encoding, crf=coarse[_COARSER - 1]))
    spec = job.frame
    if spec.fps % 2 == 0 and spec.fps > 30:
        spec, expected = replace(spec, fps=spec.fps // 2), job.expected_frames
        halved = None if expected is None else expected // 2
        least = replace(least, frame=spec, expected_frames=halved)
        for value in coarse[_COARSER - _FINER - 1 : _COARSER]:
            least = replace(least, encoding=replace(encoding, crf=value))
            yield least
    for number in range(1, _SMALLEST):
        least = replace(least, frame=_smaller(spec, _SMALLER**number))
        yield least
    for value in coarse[_COARSER:]:
        yield replace(least, encoding=replace(encoding, crf=value))


def _smaller(spec: FrameSpec, factor: float) -> FrameSpec:
    """The same picture in fewer pixels."""
    sides = _even(spec.width * factor), _even(spec.height * factor)
    return replace(spec, width=sides[0], height=sides[1], units=spec.scene_size)


def _even(pixels: float) -> int:
    return _EVEN_SIDES * max(round(pixels / _EVEN_SIDES), 8)
