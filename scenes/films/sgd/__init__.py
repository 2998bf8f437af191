"""The film `sgd`: the charts of its losses, its section about noise, its conclusions."""
