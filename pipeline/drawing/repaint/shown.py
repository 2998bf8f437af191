"""What a segment shows, told in a key: equal keys mean equal pixels in every one of its frames."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Sequence
from enum import Enum
from typing import Any

from pipeline.drawing.repaint.item import Fingerprint

View = tuple[float, ...]
"""The matrix from the scene to the pixels, and the width of a line of width 1."""

Painted = tuple[View, Sequence[Fingerprint]]
"""What is painted over a base: from where it is seen, and each mobject in painting order."""

Shown = tuple[bytes, Painted, Painted]
"""All that decides a frame: the page's digest, the static mobjects, the frame's own."""

_NOTHING: Painted = ((), ())


def is_known(kind: type, *methods: str) -> bool:
    """Whether `kind` has these methods from manim or from us, whose versions are in the key.

    A method of the scene's own may be another one tomorrow, and no frame would tell.
    """
    known = ("manim.", "pipeline.")
    return all(getattr(kind, name).__module__.startswith(known) for name in methods)


class Content:
    """Grows with each frame of a segment.

    A frame is told by how it differs from the one before, since most of it stays. From the
    differences all frames could be written down again: so unlike segments are told unlike.
    """

    def __init__(self, about: str) -> None:
        self._total = hashlib.sha256(about.encode())
        self._page, self._layers = b"", (_NOTHING, _NOTHING)
        self._known = True
        self.beginning: str | None = None

    def add(self, shown: Shown | None, repeat: int) -> None:
        """Take in a frame; None, one that cannot be told, leaves the segment without a key."""
        if shown is None or not self._known:
            self._known = False
            return
        page, *layers = shown
        static, frame = map(_difference, self._layers, layers)
        try:
            self._tell((page if page != self._page else None, static, frame))
        except ValueError:  # a width that is no plain number, say
            self._known = False
            return
        self._page, self._layers = page, (shown[1], shown[2])
        if self.beginning is None:
            self.beginning = self._total.hexdigest()[:32]
        self._tell(repeat)

    @property
    def key(self) -> str | None:
        """64 hex digits, of which the first 32 (`beginning`) stand for the first frame alone."""
        if self.beginning is None or not self._known:
            return None
        return self.beginning + self._total.hexdigest()[:32]

    def _tell(self, value: Any) -> None:
        # Version 2 knows no references: equal values give equal bytes, whichever objects they are.
        data = marshal.dumps(value, 2)
        self._total.update(len(data).to_bytes(8, "big") + data)


def _difference(before: Painted, now: Painted) -> object:
    (_, old), (view, new) = before, now
    changed: list[object] = []
    if new is not old:
        changed = [
            (k, tuple(map(_plain, print[0])), print[1])
            for k, print in enumerate(new)
            if k >= len(old) or print != old[k]
        ]
    return view, len(new), changed


def _plain(value: object) -> object:
    """What marshal can write: of an enumeration the member's name."""
    return value.name if isinstance(value, Enum) else value
