"""Which places always get the same answer, so that one of them can be asked for all: for screening a million sites.

The answer to a question depends on the place only through what the rules hold it against:

* whether its province is one that the loaded documents do not address;
* in which areas it lies: an area is a set of codes, and a unit without units below it lies in an area or does not, by
  its own code and the codes above it;
* whether it lies within the distances to another province that rules ask for, wholly, in part or not;
* whether an open list (等) that does not print it names others of its province;
* which changes of units touch it, and which of them made the unit itself or one that holds it.

So two such units that agree in all of these get the same ruling, the same provisions with the same numbers and the same
kinds of caveats, whatever the industry, the action and the date. Only names of places inside the texts differ, and what
is known of a point alone: how far it is to the next county with another answer, or to another province.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.changed_units import touching
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.matching.validity import all_change_dates

__all__ = ["EquivalenceClasses", "all_change_dates", "changes_of", "place_class"]


class EquivalenceClasses(Mapping[str, int]):
    """The class of every unit without units below it, by code; classes are numbered by their first code.

    ``representative`` has, for each class, the first of its codes: its answer stands for all of them. ``coarse`` has,
    for each class, the first one that only rules by distance to another province tell apart from it: for questions
    that meet no such rule its answer stands for both.
    """

    def __init__(self, classes: Mapping[str, int], representative: tuple[str, ...], coarse: tuple[int, ...]) -> None:
        """Keep the classes; see ``place_class``."""
        self._classes = classes
        self.representative = representative
        self.coarse = coarse

    def __getitem__(self, code: str) -> int:
        """Return the class of a unit."""
        return self._classes[code]

    def __iter__(self) -> Iterator[str]:
        """Go through the codes in their order."""
        return iter(self._classes)

    def __len__(self) -> int:
        """Return how many units there are (not how many classes)."""
        return len(self._classes)


def place_class(catalogue: Catalogue, gazetteer: Gazetteer) -> EquivalenceClasses:
    """Return the class of every lowest unit: two units of one class get the same answer on all questions and dates.

    Same are the ruling, the provisions that bind, those that decide and those not in force, their numbers, and the
    kinds of caveats. Texts may name the place. A unit that has others below it is in no class.
    """
    areas = RuleIndex.of(catalogue, gazetteer).areas
    classes: dict[str, int] = {}
    numbers: dict[Hashable, int] = {}
    representative: list[str] = []
    coarse: list[int] = []
    coarser: dict[Hashable, int] = {}
    for code, unit in gazetteer.by_code.items():
        if gazetteer.children(code):
            continue
        changes = changes_of(gazetteer, [unit])
        signature = (areas.key(unit), changes)
        if signature not in numbers:
            numbers[signature] = len(representative)
            representative.append(code)
            coarse.append(coarser.setdefault((areas.signature_by_lists(unit), changes), numbers[signature]))
        classes[code] = numbers[signature]
    return EquivalenceClasses(classes, tuple(representative), tuple(coarse))


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
