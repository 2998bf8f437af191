"""H.264 for mp4: the settings of x264 for each speed."""

from __future__ import annotations

from numpy._core._multiarray_umath import __cpu_features__  # type: ignore[import-not-found]

from pipeline.encoders.stream import StreamSettings
from pipeline.job.encodings import Mp4

# Measured on the film `batch` at 1080p60: size, and PSNR of the luma. manim's own file has 3099 kB
# and 47.1 dB.
SPEEDS: dict[str, dict[str, str]] = {
    # 3688 kB, 52.3 dB. Frames are in decoding order, without weights and 8x8 transforms, and each
    # packet comes at once (`force-cfr`), so we can write repeated frames ourselves. With one
    # quantiser for all frames x264 need not analyse them before; with a coarser one, what fades out
    # leaves traces on the dark page. `ultrafast` leaves out partitions and CABAC; with them the
    # file is a seventh smaller in the same time.
    "draft": {
        "preset": "ultrafast",
        "qp": "23",
        "x264-params": "cabac=1:partitions=p8x8,i4x4:force-cfr=1",
    },
    # 1785 kB, 48.4 dB. Drawings mostly stand still: looking ahead saves bytes, searching for motion
    # does not. We write repeated frames ourselves here too. This needs B-frames that no other frame
    # refers to, and durations that do not count (else a frame that stays would get more bits than
    # it needs). The usual strength of `aq` favours dark areas; the same size would then need a look
    # eight frames ahead, which costs time and memory. Without B-frames files are 40 % larger.
    "normal": {
        "preset": "veryfast",
        "crf": "18.8",
        "x264-params": "rc-lookahead=5:aq-strength=0.6:ref=1:subme=1:me=dia:b-adapt=0:"
        "weightp=0:b-pyramid=none:force-cfr=1",
    },
    # 1244 kB, 47.3 dB. More B-frames, and a look eight frames ahead. Half a second ahead would gain
    # almost a decibel, but takes 450 MB. `qcomp` makes up for the short look: it gives more bits to
    # what stays. With 0 instead of 0.5 the file is another 10 % smaller, but what moves has 25 dB
    # instead of 28.3 (in manim's file 27.7).
    "small": {
        "preset": "veryfast",
        "tune": "animation",
        "crf": "20.5",
        "x264-params": "bframes=4:rc-lookahead=8:qcomp=0.5:ref=1:weightp=0:"
        "b-pyramid=none:force-cfr=1",
    },
}

# The length of a segment. It begins with a key frame, so a seek decodes at most this much. Half the
# length makes files a third larger, and doubles what forking and the encoder's memory cost.
SECONDS = {"draft": 4, "normal": 4, "small": 8}


# With AVX-512 about one segment in a thousand has other bytes for equal frames: 12 of 12,000, in a
# test of small films in a process whose heap was in use. With AVX2 it was none of 11,000. All other
# segments have the same bytes with both.
_AVX2 = ":asm=avx2"


def segment_frames(encoding: Mp4, fps: int) -> int:
    """Frames of a segment."""
    return SECONDS[encoding.speed] * fps


def h264_settings(encoding: Mp4, fps: int) -> StreamSettings:
    """One segment's stream: closed groups of pictures, one from each key frame on."""
    options = {
        **SPEEDS[encoding.speed],
        "g": str(segment_frames(encoding, fps)),
        "flags": "+cgop",
        "forced-idr": "1",  # where a cue begins; otherwise it would be an I picture only
    }
    if __cpu_features__.get("AVX512F"):
        options["x264-params"] += _AVX2
    if encoding.crf is not None:
        options["crf"] = str(encoding.crf)
    return StreamSettings(
        container="mp4",
        codec="libx264",
        pixels="yuv420p",
        copies=True,
        repeats=True,
        options=options,
        # One thread: the bytes depend on the number of threads, and must be the same on every
        # machine.
        threads=1,
    )
