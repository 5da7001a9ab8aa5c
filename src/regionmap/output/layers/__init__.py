"""Layers: rows with true boundaries, for files."""

from regionmap.output.layers.build import make_layer

__all__ = ["make_layer"]
