"""Descents that do not settle because of noise: the region of confusion, bands and clouds."""
