"""The film `compare`: the runners, their charts and counts, and the conclusion."""
