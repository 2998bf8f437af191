"""The film `batch`: full-batch gradient descent."""
