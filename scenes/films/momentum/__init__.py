"""The film `momentum`: what a velocity remembers, and where on the plane (α, β) it is fastest."""
