"""The film `landscape`: many starts, two valleys; then slices of two losses on real numbers."""
