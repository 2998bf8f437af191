"""Copies of encoded streams in other containers; nothing is encoded again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from typing import TYPE_CHECKING, Any

import av
from av.container import InputContainer, OutputContainer

from pipeline.encoders.cover import is_cover
from pipeline.encoders.webm import EQUAL_BYTES
from pipeline.job.encodings import Encoding, Mp4, ProRes, WebM

if TYPE_CHECKING:  # generic for type checkers only
    AnyPacket = av.Packet[Any]


@dataclass(frozen=True, slots=True)
class Container:
    """The container of a format, its options, and the codec of its sound."""

    name: str
    options: dict[str, str]
    audio: str


_CONTAINERS: dict[type[Encoding], Container] = {
    Mp4: Container("mp4", {"movflags": "+faststart"}, "aac"),
    ProRes: Container("mov", {}, "aac"),
    WebM: Container("webm", EQUAL_BYTES, "libopus"),
}


def container_of(encoding: Encoding) -> Container | None:
    """The container that holds picture and sound; None for a format without sound."""
    return _CONTAINERS.get(type(encoding))


def add_copy(stream: Any, target: OutputContainer) -> Any:
    """Add a stream to `target` that takes the packets of `stream`."""
    copy = target.add_stream_from_template(stream)
    if isinstance(copy, av.VideoStream):
        # PyAV drops the tag, and the muxer's own says ProRes 422 of a ProRes 4444.
        copy.codec_context.codec_tag = stream.codec_context.codec_tag
        if "alpha_mode" in stream.metadata:
            copy.pix_fmt = "yuva420p"  # libav's own VP9 decoder does not see the alpha
        if is_cover(stream):
            copy.disposition = stream.disposition
    elif "language" in stream.metadata:
        copy.metadata["language"] = stream.metadata["language"]
    return copy


def pictures(source: InputContainer, fps: int) -> Iterator[AnyPacket]:
    """The packets of the film in `source`, in decoding order, with times counted in frames."""
    for packet in source.demux(source.streams.video[0]):
        if packet.dts is None:
            continue
        unit = packet.time_base * fps
        packet.pts, packet.dts = round((packet.pts or 0) * unit), round(packet.dts * unit)
        packet.duration, packet.time_base = 1, Fraction(1, fps)
        yield packet


def mux_together(target: OutputContainer, *tracks: Iterable[AnyPacket]) -> None:
    """Mux the tracks in order of time: otherwise the muxer would hold one of them in memory."""
    for packet in merge(*tracks, key=_time):
        target.mux(packet)


def _time(packet: AnyPacket) -> Fraction:
    return (packet.dts or 0) * packet.time_base
