"""The mean of samples' losses, and what is not least squares: curves, logistic, two neurons."""
