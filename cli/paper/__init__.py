"""What is printed: handouts."""
