"""The film `sgd`: the charts of its losses, its noise beat, its conclusions."""
