"""Names and shapes of units for the maps of the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from regionmap.api import Regionmap
from regionmap.model import Level, Unit
from regionmap.output import display
from regionmap.output.maps import Label
from regionmap.places.names.gazetteer import MUNICIPALITIES


def name(unit: Unit, language: str) -> str:
    """Return a unit's name in one language."""
    return unit.name_en if language == "en" else unit.name


def own_province(rm: Regionmap, code: str) -> Unit | None:
    """Return the province that a unit lies in, None for a province."""
    province = rm.gazetteer.province(code)
    return province if province.code != code else None


def drawn_code(rm: Regionmap, code: str, on: dt.date | None = None) -> str:
    """Return the code of the area on the national map of a day that a unit lies in, empty for a province of many."""
    unit = rm.gazetteer.unit_ever(code)
    if unit.level is Level.PROVINCE and code not in MUNICIPALITIES and rm.gazetteer.children(code):
        return ""
    return rm.gazetteer.prefecture_level(code, on).code


def province_bounds(province: str) -> display.Bounds | None:
    """Return the bounds of a province, None for none."""
    return display.bounds([province]) if province else None


def label_of(rm: Regionmap, words: str, codes: Iterable[str]) -> Label:
    """Return a name at the middle of its units: the median, so that a far unit does not draw it away."""
    held = [rm.gazetteer.unit_ever(code) for code in codes]
    lons, lats = sorted(one.lon for one in held), sorted(one.lat for one in held)
    return Label(words, lons[len(lons) // 2], lats[len(lats) // 2])
