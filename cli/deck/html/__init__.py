"""Decks for the browser: reveal.js turns the slides, `deck.js` plays their clips."""
