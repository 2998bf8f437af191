"""The film `scaling`: why inputs are standardised, on the data plot and on the map at once."""
