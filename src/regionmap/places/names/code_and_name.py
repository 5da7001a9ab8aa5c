"""A code and a name that stand in one row: which of them tells more, and whether they speak of two places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from regionmap.errors import InputError
from regionmap.model import Unit
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError, UnknownPlaceNameError
from regionmap.places.names import former
from regionmap.places.names.gazetteer import Gazetteer

_NO_UNIT_CODE = re.compile(r"(?:11|12|31|50)0[12]00|\d\d9000")
"""市辖区 of a municipality, and 省直辖县级行政区划."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to read of a row: its code or its name. ``two_places``: the two do not speak of one place."""

    said: str
    two_places: bool


def choose(gazetteer: Gazetteer, code: str, name: str) -> Choice:
    """Return what tells more of a code and a name: the smaller unit, or of two places the code.

    The name is taken where an older table gave its place this code (410307 and 洛龙区): both are right, but whoever
    takes the code for today's must be told.
    """
    if _NO_UNIT_CODE.fullmatch(code):
        return Choice(name, two_places=False)
    held = former.by_code().get(code, ())
    if any(code in one.now and name.endswith(one.name) for one in held):
        return Choice(code, two_places=False)  # 130602 is 竞秀区 and was 新市区, though 乌鲁木齐 has one today
    units, named = _meant(gazetteer, code), _meant(gazetteer, name)
    if units and not named:
        return Choice(code, two_places=_elsewhere(gazetteer, units, name))
    if not units or not named or _within(gazetteer, units, named):
        return Choice(code, two_places=False)
    if _within(gazetteer, named, units):
        return Choice(name, two_places=False)
    held_before = {now for one in held for now in one.now}
    by_name = all(unit.code in held_before for unit in named)
    return Choice(name if by_name else code, two_places=True)


def _meant(gazetteer: Gazetteer, said: str) -> tuple[Unit, ...]:
    """Return the units of a code or a name, none where it has no plain meaning."""
    try:
        return gazetteer.resolve_places(said)[0]
    except InputError:
        return ()


def _elsewhere(gazetteer: Gazetteer, units: tuple[Unit, ...], name: str) -> bool:
    """Whether a name without one plain meaning has several, and none is the place of the code: 加格达奇区 at 232701."""
    try:
        gazetteer.resolve_places(name)
    except AmbiguousPlaceError as error:
        candidates = error.candidates
    except UnknownPlaceError as error:
        candidates = error.suggestions if not isinstance(error, UnknownPlaceNameError) else ()
    except InputError:
        return False
    else:
        return False
    found = tuple(gazetteer.unit(code) for code in candidates)
    return bool(found) and not any(_within(gazetteer, (one,), units) for one in found)


def _within(gazetteer: Gazetteer, units: tuple[Unit, ...], outer: tuple[Unit, ...]) -> bool:
    """Tell whether all units are or lie in some of the others."""
    codes = {one.code for one in outer}
    return all(unit.code in codes or any(one.code in codes for one in gazetteer.ancestors(unit.code)) for unit in units)
