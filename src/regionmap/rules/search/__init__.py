"""Find provisions by words and by facets."""
