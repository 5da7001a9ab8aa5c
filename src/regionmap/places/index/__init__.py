"""From points to counties, and how far other counties and provinces are, on the true boundaries."""
