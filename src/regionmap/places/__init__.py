"""Places: administrative units and their names, datums, point → county, areas.

``gazetteer`` and ``names`` need the standard library alone; ``locate`` and ``area`` load the true boundaries.
"""
