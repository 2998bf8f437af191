"""Copies an encoded stream into its final container, with title and chapters."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av

from .base import Labels

if TYPE_CHECKING:  # it exists for type checkers only
    from av.container.core import Chapter


def label_mp4(source: Path, target: Path, labels: Labels, fps: int) -> None:
    """Copy the video of `source` to `target`, index first, so that playing starts at once."""
    with (
        av.open(source) as bare,
        av.open(
            target, "w", format="mp4", container_options={"movflags": "+faststart"}
        ) as labelled,
    ):
        video = bare.streams.video[0]
        copy = labelled.add_stream_from_template(video)
        if labels.title:
            labelled.metadata["title"] = labels.title
        if len(labels.sections) > 1:
            labelled.set_chapters(_chapters(labels, fps))
        for packet in bare.demux(video):
            if packet.dts is not None:
                packet.stream = copy
                labelled.mux(packet)


def _chapters(labels: Labels, fps: int) -> list[Chapter]:
    return [
        {
            "id": number,
            "start": section.first,
            "end": section.first + section.frames,
            "time_base": Fraction(1, fps),
            "metadata": {"title": section.name},
        }
        for number, section in enumerate(labels.sections)
    ]
