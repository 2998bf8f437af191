"""Axes, and what is drawn on them: data, charts, contours, arrow heads and beads."""
