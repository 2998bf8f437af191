"""What a finished video carries itself: title, size, cover, and subtitles if it has any."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import Caption
from scenes.locales import LANGUAGES, code_of

if TYPE_CHECKING:
    import av
    from av.container import InputContainer

_LANGUAGES = {code_of(lang): lang for lang in LANGUAGES}


@dataclass(frozen=True)
class Track:
    """The subtitles in one language; ``lang`` is None if nobody knows which."""

    lang: str | None
    captions: tuple[Caption, ...]


@dataclass(frozen=True)
class Contents:
    """``width`` and ``height`` are in pixels, ``cover`` is a JPEG; None if there is none.

    ``title`` is empty if the file has none, as most WebM.
    """

    title: str
    width: int
    height: int
    cover: bytes | None
    tracks: tuple[Track, ...]


def contents_of(file: Path) -> Contents:
    """Look into a video that the pipeline made."""
    import av  # not above: `trace` needs no video

    from pipeline.encoders.cover import is_cover

    with av.open(str(file)) as container:
        pictures = container.streams.video
        film = next(stream for stream in pictures if not is_cover(stream))
        covers = [stream for stream in pictures if is_cover(stream)]
        title = container.metadata.get("title", "")
        return Contents(title, film.width, film.height, *_texts_and_cover(container, covers))


def _texts_and_cover(
    container: InputContainer, covers: list[av.VideoStream]
) -> tuple[bytes | None, tuple[Track, ...]]:
    texts = [*container.streams.subtitles]
    cover: bytes | None = None
    captions: dict[int, list[Caption]] = {stream.index: [] for stream in texts}
    for packet in container.demux(*covers, *texts) if covers or texts else ():
        if packet.size and packet.stream.index in captions:
            captions[packet.stream.index] += _caption(packet)
        elif packet.size:
            cover = bytes(packet)
    tracks = (
        Track(_LANGUAGES.get(stream.metadata.get("language", "")), tuple(captions[stream.index]))
        for stream in texts
    )
    return cover, tuple(tracks)


def _caption(packet: av.Packet[Any]) -> list[Caption]:
    """The text of a packet: its length in two bytes, then the text. A pause has none."""
    data = bytes(packet)
    text = data[2 : 2 + int.from_bytes(data[:2], "big")].decode()
    if not text or packet.pts is None:
        return []
    start, length = packet.pts * packet.time_base, (packet.duration or 0) * packet.time_base
    return [Caption(float(start), float(start + length), text)]
