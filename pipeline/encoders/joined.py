"""Joins finished films, one after another: packets are copied, so no picture is encoded again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.container import InputContainer, OutputContainer

from pipeline.encoders.base import io_errors
from pipeline.encoders.copies import add_copy, container_of, mux_together, pictures
from pipeline.encoders.cover import is_cover
from pipeline.encoders.mux import chapters
from pipeline.encoders.soundtrack import Samples, encoded, samples_of, soundtrack_of
from pipeline.job.encodings import Encoding
from pipeline.job.errors import JobError
from pipeline.job.result import SectionSpan
from pipeline.job.subtitles import UNKNOWN

if TYPE_CHECKING:  # generic for type checkers only
    AnyPacket = av.Packet[Any]


@dataclass(frozen=True, slots=True)
class Film:
    """A finished film of ``frames`` frames, which begins with frame ``first`` of the joined one."""

    path: Path
    frames: int
    first: int

    @classmethod
    def row(cls, paths: Sequence[Path], lengths: Sequence[int]) -> list[Film]:
        """The films one after another."""
        starts = accumulate(lengths, initial=0)
        return [cls(*each) for each in zip(paths, lengths, starts, strict=False)]


def join(
    films: Sequence[Film], target: Path, encoding: Encoding, fps: int, title: str,
    sections: Sequence[SectionSpan], cover: Film,
) -> None:  # fmt: skip
    """Write all `films` into the file `target`, with a chapter for each of `sections`.

    Subtitles are copied too, a track for each language, and the cover of the film `cover`. Sound is
    decoded and encoded again. Raises `JobError` if the pictures were encoded differently,
    `WriteFailed`.
    """
    form = container_of(encoding)
    assert form is not None, "the caller checks that it is a video"
    with (
        io_errors(),
        av.open(films[0].path) as source,
        av.open(cover.path) as covered,
        av.open(target, "w", format=form.name, container_options=form.options) as joined,
    ):
        joined.metadata["title"] = title
        joined.set_chapters(chapters(sections, fps))
        template = source.streams.video[0]
        copy = add_copy(template, joined)
        # All streams are added before the first packet is written.
        covers = _covers(covered, joined)
        subtitles = _subtitles(films, joined, fps)
        tracks = [covers, _pictures(films, fps, _parameters(template), copy), *subtitles]
        if any(map(_has_sound, films)):
            tracks.append(encoded(_sound(films, fps), form.audio, joined))
        mux_together(joined, *tracks)


def _covers(source: InputContainer, target: OutputContainer) -> list[AnyPacket]:
    """The cover's only packet, if there is one."""
    packets = []
    for stream in filter(is_cover, source.streams.video):
        packet = next(p for p in source.demux(stream) if p.size)
        packet.stream = add_copy(stream, target)
        packets.append(packet)
    return packets


def _pictures(
    films: Sequence[Film], fps: int, parameters: tuple[object, ...], copy: Any
) -> Iterator[AnyPacket]:
    """The films' packets. All are decoded as early before their places as the earliest is."""
    early = max(_early(film, fps) for film in films)
    for film in films:
        later = film.first - (early - _early(film, fps))
        with av.open(film.path) as source:
            if _parameters(source.streams.video[0]) != parameters:
                raise JobError("films can be joined only if they are encoded alike")
            for packet in pictures(source, fps):
                assert packet.pts is not None and packet.dts is not None
                packet.pts, packet.dts = packet.pts + film.first, packet.dts + later
                packet.stream = copy
                yield packet


def _early(film: Film, fps: int) -> int:
    """How many frames before its place a packet of a film is decoded."""
    with av.open(film.path) as source:
        return -(next(pictures(source, fps)).dts or 0)


def _parameters(stream: av.VideoStream) -> tuple[object, ...]:
    context = stream.codec_context
    return context.name, context.width, context.height, context.extradata


def _has_sound(film: Film) -> bool:
    with av.open(film.path) as source:
        return bool(source.streams.audio)


def _sound(films: Sequence[Film], fps: int) -> Iterator[Samples]:
    """The films' tracks, each as long as its picture; silence for a film without one."""
    for film in films:
        count = samples_of(film.first + film.frames, fps) - samples_of(film.first, fps)
        track = soundtrack_of(film.path, count)
        yield np.zeros((2, count), np.float32) if track is None else track


def _subtitles(
    films: Sequence[Film], target: OutputContainer, fps: int
) -> list[Iterable[AnyPacket]]:
    """The subtitles of all films, a track for each language."""
    tracks: dict[str, tuple[Any, list[AnyPacket]]] = {}
    for film in films:
        with av.open(film.path) as source:
            streams = source.streams.subtitles
            for stream in streams:
                if _language(stream) not in tracks:
                    tracks[_language(stream)] = add_copy(stream, target), []
            for packet in source.demux(streams) if streams else ():
                copy, packets = tracks[_language(packet.stream)]
                if _says_something(packet):
                    packets.append(_shifted(packet, Fraction(film.first, fps), copy))
    return [packets for _, packets in tracks.values()]


def _language(stream: Any) -> str:
    return str(stream.metadata.get("language", UNKNOWN))


def _says_something(packet: AnyPacket) -> bool:
    """Not the empty text that the muxer puts between two others."""
    return packet.size > 2


def _shifted(packet: AnyPacket, by: Fraction, copy: Any) -> AnyPacket:
    ticks = round(by / packet.time_base)
    packet.pts = packet.dts = (packet.pts or 0) + ticks
    packet.stream = copy
    return packet
