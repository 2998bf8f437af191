"""How a descent of one weight went: the stage's name for :mod:`gdcore.outcome`."""

from gdcore.outcome import HALF, Outcome, outcome

__all__ = ["HALF", "Outcome", "outcome"]
