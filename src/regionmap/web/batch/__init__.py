"""The batch page."""
