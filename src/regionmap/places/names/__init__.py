"""Names and codes of administrative units: reading them, finding them, offering near ones."""
