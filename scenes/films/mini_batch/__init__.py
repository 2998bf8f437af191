"""The film `mini-batch`: batch sizes that spend one budget, and the conclusion."""
