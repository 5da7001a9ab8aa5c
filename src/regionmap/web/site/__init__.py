"""The site check."""
