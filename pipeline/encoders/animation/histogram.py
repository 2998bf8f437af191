"""For how many pixels and frames each colour of a film is seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Colours = npt.NDArray[np.uint32]
"""Pixels as numbers of four bytes: red is the lowest, alpha the highest."""

Weights = npt.NDArray[np.int64]


class Histogram:
    """Distinct `colours` in increasing order, and the sum of the `weights` added for each."""

    def __init__(self) -> None:
        self.colours: Colours = np.zeros(0, np.uint32)
        self.weights: Weights = np.zeros(0, np.int64)

    def count(self, pixels: Colours, weight: int) -> None:
        """Add `weight`, which may be negative, for each of `pixels`."""
        colours, counts = np.unique(pixels, return_counts=True)
        self.add(colours, counts * weight)

    def add(self, colours: Colours, weights: Weights) -> None:
        """Add a weight for each of `colours`."""
        every = np.concatenate([self.colours, colours])
        amounts = np.concatenate([self.weights, weights])
        self.colours, places = np.unique(every, return_inverse=True)
        self.weights = np.zeros(len(self.colours), np.int64)
        np.add.at(self.weights, places, amounts)
