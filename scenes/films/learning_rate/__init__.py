"""The film `learning-rate`: the ruler of rates, their regimes, a valley for each."""
