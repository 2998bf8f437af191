"""Decks: films as slides, for PowerPoint and for the browser."""
