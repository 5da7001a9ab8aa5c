"""Layers: rows with true boundaries, for files."""
