"""Cuts clips out of a finished film: packets are copied, so the clips show the film's own frames.

A clip begins with a key frame, and no frame before that is needed for it (`Timeline.begins_cue`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av

from pipeline.encoders.base import io_errors
from pipeline.encoders.copies import add_copy, container_of, mux_together, pictures
from pipeline.encoders.soundtrack import encoded, samples_of, soundtrack_of
from pipeline.job.encodings import Encoding
from pipeline.job.errors import WriteFailed

if TYPE_CHECKING:  # generic for type checkers only
    AnyPacket = av.Packet[Any]


def cut(
    film: Path, encoding: Encoding, fps: int, lengths: Sequence[int], parts: Sequence[Path]
) -> None:
    """Write consecutive clips of the file `film`, with `lengths` in frames, to `parts`.

    The first clip begins with the film; each begins with a key frame. A clip's sound is cut out of
    the film's and encoded again, since a packet of sound goes over the border of two frames.
    Raises `WriteFailed`.
    """
    form = container_of(encoding)
    assert form is not None, "a GIF has its own way"
    with io_errors(), av.open(film) as source:
        video = source.streams.video[0]
        sound = soundtrack_of(film, samples_of(sum(lengths), fps))
        packets = pictures(source, fps)
        first = 0
        for length, part in zip(lengths, parts, strict=True):
            with av.open(part, "w", format=form.name, container_options=form.options) as target:
                copy = add_copy(video, target)
                tracks = [_moved(islice(packets, length), first, copy)]
                if sound is not None:
                    start, end = samples_of(first, fps), samples_of(first + length, fps)
                    tracks.append(encoded([sound[:, start:end]], form.audio, target))
                mux_together(target, *tracks)
            first += length


def _moved(packets: Iterator[AnyPacket], first: int, stream: Any) -> Iterator[AnyPacket]:
    """The packets of a clip that begins with frame `first`, with times from the clip's start."""
    for number, packet in enumerate(packets):
        assert packet.pts is not None and packet.dts is not None
        if number == 0 and not (packet.is_keyframe and packet.pts == first):
            raise WriteFailed("frame {frame} of the film is no key frame", frame=first)
        packet.pts, packet.dts, packet.stream = packet.pts - first, packet.dts - first, stream
        yield packet
