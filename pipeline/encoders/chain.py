"""The chain that a frame passes through, from top to bottom. It is put together here.

    canvas             the camera's pixel array, repaired where something changed
    EncoderThread      the next frame is drawn while this one is encoded     (video, nothing forked)
    Tee                one stream of frames, several files                   (several formats)
    InSequence         a new segment every few seconds                       (mp4, gif, webp, apng)
    then, by format:
      mp4              YuvFrame -> RepeatedFrames -> libx264 -> segment; segments joined
      webm, mov        converted whole -> libvpx-vp9, prores_ks -> file
      gif              Resampled -> FrameWriter -> segment; segments joined, one palette
      webp, apng       Resampled -> FrameWriter -> segment; segments joined
      png, sheet       the frame is kept -> file; of section ends one frame for each section

A forked worker draws one segment, so its chain begins with that segment (`Segmented.begin`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from pipeline.encoders import mp4
from pipeline.encoders.animation import segment
from pipeline.encoders.animation.apng import write_apng
from pipeline.encoders.animation.gif import write_gif
from pipeline.encoders.animation.webp import write_webp
from pipeline.encoders.archive import PngArchive
from pipeline.encoders.base import Encoder, Labels
from pipeline.encoders.cue_list import CueListFile
from pipeline.encoders.encoder_thread import EncoderThread, SegmentBesideDrawing
from pipeline.encoders.mux import label_mp4
from pipeline.encoders.png import PngEncoder
from pipeline.encoders.prores import prores_settings
from pipeline.encoders.segmented import InSequence, Piece, Segment, Segmented, SegmentedFile
from pipeline.encoders.sheet import SheetEncoder
from pipeline.encoders.stream import VideoStream
from pipeline.encoders.tee import SegmentedTee, Tee
from pipeline.encoders.webm import vp9_settings
from pipeline.job.encodings import (
    Animation,
    Apng,
    CueList,
    Gif,
    Mp4,
    Png,
    ProRes,
    SectionEnds,
    Sheet,
    Stills,
    WebM,
    WebP,
)
from pipeline.job.job import FrameSpec, RenderJob
from pipeline.job.sink import FrameSink


@contextmanager
def beside_drawing(sink: FrameSink) -> Iterator[FrameSink]:
    """Within the block, a thread encodes frames for `sink`. After the block the thread has ended.

    Without an exception `sink` then has all frames. No process can be forked within the block: the
    thread's locks would stay locked in it.
    """
    thread = EncoderThread(sink)
    try:
        yield thread
        thread.finish()
    finally:
        thread.stop()


def segment_beside_drawing(file: Segmented, number: int) -> Segment:
    """Segment `number` of `file`, encoded in a thread."""
    return SegmentBesideDrawing(InSequence(file, number))


def tee(files: Sequence[FrameSink]) -> FrameSink:
    """The sink for all `files`; in segments if every one of them is made in segments."""
    if len(files) == 1:
        return files[0]
    segmented = [file for file in files if isinstance(file, Segmented)]
    return SegmentedTee(segmented) if len(segmented) == len(files) else Tee(files)


def open_file(job: RenderJob, path: Path, folder: Path) -> Encoder:
    """The encoder that writes `path`; its temporary files go into `folder`."""
    match job.encoding:
        case Mp4() as encoding:
            return _mp4(encoding, job.frame, path, folder)
        case Gif() | WebP() | Apng() as encoding:
            return _animation(encoding, job, path, folder)
        case CueList():
            return CueListFile(job.frame.fps, path)
        case Png():
            return PngEncoder(job.frame, path)
        case SectionEnds():
            return PngArchive((f"{number:02}" for number in count(1)), job.frame, path)
        case Sheet() as encoding:
            return SheetEncoder(encoding, job.frame, path)
        case Stills() as encoding:
            return PngArchive(map(str, sorted(set(encoding.frames))), job.frame, path)
        case ProRes():
            return VideoStream(prores_settings(job.frame), job.frame, path)
        case WebM() as encoding:
            return VideoStream(vp9_settings(encoding, job.frame), job.frame, path)


def _mp4(encoding: Mp4, spec: FrameSpec, path: Path, folder: Path) -> SegmentedFile:
    open_segment = partial(VideoStream, mp4.h264_settings(encoding, spec.fps), spec)

    def join(segments: Sequence[Piece], labels: Labels) -> None:
        label_mp4(segments, path, labels, spec.fps, length)

    length = mp4.segment_frames(encoding, spec.fps)
    return SegmentedFile(length, folder, ".mp4", open_segment, join)


def _animation(encoding: Animation, job: RenderJob, path: Path, folder: Path) -> SegmentedFile:
    open_segment = partial(segment.open_segment, encoding, job.frame, job.delivered)

    def join(segments: Sequence[Piece], labels: Labels) -> None:
        match encoding:
            case Gif():
                write_gif(segments, path, encoding, job.delivered)
            case WebP():
                write_webp(segments, path, encoding, job.delivered)
            case Apng():
                write_apng(segments, path, encoding, job.delivered)

    length = segment.segment_frames(job.frame.fps)
    return SegmentedFile(length, folder, ".zip", open_segment, join)
