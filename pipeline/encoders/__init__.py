"""From frames to a file: one encoder for each format, all with the same small protocol."""
