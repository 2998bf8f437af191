"""What must be known of a film to list, check and trace it. Imports no manim.

`Film` is an entry of the catalogue, `Lesson` what one may choose of it; besides the descents, data
and refusals that the plans of several films share.
"""
