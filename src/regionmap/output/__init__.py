"""Answers and layers as JSON, tables, files and maps."""
