"""The kinds of places of screening, of every lowest unit, for tests that hold them against single answers."""

from __future__ import annotations

import numpy as np

from regionmap.api import Regionmap
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.screening.place_kinds import PlaceKinds


class PlaceClasses(dict[str, int]):
    """The kind of every lowest unit, by code; of each kind the first code, and the first kind with the same lists."""

    representative: tuple[str, ...]
    coarse: tuple[int, ...]


def place_classes(rm: Regionmap) -> PlaceClasses:
    """Return the kinds of all lowest units."""
    codes = [code for code in rm.gazetteer.by_code if not rm.gazetteer.children(code)]
    kinds = PlaceKinds(rm.gazetteer, RuleIndex.of(rm.catalogue, rm.gazetteer).areas, [(rm.unit(one),) for one in codes])
    every = np.arange(len(codes))
    found, coarse = (kinds.of(every, np.full(len(codes), by_distance)).tolist() for by_distance in (True, False))
    classes = PlaceClasses(zip(codes, found, strict=True))
    classes.representative = tuple(units[0].code for (units) in kinds.units)
    by_kind = dict(zip(found, coarse, strict=True))
    classes.coarse = tuple(by_kind[kind] for kind in range(kinds.count))
    return classes
