"""The film `gradient`: the slope on its hill, its derivation, the step and its rule."""
