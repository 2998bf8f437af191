"""The film `noise-ball`: the spread over the learning rate."""
