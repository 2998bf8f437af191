"""The film `cost-function`: squares on the residuals, columns and their mean, the bowl."""
