"""The film `mini-batch`: a batch size that spends its budget, and the conclusion."""
