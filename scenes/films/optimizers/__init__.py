"""The film `optimizers`: the arena, the racers on it, their names and their tables."""
