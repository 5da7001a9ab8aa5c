"""Units as they were on a day of the past: prefectures that are gone (莱芜市), and what others were called then.

A prefecture that is gone stands under its own code of then. One that was only renamed, or made a city (襄樊市,
毕节地区), is the same place: it keeps the code of today, by which rules and boundaries know it, and bears its name and
level of the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from regionmap.model import Level, Unit
from regionmap.places.changes import ChangeKind
from regionmap.places.names import spelling
from regionmap.places.names.former import FormerUnit, by_name, former_units
from regionmap.places.names.past_hierarchy import PastHierarchies
from regionmap.unit_table import former_text, past_name

_SAME_PLACE = frozenset({ChangeKind.RENAMED.value, ChangeKind.UPGRADED.value})


@dataclass(frozen=True, slots=True)
class GonePrefecture:
    """A prefecture that was dissolved; ``until`` is the first day without it. ``counties`` are codes of today."""

    unit: Unit
    until: dt.date
    counties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Before:
    """What a unit of today was until a day: ``code`` is its code then, that of today where it had the same."""

    until: dt.date
    code: str
    name: str


class PastUnits:
    """Knows the prefectures that are gone and the former names of those of today."""

    def __init__(self, units: Mapping[str, Unit], past: PastHierarchies) -> None:
        """Keep the units of today and the hierarchies of the past; tables are read when they are asked for."""
        self._units, self._past = units, past

    @cached_property
    def gone(self) -> Mapping[str, GonePrefecture]:
        """The prefectures that are gone, by their codes of then; those that held units of today."""
        if not self._past.gone:
            return {}
        told = {one.code: one for one in reversed(former_units()) if one.code in self._past.gone}
        return {code: self._gone(one, self._past.gone[code]) for code, one in sorted(told.items())}

    def _gone(self, one: FormerUnit, until: dt.date) -> GonePrefecture:
        counties = self._past.of(one.code).lowest(one.code)
        held = [self._units[code] for code in counties]
        lon, lat = (sum(place) / len(held) for place in zip(*((unit.lon, unit.lat) for unit in held), strict=True))
        middle = min(held, key=lambda unit: (unit.lon - lon) ** 2 + (unit.lat - lat) ** 2)
        province = f"{one.code[:2]}0000"
        short = spelling.bare(one.name) or one.name
        unit = Unit(
            one.code, one.name, short, self._english(short, held), Level.PREFECTURE, province, middle.lon, middle.lat
        )
        return GonePrefecture(unit, until, counties)

    def _english(self, short: str, held: Sequence[Unit]) -> str:
        """Return the English name of a prefecture by that of the county that bears its name today."""
        named = next((unit for unit in held if unit.short_name == short or spelling.bare_name(unit) == short), None)
        if named is None:
            return past_name(short) or short
        return named.name_en.rpartition(" ")[0] or named.name_en

    def gone_on(self, day: dt.date) -> tuple[Unit, ...]:
        """Return the prefectures that there were on a day and that are gone today."""
        return tuple(one.unit for one in self.gone.values() if day < one.until)

    def as_of(self, unit: Unit, day: dt.date) -> Unit:
        """Return a unit of today with its name and level of a day; the code stays that of today."""
        before = self._before_on(unit.code, day)
        if before is None:
            return unit
        level = Level.PREFECTURE if before.code.endswith("00") else Level.COUNTY
        bare = spelling.bare(before.name) or before.name
        name_en = unit.name_en if bare == unit.short_name else former_text(before.name, (unit.code,)).en
        return replace(unit, name=before.name, short_name=bare, name_en=name_en, level=level)

    def county_called(self, unit: Unit, day: dt.date) -> FormerUnit | None:
        """Return the county that bore the name of a prefecture of today on a day: 毕节市 was one until 2011."""
        if unit.level is not Level.PREFECTURE or unit.code in self.gone:
            return None
        held = (one for one in by_name().get(unit.name, ()) if one.code and not one.code.endswith("00"))
        return next(
            (one for one in held if one.until is not None and day < one.until and unit.code not in one.now), None
        )

    def code_on(self, code: str, day: dt.date) -> str:
        """Return the code that a unit of today had on a day: 毕节市 had 522400 in 2010; a code that is gone stays."""
        before = self._before_on(code, day)
        return before.code if before is not None else code

    def _before_on(self, code: str, day: dt.date) -> _Before | None:
        return next((one for one in self._before.get(code, ()) if day < one.until), None)

    @cached_property
    def _before(self) -> Mapping[str, tuple[_Before, ...]]:
        """What prefectures of today were before, the oldest first."""
        found: dict[str, list[_Before]] = {}
        for one in former_units():
            for code in self._renamed(one):
                assert one.until is not None  # noqa: S101  (``_renamed`` leaves out what has no date)
                found.setdefault(code, []).append(_Before(one.until, one.code or code, one.name))
        return {code: tuple(sorted(held, key=lambda one: one.until)) for code, held in found.items()}

    def _renamed(self, one: FormerUnit) -> Iterator[str]:
        """Yield the prefecture of today that a former unit is, if it is one."""
        if one.until is not None and len(one.now) == 1 and one.kind.value in _SAME_PLACE:
            unit = self._units.get(one.now[0])
            if unit is not None and unit.level is Level.PREFECTURE:
                yield unit.code
