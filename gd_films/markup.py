"""A film as HTML for the output of a cell. No script: not every notebook runs one."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from cli.lecture.subtitle_files import vtt
from gd_films.contents import Contents, Track

_TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
# As wide as the cell at most, and never higher than the window.
_FITTING = "display:block;max-width:100%;max-height:75vh;width:auto;height:auto"


def figure(file: Path, contents: Contents, embedded: bool, captions: bool, below: str) -> str:
    """The film in `file` with its poster and its subtitles; `below` is the line under it.

    It is in the text itself if it is `embedded`, else the text names the file, from the current
    folder. With `captions` the subtitles are shown from the start.
    """
    kind = _TYPES[file.suffix.lower()]
    source = _data(kind, file.read_bytes()) if embedded else _address(file)
    poster = "" if contents.cover is None else f' poster="{_data("image/jpeg", contents.cover)}"'
    tracks = "".join(_tracks(contents.tracks, captions))
    title = escape(contents.title)
    return (
        '<figure style="margin:0">'
        f'<video controls playsinline preload="metadata" width="{contents.width}" '
        f'height="{contents.height}" style="{_FITTING}" aria-label="{title}"{poster} '
        f'src="{source}">{tracks}{title}</video>'
        f'<figcaption style="opacity:.75;font-size:smaller;margin-top:.3em">'
        f"{'<br>'.join(map(escape, below.splitlines()))}</figcaption></figure>"
    )


def _tracks(tracks: tuple[Track, ...], shown: bool) -> Iterator[str]:
    for number, track in enumerate(tracks):
        lang = "" if track.lang is None else f' srclang="{escape(track.lang)}"'
        source = _data("text/vtt;charset=utf-8", vtt(track.captions).encode())
        default = " default" if shown and number == 0 else ""
        yield f'<track kind="captions"{lang} src="{source}"{default}>'


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"


def _address(file: Path) -> str:
    """The address of a file from the current folder: that of the notebook."""
    try:
        return escape(quote(Path(os.path.relpath(file)).as_posix()))
    except ValueError:  # Windows: it is on another drive
        return escape(file.resolve().as_uri())
