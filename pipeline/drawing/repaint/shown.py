"""The key of a segment, made from what its frames show. Equal keys mean equal pixels."""

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
"""What is painted over a base: the view, and each mobject's fingerprint in painting order."""

Shown = tuple[bytes, Painted, Painted]
"""What a frame depends on: the page's digest, its static mobjects, its other mobjects."""

_NOTHING: Painted = ((), ())


def is_known(kind: type, *methods: str) -> bool:
    """Whether `kind` has these methods from manim or this package, whose versions are in the key.

    A method of the user's scene may change, and the key would not show it.
    """
    known = ("manim.", "pipeline.")
    return all(getattr(kind, name).__module__.startswith(known) for name in methods)


class ShownKey:
    """The key of a segment, made frame by frame.

    Each frame adds its difference from the one before, since most of it stays. The differences
    determine all frames, so different segments have different keys.
    """

    def __init__(self, about: str) -> None:
        self._total = hashlib.sha256(about.encode())
        self._page, self._layers = b"", (_NOTHING, _NOTHING)
        self._known = True
        self.beginning: str | None = None

    def add(self, shown: Shown | None, repeat: int, key_frame: bool = False) -> None:
        """Add a frame, shown `repeat` times; None (not known) leaves the segment without a key.

        `key_frame` says whether the frame is a key frame within the segment.
        """
        if shown is None or not self._known:
            self._known = False
            return
        page, *layers = shown
        static, frame = map(_difference, self._layers, layers)
        try:
            self._add((page if page != self._page else None, static, frame))
        except ValueError:  # marshal cannot write it, such as a width that is no plain number
            self._known = False
            return
        self._page, self._layers = page, (shown[1], shown[2])
        if self.beginning is None:
            self.beginning = self._total.hexdigest()[:32]
        self._add((repeat, key_frame))

    @property
    def key(self) -> str | None:
        """64 hex digits; the first 32 (`beginning`) depend on the first frame only."""
        if self.beginning is None or not self._known:
            return None
        return self.beginning + self._total.hexdigest()[:32]

    def _add(self, value: Any) -> None:
        # Version 2 has no references: equal values give equal bytes, also from different objects.
        data = marshal.dumps(value, 2)
        self._total.update(len(data).to_bytes(8, "big") + data)


def _difference(before: Painted, now: Painted) -> object:
    (_, old), (view, new) = before, now
    changed: list[object] = []
    if new is not old:
        changed = [
            (k, tuple(map(_plain, fingerprint.shape)), fingerprint.colours)
            for k, fingerprint in enumerate(new)
            if k >= len(old) or fingerprint != old[k]
        ]
    return view, len(new), changed


def _plain(value: object) -> object:
    """A value that marshal can write: for a member of an enumeration, its name."""
    return value.name if isinstance(value, Enum) else value
