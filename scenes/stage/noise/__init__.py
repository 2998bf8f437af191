"""Walks that noise keeps from settling: the region of confusion, bands and clouds."""
