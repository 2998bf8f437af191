"""What must be known of a film to list, check and trace it. Imports no manim.

A plan (scenes/films/…/plan.py) makes a `Film`, its entry in the catalogue. `Lesson` holds what is
taught, `Telling` how it is told; their fields declare the knobs. Here are also the themes, and the
descents and data that several plans share.
"""
