"""GIF from raw frames: one palette made of the whole film, no dithering, exact delays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer

from pipeline.encoders.base import Labels, io_errors
from pipeline.encoders.gif.frame_store import PictureWriter
from pipeline.encoders.gif.join import JoinedPictures
from pipeline.encoders.gif.palette import Indices, Palette
from pipeline.encoders.gif.resample import Reduced
from pipeline.encoders.segmented import InTurn, Segment
from pipeline.job.encodings import Gif
from pipeline.job.job import Picture
from pipeline.job.region import Region
from pipeline.job.sink import Frame

HUNDREDTH = Fraction(1, 100)  # of a second: the unit of a GIF's delays
LONGEST = 65535  # hundredths of a second that one delay can hold

# Of a segment: drawn frames at the least, a worker's fork being worth some; and of what its seconds
# are a multiple, as those of an mp4 that is made of the same frames. No byte depends on either.
FRAMES = 100
SECONDS = 2


class GifEncoder:
    """Lays segments of pictures aside, their colours counted; finishing gives them one palette.

    `drawn` is the picture that the frames have, `delivered` the file's. Equal frames in a row
    become one picture with a longer delay. Memory does not depend on the film's length. The frame
    rate must be one that hundredths hold exactly (`GIF_RATES`).
    """

    def __init__(
        self, encoding: Gif, drawn: Picture, delivered: Picture, path: Path, workspace: Path
    ) -> None:
        self._encoding, self._drawn, self._picture = encoding, drawn, delivered
        self._path, self._folder = path, workspace
        self.length = -(-FRAMES // (SECONDS * drawn.fps)) * SECONDS * drawn.fps
        self._serial = InTurn(self)

    def begin(self, number: int) -> Segment:
        """A segment's pictures."""
        picture = self._picture
        size = picture.width, picture.height
        segment = PictureWriter(self.segment(number), *size, picture.transparent)
        if picture == self._drawn:
            return segment
        return Reduced(segment, self._drawn, picture, self._encoding.every)

    def segment(self, number: int) -> Path:
        """The file of segment `number`."""
        return self._folder / f"segment-{number:06}.zip"

    def files(self, number: int) -> list[Path]:
        """As `Segmented` says: one file."""
        return [self.segment(number)]

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        self._serial.show(canvas, repeat, changed)

    def finish(self, labels: Labels) -> None:
        self._serial.finish()
        count = len(list(self._folder.glob("segment-*")))
        picture = self._picture
        with io_errors():
            film = JoinedPictures([self.segment(number) for number in range(count)])
            palette = Palette(film.seen, self._encoding.colors, picture.transparent)
            delays = [repeat * 100 // picture.fps for repeat in film.repeats]
            shown = zip(film.mapped(palette, picture.height, picture.width), delays, strict=True)
            # libav takes a picture's delay from the next one's start: the last needs to be told.
            last = _starts(0, delays[-1])[-1]
            options = {"loop": str(self._encoding.loop), "final_delay": str(delays[-1] - last)}
            with av.open(self._path, "w", format="gif", container_options=options) as container:
                stream = self._stream(container)
                for frame in _timed(shown, palette):
                    container.mux(stream.encode(frame))
                container.mux(stream.encode(None))

    def abort(self) -> None:
        self._serial.abort()

    def _stream(self, container: OutputContainer) -> av.VideoStream:
        stream = container.add_stream("gif", rate=100)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = self._picture.width, self._picture.height
        stream.pix_fmt, stream.time_base = "pal8", HUNDREDTH
        return stream


def _timed(shown: Iterable[tuple[Indices, int]], palette: Palette) -> Iterator[av.VideoFrame]:
    """Pictures with their starts; one that is longer than a delay can say comes again."""
    begun = 0
    for indices, delay in shown:
        for start in _starts(begun, delay):
            frame = palette.picture(indices)
            frame.pts, frame.time_base = start, HUNDREDTH
            yield frame
        begun += delay


def _starts(begun: int, delay: int) -> range:
    return range(begun, begun + delay, LONGEST)
