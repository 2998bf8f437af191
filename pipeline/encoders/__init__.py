"""From frames to a file: one encoder for each format, all behind one small protocol."""
