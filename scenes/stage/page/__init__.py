"""What every film uses: layout, text, numbers, formulas, motion, time."""
