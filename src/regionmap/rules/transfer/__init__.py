"""Where could it go: destinations that documents and lists guide an industry to."""
