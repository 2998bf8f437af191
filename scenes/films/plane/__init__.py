"""The film `plane`: an update of (w, b) with its numbers."""
