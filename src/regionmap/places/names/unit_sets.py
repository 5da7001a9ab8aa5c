"""Areas as sets of units that can be compared and drawn: prefecture-level units, and counties beyond them."""

from __future__ import annotations

import datetime as dt

from regionmap.model import Level
from regionmap.places.names.gazetteer import Gazetteer


def units_in(gazetteer: Gazetteer, area: frozenset[str], on: dt.date | None = None) -> frozenset[str]:
    """Return the prefecture-level units that lie wholly in an area, and the counties that it names beyond them.

    A list may name a province, its cities or a county: 江苏省 and its thirteen cities give the same set.

    Args:
        gazetteer: the units.
        area: codes of units.
        on: a day; with it, the prefectures that there were then, by the counties that they held then.
    """
    tree = gazetteer.on(on) if on is not None else gazetteer
    whole = {one.code for one in gazetteer.prefecture_level_units(on) if tree.within(one.code, area) == "whole"}
    counties = {code for code in area if gazetteer.unit_ever(code).level is Level.COUNTY}
    return frozenset(whole | {code for code in counties if gazetteer.prefecture_level(code, on).code not in whole})
