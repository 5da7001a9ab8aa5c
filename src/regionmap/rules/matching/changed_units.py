"""Which changes of administrative units concern a place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from regionmap.model import Level, Unit
from regionmap.places.changes import UnitChange, all_changes
from regionmap.places.names.gazetteer import Gazetteer


def touching(gazetteer: Gazetteer, places: Sequence[Unit]) -> list[UnitChange]:
    """Return the changes of the places, of units that hold or lie in them, and of units that joined or left them.

    Provinces are left out: no change of the table crosses their boundaries.
    """
    below_province = [one for one in places if one.level is not Level.PROVINCE]
    made, neighbours = _by_code()
    found: set[int] = set()
    for one in below_province:
        found.update(neighbours.get(one.code, ()), made.get(one.code, ()))
        for above in gazetteer.ancestors(one.code):
            found.update(made.get(above.code, ()))
    changes = all_changes()
    return [changes[number] for number in sorted(found)]


def changes_of(gazetteer: Gazetteer, places: Sequence[Unit]) -> frozenset[tuple[str, str, str, bool]]:
    """Return the changes that concern places, each with whether it made one of them or a unit that holds one.

    Args:
        gazetteer: the units.
        places: units that are taken as one area.
    """
    own = {unit.code for one in places for unit in (one, *gazetteer.ancestors(one.code))}
    return frozenset(
        (one.date, one.number, one.old_name, not own.isdisjoint(one.new_codes)) for one in touching(gazetteer, places)
    )


@cache
def _by_code() -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return the numbers of the changes by the units that they made, and that were joined, left or dissolved."""
    made: dict[str, list[int]] = {}
    neighbours: dict[str, list[int]] = {}
    for number, one in enumerate(all_changes()):
        for code in one.new_codes:
            made.setdefault(code, []).append(number)
        for code in dict.fromkeys((*one.new_parents, one.old_parent, *filter(None, [one.old_code]))):
            neighbours.setdefault(code, []).append(number)
    return made, neighbours
