"""What every film stands on: themes, layout, text, numbers, formulas, motion, time."""
