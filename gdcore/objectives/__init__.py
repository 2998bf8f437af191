"""Objectives beyond least squares: curves of one weight, a logistic loss, two neurons."""
