"""Animated PNG, with libav's encoder."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av

from pipeline.encoders.animation.join import JoinedFrames
from pipeline.encoders.segmented import Piece
from pipeline.job.encodings import Apng
from pipeline.job.job import FrameSpec


def write_apng(segments: Sequence[Piece], path: Path, encoding: Apng, spec: FrameSpec) -> None:
    """Write the frames of `segments` to `path`; equal frames in a row are one, shown longer."""
    film = JoinedFrames(segments)
    layout = "rgba" if spec.transparent else "rgb24"
    # libav computes a frame's time from the start of the next one; for the last it must be set.
    options = {"plays": str(encoding.loop), "final_delay": f"{film.repeats[-1]}/{spec.fps}"}
    with av.open(path, "w", format="apng", container_options=options) as container:
        stream = container.add_stream("apng", rate=spec.fps, options={"pred": "mixed"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = spec.width, spec.height, layout
        stream.time_base = Fraction(1, spec.fps)
        begun = 0
        for pixels, repeat in zip(film.pictures(spec), film.repeats, strict=True):
            frame = av.VideoFrame.from_ndarray(pixels, format=layout)
            frame.pts, frame.time_base = begun, stream.time_base
            container.mux(stream.encode(frame))
            begun += repeat
        container.mux(stream.encode(None))
