"""What the catalogue says about places: check (a verdict), lookup (all about a place)."""
