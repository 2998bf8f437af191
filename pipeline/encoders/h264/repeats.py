"""Repeated frames: x264 gets a frame once, and we write the pictures that repeat it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
from av.video.frame import PictureType
from av.video.stream import VideoStream

from pipeline.encoders.h264.parameters import Syntax, Unsupported
from pipeline.encoders.h264.slices import renumbered, skipped
from pipeline.job.errors import WriteFailed

# x264 gives a picture more bits if later pictures use it. So if the film stands still from a key
# frame on, x264 must see some frames: otherwise a film's last wait had 43 dB, not 49.
FIRST = 8


class RepeatedFrames:
    """The packets of one segment: those of `stream`, and skipped pictures between them.

    The encoder may hold pictures back and change their order. A skipped picture goes to the file
    after all pictures that are shown before it. If the stream is not as expected, there are none.
    """

    def __init__(self, stream: VideoStream, tick: Fraction) -> None:
        self._stream, self._tick = stream, tick
        self._syntax = _syntax_of(stream)
        self._held: deque[tuple[int, int]] = deque()  # frames: place, number of repetitions
        self._count = 0  # packets so far
        # The place of the last IDR picture; since then, the numbers of reference pictures and of
        # skipped pictures.
        self._begun = self._references = self._skips = 0

    def encoded(
        self, frame: av.VideoFrame, place: int, count: int, key_frame: bool = False
    ) -> Iterator[av.Packet[Any]]:
        """Give a `frame` that is shown at `count` places from `place` on; return ready packets.

        A `key_frame` is made an IDR picture; the segment's first one is that anyway.
        """
        begins = key_frame or place == 0
        given = self._given(begins, count)
        if given < count:
            self._held.append((place + given - 1, count - given))
        for number in range(given):
            frame.pict_type = PictureType.NONE
            if begins and number == 0:
                frame.pict_type = PictureType.I
            elif given < count and number == given - 1:  # skipped pictures can follow a P picture
                frame.pict_type = PictureType.P
            frame.pts = place + number
            yield from self._packets(frame)

    def rest(self) -> Iterator[av.Packet[Any]]:
        """The packets that the encoder still holds."""
        yield from self._packets(None)
        if self._held:
            raise WriteFailed("x264 left out a picture that must be repeated")

    def _given(self, begins: bool, count: int) -> int:
        """How often the encoder gets a frame that is shown `count` times.

        `begins` says that a group of pictures begins with it.
        """
        if self._syntax is None:
            return count
        looks_ahead = bool(self._syntax.order_bits)  # it must, to change the order
        return min(count, FIRST if looks_ahead and begins else 1)

    def _packets(self, frame: av.VideoFrame | None) -> Iterator[av.Packet[Any]]:
        packets = self._stream.encode(frame)
        if self._syntax is None:
            yield from packets
            return
        try:
            for packet in packets:
                yield self._passed(self._syntax, packet)
                if self._held and self._held[0][0] + 1 == self._count:
                    yield from self._repeats(self._syntax, self._held.popleft()[1])
        except Unsupported as error:
            raise WriteFailed(
                "x264 wrote a picture that is not supported: {error}", error=str(error)
            ) from error

    def _passed(self, syntax: Syntax, packet: av.Packet[Any]) -> av.Packet[Any]:
        """A packet of the encoder, renumbered for the skipped pictures before it."""
        place = packet.pts or 0
        if self._held and place > self._held[0][0]:
            raise Unsupported("it comes before one that is shown earlier and repeated")
        if packet.is_keyframe:
            self._begun, self._references, self._skips = place, 1, 0
            return self._placed(syntax, packet, place)
        data, reference = renumbered(syntax, bytes(packet), self._skips)
        self._references += reference
        return self._placed(syntax, av.Packet(data) if self._skips else packet, place)

    def _repeats(self, syntax: Syntax, count: int) -> Iterator[av.Packet[Any]]:
        """`count` skipped pictures, of which the encoder knows nothing; others refer to them."""
        for _ in range(count):
            data = skipped(syntax, self._references, self._count - self._begun)
            self._references, self._skips = self._references + 1, self._skips + 1
            yield self._placed(syntax, av.Packet(data), self._count)

    def _placed(self, syntax: Syntax, packet: av.Packet[Any], place: int) -> av.Packet[Any]:
        # If the order changes, a picture must be decoded at least one place before its own.
        packet.pts, packet.dts = place, self._count - bool(syntax.order_bits)
        packet.time_base, packet.stream = self._tick, self._stream
        self._count += 1
        return packet


def _syntax_of(stream: VideoStream) -> Syntax | None:
    stream.codec_context.open()  # for its parameter sets
    try:
        return Syntax.of(stream.codec_context.extradata or b"")
    except Unsupported:
        return None
