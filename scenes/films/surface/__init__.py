"""The film `surface`: the map lifted to its heights, and the descents on it."""
