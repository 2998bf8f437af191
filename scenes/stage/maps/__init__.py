"""The descent of two weights: the map of the cost, trails and arrows on it, the verdicts."""
