"""Frames that repeat the one before, put among an encoder's pictures without asking it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
from av.video.stream import VideoStream

from ..errors import WriteFailed
from .h264 import Syntax, Unforeseen, numbered, skipped


class Stills:
    """The packets of one closed group of pictures: `stream`'s own ones, and skipped ones between.

    Skipped ones are made only where that is known to be right: see `repeat`.
    """

    def __init__(self, stream: VideoStream, tick: Fraction) -> None:
        self._stream, self._tick = stream, tick
        self._syntax: Syntax | None = None
        self._next = 0  # the first place on the grid of which no packet has been seen
        self._skipped = False

    def passed(self, packet: av.Packet[Any]) -> av.Packet[Any]:
        """A packet of the encoder's, counted on over the skipped pictures before it."""
        if self._next == 0:
            self._syntax = self._understood()
        place, self._next = self._next, self._next + 1
        if self._syntax is None or not self._skipped:
            return packet
        try:
            data = numbered(self._syntax, bytes(packet), place)
        except Unforeseen as error:
            raise WriteFailed(f"x264 wrote a picture that cannot follow: {error}") from error
        return self._packet(data, place)

    def repeat(self, place: int) -> av.Packet[Any] | None:
        """The frame before once more, at `place`; None if the encoder has to be asked.

        That is so when it writes streams of another kind, or still holds a frame back: a picture
        can only follow the one that it repeats.
        """
        if self._syntax is None or place != self._next:
            return None
        self._next, self._skipped = place + 1, True
        return self._packet(skipped(self._syntax, place), place)

    def _understood(self) -> Syntax | None:
        try:
            return Syntax.of(self._stream.codec_context.extradata or b"")
        except Unforeseen:
            return None

    def _packet(self, data: bytes, place: int) -> av.Packet[Any]:
        packet: av.Packet[Any] = av.Packet(data)
        packet.pts = packet.dts = place
        packet.time_base, packet.stream = self._tick, self._stream
        return packet
