"""Copies an encoded stream into its final container, with title, chapters and subtitles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from heapq import merge
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
from av.container import InputContainer, OutputContainer
from av.subtitles.stream import SubtitleStream

from pipeline.encoders.base import Labels
from pipeline.encoders.cover import add_cover, picture_at
from pipeline.encoders.segmented import Piece
from pipeline.job.errors import WriteFailed
from pipeline.job.result import Caption, SectionSpan
from pipeline.job.subtitles import SubtitleTrack

if TYPE_CHECKING:  # exists only for type checkers
    from av.container.core import Chapter

MILLISECOND = Fraction(1, 1000)

# libav takes the default style of the text track from the header of an ASS script.
_STYLE = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,Arial,16,&Hffffff
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def label_mp4(
    sources: Sequence[Piece], target: Path, labels: Labels, fps: int, length: int
) -> None:
    """Copy the video of `sources`, one after another, to `target`, with the index at its start.

    Nothing is encoded again, so the sources must be closed and have equal parameters. All but the
    last one have `length` frames.
    """
    delay = max(_delay(source, fps) for source in sources)
    options = {"movflags": "+faststart"}
    with (
        av.open(sources[0].open(), "r") as first,
        av.open(target, "w", format="mp4", container_options=options) as labelled,
    ):
        video = first.streams.video[0]
        copy = labelled.add_stream_from_template(video)
        if labels.title:
            labelled.metadata["title"] = labels.title
        if len(labels.sections) > 1:
            labelled.set_chapters(chapters(labels.sections, fps))
        cover = None
        if labels.cover is not None:
            cover = add_cover(labelled, picture_at(sources, length, labels.cover))
        _add_subtitles(labelled, labels.subtitles)
        if cover is not None:
            labelled.mux(cover)
        header = video.codec_context.extradata
        for packet in _joined(sources, header, fps, delay):
            packet.stream = copy
            labelled.mux(packet)


def _joined(
    sources: Sequence[Piece], header: bytes | None, fps: int, delay: int
) -> Iterator[av.Packet[Any]]:
    """The packets of all sources in decoding order, with times counted in frames of the film."""
    count = 0
    for source in sources:
        begun = count
        with av.open(source.open(), "r") as container:
            video = container.streams.video[0]
            if video.codec_context.extradata != header:
                raise WriteFailed("two segments were encoded with different parameters")
            for packet in _packets(container):
                packet.pts, packet.dts = begun + _place(packet, fps), count - delay
                packet.duration, packet.time_base = 1, Fraction(1, fps)
                count += 1
                yield packet


def _delay(source: Piece, fps: int) -> int:
    """The largest number of frames by which a frame is decoded before its own place."""
    with av.open(source.open(), "r") as container:
        return max(k - _place(packet, fps) for k, packet in enumerate(_packets(container)))


def _packets(container: InputContainer) -> Iterator[av.Packet[Any]]:
    return (packet for packet in container.demux(video=0) if packet.dts is not None)


def _place(packet: av.Packet[Any], fps: int) -> int:
    """The frame's number in its segment."""
    return round((packet.pts or 0) * packet.time_base * fps)


def chapters(sections: Sequence[SectionSpan], fps: int) -> list[Chapter]:
    """A chapter for each section, with its title."""
    return [
        {
            "id": number,
            "start": section.first,
            "end": section.first + section.frames,
            "time_base": Fraction(1, fps),
            "metadata": {"title": section.title},
        }
        for number, section in enumerate(sections)
    ]


def _add_subtitles(container: OutputContainer, tracks: Sequence[SubtitleTrack]) -> None:
    """A ``mov_text`` track for each language that says something; the first one is enabled."""
    said = [track for track in tracks if track.captions]
    streams = [_subtitle_stream(container, track.language) for track in said]
    packets = [_subtitles(track, stream) for track, stream in zip(said, streams, strict=True)]
    for packet in merge(*packets, key=_start):
        container.mux(packet)


def _subtitle_stream(container: OutputContainer, language: str) -> SubtitleStream:
    stream = container.add_stream("mov_text")
    assert isinstance(stream, SubtitleStream)
    stream.codec_context.subtitle_header = _STYLE
    stream.codec_context.time_base = stream.time_base = MILLISECOND
    stream.metadata["language"] = language
    return stream


def _subtitles(track: SubtitleTrack, stream: SubtitleStream) -> Iterator[av.Packet[Any]]:
    """The packets of a track. Each is the text's length in two bytes, then the text."""
    for start, end, text in _one_at_a_time(track.captions):
        data = text.encode()[:65535]
        packet = av.Packet(len(data).to_bytes(2, "big") + data)
        packet.pts = packet.dts = start
        packet.duration, packet.time_base = end - start, MILLISECOND
        packet.stream = stream
        yield packet


def _start(packet: av.Packet[Any]) -> int:
    return packet.dts or 0


def _one_at_a_time(captions: Iterable[Caption]) -> Iterator[tuple[int, int, str]]:
    """Start and end in milliseconds; a caption ends where the next one begins, at the latest."""
    last = Caption(float("inf"), float("inf"), "")
    for caption, following in pairwise([*captions, last]):
        start, end = round(caption.start * 1000), min(caption.end, following.start) * 1000
        if round(end) > start:
            yield start, round(end), caption.text
