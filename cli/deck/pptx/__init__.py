"""Decks for PowerPoint. python-pptx builds the file; how a clip starts is written here."""
