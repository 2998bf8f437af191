"""The descent of one weight: its parabolas, the walking point, the update rule, the outcome."""
