"""What must be known of a film to list, check and trace it. Imports no manim.

A plan (scenes/films/…/plan.py) makes a `Film`, its entry. `Lesson` is what may be chosen of what it
teaches, `Telling` of how it is told; their fields declare the knobs. Besides there are the
descents and data that several plans share, and the themes.
"""
