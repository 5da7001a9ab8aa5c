"""Layers to files: one writer a format, whole or not at all, every file with a note of what it is."""

from regionmap.output.formats.rfc7946 import geojson
from regionmap.output.formats.write import DEFAULT_ENDINGS, ENDINGS, write_layer

__all__ = ["DEFAULT_ENDINGS", "ENDINGS", "geojson", "write_layer"]
