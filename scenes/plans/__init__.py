"""What each film needs to be listed, checked and traced, one file a film. Imports no manim.

A plan holds the film's entry in the catalogue (`FILM`), the traces that it draws, and a check that
refuses knobs which make no sense for it.
"""
