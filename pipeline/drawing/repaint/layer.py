"""A picture that is kept from frame to frame: only what changed is painted again.

Why the result equals a picture painted from nothing, bit for bit:

- A pixel depends on the layer below (the base) and on the items whose tiles cover it, in painting
  order. Where neither changed, the pixel may stay.
- Changed tiles are restored from the base. Then every item that touches them is painted again, and
  always *whole*, because cairo rounds differently under a clip. Outside the restored tiles such an
  item would be painted twice, so its other tiles are restored too, and so on (`_spread`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from manim import Mobject, VMobject

from pipeline.drawing.repaint.camera import CheckedCamera
from pipeline.drawing.repaint.extent import extent_of, visible_parts
from pipeline.drawing.repaint.item import OUTLINE, Fingerprint, Item, fingerprint_of
from pipeline.drawing.repaint.shown import Painted, is_known
from pipeline.job.region import Region
from pipeline.job.sink import Frame

Pairs = list[tuple[int, int]]


class Layer:
    """`pixels` show a base picture with a list of mobjects painted over it."""

    def __init__(self, camera: CheckedCamera, pixels: Frame) -> None:
        self._camera = camera
        self.pixels: Any = pixels  # a Frame; manim annotates arrays of integers
        self._page = Region(pixels.shape[1], pixels.shape[0])
        self._items: list[Item] | None = None  # None: what the pixels show is not known
        self._view: tuple[float, ...] = ()
        self.content: Painted | None = None  # what is painted over the base; None: not known
        self.paints = True  # False: only `content` is updated, not the pixels

    def forget(self) -> None:
        """Other code changed the pixels: paint everything next time."""
        self._items = None
        self.content = None

    def draw(self, base: Frame, below: Region, mobjects: Sequence[VMobject]) -> Region:
        """Show `mobjects` over `base`, which changed in `below`; return where pixels may differ."""
        # As in manim, no outline, no context: the camera keeps the view of its first drawing.
        context: Any = self._camera.get_cairo_context(self.pixels) if mobjects else None
        view = _view(context, self._camera) if context else ()
        fingerprints = [fingerprint_of(mobject) for mobject in mobjects]
        complete = all(is_known(kind, *OUTLINE) for kind in {*map(type, mobjects)})
        self.content = (view, fingerprints) if complete else None
        if not self.paints:
            self._camera.check(mobjects)
            return self._everything()
        view = view or self._view
        old, known = self._items or [], self._items is not None and view == self._view
        pairs = _pairs(old, mobjects, fingerprints) if known else []
        kept = {k for k, _ in pairs}
        gone = [item for k, item in enumerate(old) if k not in kept]
        last = {id(item.mobject): item for item in gone}
        self._items, self._view = None, view  # until the drawing is complete
        reused = {new: old[k] for k, new in pairs}
        items: list[Item] = []
        for k, mobject in enumerate(mobjects):
            item, before = reused.get(k), last.get(id(mobject))
            if item is None:
                matrix = context.get_matrix()
                item = self._item(mobject, fingerprints[k], matrix, before, known)
            item.mobject = mobject
            items.append(item)
        fresh = [item for k, item in enumerate(items) if k not in reused]
        changed = _changed(below, gone + fresh) if known else self._everything()
        appended = known and not below and pairs == [(k, k) for k in range(len(old))]
        todo = items[len(old) :] if appended else self._restored(base, changed, items)
        for item in todo:
            if item.tiles is not None:
                item.paint(self._camera, context)
        self._items = items
        return changed

    def draw_by_manim(self, base: Frame, mobjects: Iterable[Mobject]) -> Region:
        """As `draw`, for mobjects of any type: manim's own functions paint everything."""
        camera = self._camera
        self.forget()
        if not self.paints:
            return self._everything()
        self.pixels[...] = base
        camera.check(mobjects)
        with camera.drawing():
            for kind, group in groupby(mobjects, camera.type_or_raise):
                camera.display_funcs[kind](list(group), self.pixels)
        return self._everything()

    def _everything(self) -> Region:
        return Region(self._page.width, self._page.height, full=True)

    def _item(
        self,
        mobject: VMobject,
        fingerprint: Fingerprint,
        matrix: Any,
        before: Item | None,
        known: bool,
    ) -> Item:
        """The item of `mobject`. It reuses what is still valid of `before`, its last item."""
        parts = visible_parts(mobject)
        if before is not None and before.fingerprint.shape != fingerprint.shape:
            before = None  # its path and mask are those of another shape
        if before is not None and known and before.parts == parts:
            return before.recoloured(fingerprint)
        self._camera.check([mobject])
        tiles = extent_of(mobject, parts, matrix, self._camera, self._page)
        return Item(mobject, fingerprint, parts, tiles, None if before is None else before.path)

    def _restored(self, base: Frame, changed: Region, items: list[Item]) -> list[Item]:
        """Restore the base where needed; return the items that must be painted again."""
        region = changed.copy()
        touched = _spread(region, items) if region else []
        for left, top, right, bottom in region.rectangles():
            self.pixels[top:bottom, left:right] = base[top:bottom, left:right]
        return touched


def _view(context: Any, camera: CheckedCamera) -> tuple[float, ...]:
    """What brings the scene's coordinates to the pixels, and the width of a line of width 1."""
    matrix, line = context.get_matrix(), camera.cairo_line_width_multiple
    return (matrix.xx, matrix.yx, matrix.xy, matrix.yy, matrix.x0, matrix.y0, line)


def _changed(below: Region, unpaired: list[Item]) -> Region:
    """The tiles where the base changed, and those of unpaired items, old and new."""
    changed = below.copy()
    for item in unpaired:
        if item.tiles is not None:
            changed.mask[item.tiles] = True
    return changed


def _spread(region: Region, items: list[Item]) -> list[Item]:
    """Grow `region` until no item is partly inside; return the items inside."""
    mask = region.mask
    inside: set[int] = set()
    waiting = [(k, item.tiles) for k, item in enumerate(items) if item.tiles is not None]
    while True:
        touched = {k for k, tiles in waiting if mask[tiles].any()}
        if not touched:
            return [item for k, item in enumerate(items) if k in inside]
        for k, tiles in waiting:
            if k in touched:
                mask[tiles] = True
        inside |= touched
        waiting = [pair for pair in waiting if pair[0] not in touched]


def _pairs(old: list[Item], mobjects: Sequence[Mobject], fingerprints: list[Fingerprint]) -> Pairs:
    """Indices of equal old and new items, increasing on both sides.

    Every such pairing is correct, since unpaired items are painted again. Mobjects are compared by
    their fingerprints, so a copy equals its original.
    """
    before = [item.fingerprint for item in old]
    same = len(old) == len(mobjects) and all(
        item.mobject is mobject for item, mobject in zip(old, mobjects, strict=True)
    )
    if same:
        return [(k, k) for k, fingerprint in enumerate(fingerprints) if fingerprint == before[k]]
    blocks = SequenceMatcher(None, before, fingerprints, autojunk=False).get_matching_blocks()
    return [(a + k, b + k) for a, b, size in blocks for k in range(size)]
