"""Layers as OGC API Features: a folder that pygeoapi serves as it is, and the provider that reads it."""
