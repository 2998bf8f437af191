"""Smaller pictures of a deck: what is printed loses nothing, what is seen for a moment a little."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from pipeline.files.pictures import as_preview, as_webp


def test_webp_of_a_picture(tmp_path: Path) -> None:
    """A gradient with sharp and soft edges, 321 × 180 pixels: the width is odd."""
    x, y = np.meshgrid(np.linspace(0, 255, 321), np.linspace(0, 255, 180))
    disc = 255 * np.clip(60 - np.hypot(x - 128, y - 128), 0, 1)
    pixels = np.dstack([x, y, disc]).astype(np.uint8)
    path = tmp_path / "drawn.png"
    Image.fromarray(pixels).save(path)
    exact = np.asarray(Image.open(io.BytesIO(as_webp(path))))
    assert exact.shape == pixels.shape and (exact == pixels).all()
    preview = Image.open(io.BytesIO(as_preview(path)))
    assert preview.format == "WEBP" and preview.size == (107, 60)
    wide = np.asarray(preview.resize((321, 180)), float)
    assert 10 * np.log10(255**2 / np.mean((wide - pixels) ** 2)) > 25
