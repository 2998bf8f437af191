"""The film `cost-function`: squares on the residuals, levels that even out, the bowl."""
