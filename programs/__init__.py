"""The lecture's programs: their text, what they do line by line, and what they print."""
