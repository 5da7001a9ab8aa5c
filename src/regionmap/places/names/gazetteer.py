"""Administrative units by code and by name: the hierarchy of provinces, prefectures and counties.

Needs the standard library alone, so that a question by name never waits for the boundaries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from regionmap.errors import InputError
from regionmap.i18n import joined, t
from regionmap.model import Level, Text, Unit
from regionmap.places.changes import all_changes
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.places.index.province_lines import ProvinceLines
from regionmap.places.names.hierarchy import Hierarchy
from regionmap.places.names.past_hierarchy import PastHierarchies
from regionmap.places.names.past_units import GonePrefecture, PastUnits
from regionmap.places.names.resolver import NameResolver
from regionmap.places.names.spelling import shown
from regionmap.unit_table import printed_name, read_units

R = TypeVar("R")
UnitOrUnits = TypeVar("UnitOrUnits", Unit, tuple[Unit, ...])

MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
"""直辖市: 北京, 天津, 上海, 重庆."""


@dataclass(frozen=True)
class Gazetteer:
    """All administrative units, read once and never changed. ``by_code`` is in the order of the codes.

    ``lines`` is the table of distances to other provinces; without one, the bundled table is read when it is asked for.
    """

    by_code: Mapping[str, Unit]
    lines: ProvinceLines | None = None

    @classmethod
    def load(cls, path: Path | None = None) -> Gazetteer:
        """Read units.csv (UTF-8; code, name, short_name, name_en, level, parent, lon, lat).

        Raises:
            InputError: the file cannot be read or has other columns; a level is none, a parent is missing.
        """
        return cls(read_units(path))

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[dict[str, Unit], ProvinceLines | None]]:
        """Return what makes a copy: what was worked out from the units is made again."""
        return Gazetteer, (dict(self.by_code), self.lines)

    @cached_property
    def province_lines(self) -> ProvinceLines:
        """How far the lowest units lie from other provinces."""
        return self.lines or ProvinceLines.load()

    @cached_property
    def _today(self) -> Hierarchy:
        return Hierarchy({code: unit.parent for code, unit in self.by_code.items()})

    @cached_property
    def past(self) -> PastHierarchies:
        """Which unit lay in which on days of the past; the table of changes is read when it is asked for."""
        return PastHierarchies(self.by_code, self._today, all_changes())

    @cached_property
    def past_units(self) -> PastUnits:
        """The prefectures that are gone, and what units of today were called before."""
        return PastUnits(self.by_code, self.past)

    def on(self, day: dt.date) -> Hierarchy:
        """Return which unit lies in which on a day: 莱芜区 lies in 济南市 since 2019-01-09.

        Prefectures that are gone stand in it by their codes of then (371200), see ``past_units``.
        """
        return self.past.on(day)

    @cached_property
    def _names(self) -> NameResolver:
        return NameResolver(self)

    def unit(self, code: str) -> Unit:
        """Return the unit of an adcode.

        Raises:
            UnknownPlaceError: no unit has this code; the message offers the units around it.
        """
        unit = self.by_code.get(code)
        if unit is None:
            raise self._names.unknown_code(code)
        return unit

    def unit_ever(self, code: str) -> Unit:
        """Return the unit of an adcode, or the prefecture that had it and is gone (371200: 莱芜市).

        Raises:
            UnknownPlaceError: as ``unit``.
        """
        gone = None if code in self.by_code else self._gone(code)
        return self.unit(code) if gone is None else gone.unit

    def unit_on(self, code: str, day: dt.date) -> Unit:
        """Return the unit of an adcode as rules judge it on a day: one of today, or a prefecture that there was then.

        Raises:
            UnknownPlaceError: as ``unit``.
        """
        gone = None if code in self.by_code else self._gone(code)
        return gone.unit if gone is not None and day < gone.until else self.unit(code)

    def _gone(self, code: str) -> GonePrefecture | None:
        return self.past_units.gone.get(code)

    def resolve(self, text: str) -> Unit:
        """Return the unit that a name or an adcode means: 130600, 保定市, 保定, 河北保定, Baoding, "Baoding, Hebei".

        Raises:
            AmbiguousPlaceError: several units have the name; the message lists them with their codes.
            UnknownPlaceError: none has it; the message offers the nearest names.
            InputError: nothing, or more than a name, is given.
        """
        return self.resolve_with_note(text)[0]

    def resolve_with_note(self, text: str, on: dt.date | None = None) -> tuple[Unit, Text | None]:
        """Return the unit, and a note where the name may also mean another unit or has changed.

        Args:
            text: a name or an adcode.
            on: the day that is asked about: a name or a code that was a prefecture's then (巢湖市 before 2011-08-22)
                means that; without one, names are read as they are today.

        Raises:
            InputError: as ``resolve``.
        """
        return self._dated(text, on, self._names.resolve)

    def resolve_places(self, text: str, on: dt.date | None = None) -> tuple[tuple[Unit, ...], Text | None]:
        """Return the unit that a text means, or all units that a unit of the past is today (371200: two districts).

        The note says what was merged, split, moved or renamed, or what else the name may mean. ``on`` as in
        ``resolve_with_note``: on a day on which it was a prefecture, 371200 is that one unit.

        Raises:
            InputError: as ``resolve``.
        """
        units, note = self._dated(text, on, self._names.resolve_several)
        return ((units,) if isinstance(units, Unit) else units), note

    def was_elsewhere(self, units: Iterable[Unit]) -> bool:
        """Tell whether some of the units lay in a prefecture that is gone: only their names may have meant it."""
        return any(unit.code in self._of_gone for unit in units)

    @cached_property
    def _of_gone(self) -> frozenset[str]:
        return frozenset(code for one in self.past_units.gone.values() for code in one.counties)

    def _dated(
        self, text: str, on: dt.date | None, resolve: Callable[[str], tuple[UnitOrUnits, Text | None]]
    ) -> tuple[UnitOrUnits | Unit, Text | None]:
        """Return what a name meant on a day, where it was a prefecture that is gone, or what it means today."""

        def read(asked: str) -> tuple[UnitOrUnits | Unit, Text | None]:
            if on is None or on >= self._last_gone:
                return resolve(asked)
            try:
                today = resolve(asked)
            except (AmbiguousPlaceError, UnknownPlaceError):
                then = self._then(asked, on)  # 341400 is five counties of today, of which a reader would have to choose
                if then is None:
                    raise
                return then
            units = (today[0],) if isinstance(today[0], Unit) else today[0]
            return (self._then(asked, on) if self.was_elsewhere(units) else None) or today

        found, note = _read(read, text)
        unit = found if isinstance(found, Unit) else found[0]
        if note is None and on is not None and unit.name in text and f"地级{unit.name}" not in text:
            note = self._county_called_so(text, unit, on)
        return found, note

    @cached_property
    def _last_gone(self) -> dt.date:
        """The first day on which no prefecture is left that is gone today."""
        return max(self.past.gone.values(), default=dt.date.min)

    @cached_property
    def _gone_names(self) -> NameResolver:
        """The names of prefectures that are gone, alone or behind those of their provinces."""
        gone = {code: one.unit for code, one in self.past_units.gone.items()}
        return NameResolver(Gazetteer({one.code: one for one in self.units(Level.PROVINCE)} | gone))

    def _then(self, asked: str, on: dt.date) -> tuple[Unit, Text] | None:
        gone = self.gone_called(asked)
        if gone is None or on >= gone.until:
            return None
        unit, counties = gone.unit, joined([self._text(code) for code in gone.counties])
        return unit, t(
            "{asked} is taken as the prefecture that there was on {day}: {unit}, with what are {counties} today.",
            asked=shown(asked), day=on.isoformat(), unit=self.label(unit.code), counties=counties,
        )  # fmt: skip

    def _county_called_so(self, asked: str, unit: Unit, on: dt.date) -> Text | None:
        """Return a note where a name that is taken as a prefecture was a county's on the day: 毕节市 in 2010."""
        before = self.past_units.county_called(unit, on)
        if before is None:
            return None
        return t(
            "{asked} is taken as {chosen}; on {day} a county-level city was called so: {what}",
            asked=shown(asked), chosen=self.label(unit.code), day=on.isoformat(), what=before.what(self.by_code),
        )  # fmt: skip

    def _text(self, code: str) -> Text:
        return Text(self.by_code[code].name, self.by_code[code].name_en)

    def at_head(self, address: str) -> tuple[Unit, ...]:
        """Return the unit at the head of an address, 河北省保定市莲池区…: see ``AddressHeads.read``.

        Raises:
            InputError: no unit stands there, several may be meant, or it is a province that has prefectures.
        """
        return _read(self._names.address_heads.read, address)

    def gone_called(self, text: str) -> GonePrefecture | None:
        """Return the prefecture that is gone whose name or code a text is: 莱芜市, 山东莱芜, Laiwu, 371200.

        Raises:
            InputError: nothing, or more than a name, is given.
        """
        held = [code for code in self._gone_names.codes(text) if code in self.past.gone]
        return self._gone(held[0]) if len(held) == 1 else None

    def gone_at_head(self, address: str) -> GonePrefecture | None:
        """Return the prefecture that is gone whose name stands last at the head of an address. Never raises."""
        held = [code for code in sorted(self._names.address_heads.codes_then(address)) if code in self.past.gone]
        return self._gone(held[0]) if len(held) == 1 else None

    def search(self, text: str, limit: int = 20) -> tuple[Unit, ...]:
        """Return units whose names or codes begin with, then contain, the text: for a picker. Never raises."""
        return self._names.search(text, limit)

    def label(self, code: str) -> Text:
        """Return name, unit above and code as lists of candidates print them: 朝阳区（北京市）110105."""
        unit = self.unit_ever(code)
        above = self.by_code[unit.parent] if unit.parent else None
        return Text(
            f"{unit.name}{f'（{above.name}）' if above is not None else ' '}{unit.code}",
            f"{unit.name_en}{f' ({above.name_en})' if above is not None else ''} {unit.code}",
        )

    def printed(self, words: str, codes: Sequence[str]) -> Text:
        """Return a place as a document prints it; in English the name of the unit, where it prints one unit's name."""
        return printed_name(words, codes)

    def units(self, level: Level | None = None) -> tuple[Unit, ...]:
        """Return all units, or those of one level, in the order of their codes."""
        return tuple(unit for unit in self.by_code.values() if level is None or unit.level is level)

    def parent(self, code: str) -> Unit | None:
        """Return the unit above, None for a province."""
        above = self.unit_ever(code).parent
        return self.by_code[above] if above else None

    def ancestors(self, code: str, on: dt.date | None = None) -> tuple[Unit, ...]:
        """Return the units above, the nearest first; empty for a province.

        Args:
            code: an adcode.
            on: a day; with it, the units that it lay in then, by their names of then: 莱芜市 for 莱芜区 in 2018.
        """
        if on is None or code not in self.by_code:
            return tuple(self.by_code[above] for above in self._tree(code).above(code))
        return tuple(self.past_units.as_of(self.unit_ever(above), on) for above in self.on(on).above(code))

    def children(self, code: str) -> tuple[Unit, ...]:
        """Return the units directly below, in the order of their codes."""
        return tuple(self.by_code[child] for child in self._tree(code).children(code))

    def below(self, code: str) -> frozenset[str]:
        """Return the codes of all units below, at every level; empty for a lowest unit."""
        return self._tree(code).below(code)

    def counties(self, code: str) -> tuple[str, ...]:
        """Return the codes of the lowest units inside, as the boundaries carry them.

        These are counties, or the unit itself where nothing lies below it: a county, 东莞市, 澳门.
        """
        return self._tree(code).lowest(code)

    def province(self, code: str) -> Unit:
        """Return the province-level unit that a unit is or lies in."""
        return (self.unit_ever(code), *self.ancestors(code))[-1]

    def prefecture_level(self, code: str, on: dt.date | None = None) -> Unit:
        """Return the unit of a map by prefectures that a unit is or lies in; with a day, the one that it lay in then.

        That is the prefecture; the municipality, special administrative region or Taiwan, which have none; or the
        county itself where it stands directly under a province that has prefectures (济源, 仙桃).

        Raises:
            InputError: the unit is a province that has prefectures.
        """
        unit = self.unit_ever(code)
        if unit.level is Level.PROVINCE:
            if self._has_prefectures(code):
                raise InputError("{unit} has many prefectures: name one of them, or a county", unit=self.label(code))
            return unit
        if unit.level is Level.PREFECTURE:
            return unit
        if on is not None and code in self.past.moved:
            return self.unit_ever(self.on(on).above(code)[0])
        above = self.by_code[unit.parent]
        return unit if above.level is Level.PROVINCE and self._has_prefectures(above.code) else above

    def prefecture_level_units(self, on: dt.date | None = None) -> tuple[Unit, ...]:
        """Return every unit of a map by prefectures, in the order of the codes: together they cover the country.

        Args:
            on: a day; with it, the prefectures that there were then (莱芜市 in 2018), as rules judge them: those of
                today have their names of today, see ``PastUnits.as_of``.
        """
        units = self._prefecture_level_units
        gone = self.past_units.gone_on(on) if on is not None and on < self._last_gone else ()
        return tuple(sorted((*units, *gone), key=lambda unit: unit.code)) if gone else units

    @cached_property
    def _prefecture_level_units(self) -> tuple[Unit, ...]:
        return tuple(
            unit
            for unit in self.by_code.values()
            if not (unit.level is Level.PROVINCE and self._has_prefectures(unit.code))
            and self.prefecture_level(unit.code) is unit
        )

    def is_prefecture_level_city(self, code: str) -> bool:
        """Tell whether a unit has the rank of a prefecture with an administration of its own.

        True for prefectures of every kind and for the municipalities; False for provinces and for county-level units,
        also those that stand directly under a province (济源).
        """
        return code in MUNICIPALITIES or self.unit_ever(code).level is Level.PREFECTURE

    def within(self, code: str, area_codes: frozenset[str]) -> Literal["whole", "part", "none"]:
        """Tell how much of a unit lies today in an area given by the codes of its units: see ``Hierarchy.within``."""
        return self._tree(code).within(code, area_codes)

    def overlap(self, code: str, area_codes: frozenset[str]) -> tuple[str, ...]:
        """Return those units of an area that lie today in a unit (or are it), in the order of their codes.

        Empty where the area only holds the unit as a part of something larger.
        """
        return self._tree(code).overlap(code, area_codes)

    def _tree(self, code: str) -> Hierarchy:
        """Return the hierarchy of today, or that of the last day of a prefecture that is gone.

        Raises:
            UnknownPlaceError: no unit has or had the code.
        """
        if code in self.by_code:
            return self._today
        self.unit_ever(code)
        return self.past.of(code)

    def _has_prefectures(self, code: str) -> bool:
        return any(self.by_code[child].level is Level.PREFECTURE for child in self._today.children(code))


__all__ = ["MUNICIPALITIES", "Gazetteer", "UnknownPlaceError"]


def _read(resolve: Callable[[str], R], text: str) -> R:
    """Return what a name means as it stands, or in simplified characters: some simplified ones are traditional too."""
    try:
        return resolve(text)
    except UnknownPlaceError:
        from regionmap.traditional import simplified  # late: only a name that no unit bears asks

        plain = simplified(text)
        if plain == text:
            raise
    return resolve(plain)
