"""What single films study: what rules remember, how fast momentum is, what scaling does."""
