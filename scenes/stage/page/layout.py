"""Named regions of the frame, for any aspect. Units are manim's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Point = npt.NDArray[np.float64]

MARGIN = 0.4
GAP = 0.3


def point(x: float, y: float, z: float = 0.0) -> Point:
    """A point (3,) of the frame."""
    return np.array([x, y, z], dtype=np.float64)


@dataclass(frozen=True)
class Box:
    """An upright rectangle: its edges in units, the origin in the frame's centre."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Extent in x."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent in y."""
        return self.top - self.bottom

    @property
    def center(self) -> Point:
        """The middle as a point (3,)."""
        return point((self.left + self.right) / 2, (self.bottom + self.top) / 2)

    def inset(self, left: float = 0, bottom: float = 0, right: float = 0, top: float = 0) -> Box:
        """The box with its edges moved inwards."""
        return Box(self.left + left, self.bottom + bottom, self.right - right, self.top - top)

    def no_higher(self, widths: float) -> Box:
        """Its upper part, at most so many widths high."""
        return self.inset(bottom=max(self.height - widths * self.width, 0.0))

    def no_wider(self, heights: float) -> Box:
        """Its left part, at most so many heights wide."""
        return self.inset(right=max(self.width - heights * self.height, 0.0))

    def meets(self, other: Box) -> bool:
        """Whether the two share an area."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def within(self, other: Box) -> Box:
        """The part of it that is in the ``other``, which it meets."""
        low = max(self.left, other.left), max(self.bottom, other.bottom)
        return Box(*low, min(self.right, other.right), min(self.top, other.top))

    def towards(self, other: Box, amount: float) -> Box:
        """The box at ``amount`` of the way from this one to the ``other``."""
        pairs = zip(self._edges, other._edges, strict=True)
        return Box(*(a + amount * (b - a) for a, b in pairs))

    @property
    def _edges(self) -> tuple[float, float, float, float]:
        return self.left, self.bottom, self.right, self.top

    def rows(self, *weights: float, gap: float = GAP) -> list[Box]:
        """Split from top to bottom in proportion to ``weights``."""
        free = self.height - gap * (len(weights) - 1)
        boxes, top = [], self.top
        for weight in weights:
            height = free * weight / sum(weights)
            boxes.append(Box(self.left, top - height, self.right, top))
            top -= height + gap
        return boxes

    def columns(self, *weights: float, gap: float = GAP) -> list[Box]:
        """Split from left to right in proportion to ``weights``."""
        free = self.width - gap * (len(weights) - 1)
        boxes, left = [], self.left
        for weight in weights:
            width = free * weight / sum(weights)
            boxes.append(Box(left, self.bottom, left + width, self.top))
            left += width + gap
        return boxes


@dataclass(frozen=True)
class Scale:
    """The heights of a capital letter, in units: four sizes and no others."""

    title: float
    body: float
    label: float
    small: float


@dataclass(frozen=True)
class Layout:
    """The regions of a frame of ``width`` × ``height`` units.

    Between ``title`` and ``caption`` is the ``body``; `arrangement` divides it. Frames that are not
    clearly wider than high are ``stacked``: their title and tag stand one above the other.
    """

    width: float
    height: float
    stacked: bool
    scale: Scale
    title: Box
    body: Box
    caption: Box

    @property
    def portrait(self) -> bool:
        """Whether the frame is clearly higher than wide, as 9:16."""
        return self.height > 1.2 * self.width


def _scale(width: float, height: float) -> Scale:
    """By the shorter side, so that a tall frame has room for pictures; there a phone needs more."""
    side = min(width, height)
    shares = (0.052, 0.042, 0.0385, 0.029) if height > width else (0.043, 0.0325, 0.0305, 0.0228)
    return Scale(*(share * side for share in shares))


def layout(width: float, height: float) -> Layout:
    """The regions for a frame of ``width`` × ``height`` units."""
    scale = _scale(width, height)
    page = Box(-width / 2, -height / 2, width / 2, height / 2).inset(*[MARGIN] * 4)
    portrait, wide = height > 1.2 * width, width > 1.2 * height
    title_height = scale.title * (1.6 if wide else 3.2 if not portrait else 3.8)
    caption_height = scale.body * (5.9 if portrait else 3.95)
    title = Box(page.left, page.top - title_height, page.right, page.top)
    caption = Box(page.left, page.bottom, page.right, page.bottom + caption_height)
    body = Box(page.left, caption.top + 0.15, page.right, title.bottom - 0.15)
    return Layout(width, height, not wide, scale, title, body, caption)
