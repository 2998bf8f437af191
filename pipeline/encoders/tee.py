"""One film into several files: each frame is drawn once and handed to every encoder."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from pathlib import Path

from pipeline.encoders.segmented import InTurn, Segment, Segmented
from pipeline.job.region import Region
from pipeline.job.sink import Frame, LiveSink


def together(encoders: Sequence[LiveSink]) -> LiveSink:
    """What feeds all `encoders`; in segments if every one of them can be fed so."""
    if len(encoders) == 1:
        return encoders[0]
    segmented = [encoder for encoder in encoders if isinstance(encoder, Segmented)]
    return SegmentedFan(segmented) if len(segmented) == len(encoders) else Fan(encoders)


class Fan:
    """Passes every frame on to several sinks; none of them may change it."""

    def __init__(self, sinks: Sequence[LiveSink]) -> None:
        self._sinks = sinks

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        for sink in self._sinks:
            sink.show(canvas, repeat, changed)


class SegmentedFan(Fan):
    """As `Fan`; its segments hold whole segments of every encoder."""

    def __init__(self, encoders: Sequence[Segmented]) -> None:
        super().__init__(encoders)
        self._encoders = encoders
        self.length = lcm(*(encoder.length for encoder in encoders))

    def begin(self, number: int) -> Segment:
        first = number * self.length
        return _Segments([InTurn(encoder, first // encoder.length) for encoder in self._encoders])

    def files(self, number: int) -> list[Path]:
        """Those of every encoder's segments that lie in this one."""
        return [
            path
            for encoder in self._encoders
            for part in range(self.length // encoder.length)
            for path in encoder.files(number * self.length // encoder.length + part)
        ]


class _Segments(Fan):
    """The same frames of several files."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        super().__init__(segments)
        self._segments = segments

    def finish(self) -> None:
        for segment in self._segments:
            segment.finish()

    def abort(self) -> None:
        for segment in self._segments:
            segment.abort()
