"""The film `gradient`: the slope on the parabola, its derivation, the step and its rule."""
