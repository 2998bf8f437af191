"""H.264 for mp4: what x264 is told at each speed."""

from __future__ import annotations

from numpy._core._multiarray_umath import __cpu_features__  # type: ignore[import-not-found]

from pipeline.encoders.stream import StreamSettings
from pipeline.job.encodings import Mp4

# Measured on the film `batch` at 1080p60: size, and PSNR of the luma. manim's own file has 3099 kB
# and 47.1 dB.
SPEEDS: dict[str, dict[str, str]] = {
    # 3688 kB, 52.3 dB. Frames in decoding order, without weights or 8x8 transforms, and each packet
    # at once (`force-cfr`): so repeated frames are written by ourselves. With one quantiser for all
    # frames x264 need not look at them beforehand; with a coarser one, what fades away leaves a
    # ghost on the dark page. Of what `ultrafast` leaves out, partitions and CABAC pay: a seventh of
    # the bytes for no more time.
    "draft": {
        "preset": "ultrafast",
        "qp": "23",
        "x264-params": "cabac=1:partitions=p8x8,i4x4:force-cfr=1",
    },
    # 1785 kB, 48.4 dB. What pays on drawings that mostly stand still is looking ahead, not the
    # search for motion. Repeated frames are written by ourselves here, too: with B-frames that no
    # others refer to, and durations that do not count (a frame that stays would be made better
    # than need be). With the usual strength of `aq`, which favours the dark, as much takes a look
    # eight frames ahead, which costs time and memory. Without B-frames files grow by 40 %.
    "normal": {
        "preset": "veryfast",
        "crf": "18.8",
        "x264-params": "rc-lookahead=5:aq-strength=0.6:ref=1:subme=1:me=dia:b-adapt=0:"
        "weightp=0:b-pyramid=none:force-cfr=1",
    },
    # 1244 kB, 47.3 dB. More B-frames, and a look eight frames ahead. Half a second would give
    # almost a decibel more, but takes 450 MB. What x264 cannot see coming `qcomp` makes up for:
    # what stays is worth more to it. Too much of that (0 instead of 0.5) would save another 10 %,
    # but what moves would have 25 dB. So it has 28.3, and in manim's file 27.7.
    "small": {
        "preset": "veryfast",
        "tune": "animation",
        "crf": "20.5",
        "x264-params": "bframes=4:rc-lookahead=8:qcomp=0.5:ref=1:weightp=0:"
        "b-pyramid=none:force-cfr=1",
    },
}

# Of a segment, which begins with a whole picture: a seek decodes no more than this. Half as long
# costs a third of the file's size, and as much again for forking and for the encoder's memory.
SECONDS = {"draft": 4, "normal": 4, "small": 8}


# With AVX-512 about one segment in a thousand comes out with other bytes, equal frames given: of
# small films, encoded in a heap that is in use, 12 of 12,000; with AVX2 none of 11,000. Both give
# the same bytes otherwise.
_AVX2 = ":asm=avx2"


def segment_frames(encoding: Mp4, fps: int) -> int:
    """Frames of a segment."""
    return SECONDS[encoding.speed] * fps


def h264_settings(encoding: Mp4, fps: int) -> StreamSettings:
    """One segment's stream, which is one closed group of pictures."""
    options = {**SPEEDS[encoding.speed], "g": str(segment_frames(encoding, fps)), "flags": "+cgop"}
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
        # One thread: x264's decisions depend on the number of threads, and equal jobs must give
        # equal bytes on every machine.
        threads=1,
    )
