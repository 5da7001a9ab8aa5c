"""The places that codes and names of rows mean, and where the two, or a code and its history, do not agree."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.errors import InputError, UnknownNameError
from regionmap.lru import LRUCache
from regionmap.model import Unit
from regionmap.places.errors import AmbiguousPlaceError, RegionAsPlaceError
from regionmap.places.names.former import held_before
from regionmap.places.names.past_units import GonePrefecture
from regionmap.rules.reading.places import read_places
from regionmap.screening.addresses import Addresses
from regionmap.screening.cells import texts
from regionmap.screening.messages import reason
from regionmap.screening.roles import Columns
from regionmap.screening.row_texts import RowTexts
from regionmap.traditional import simplified

EXPLAINED = 20
"""Unknown names of a chunk that are told what is near them: to find that is slow, and free text holds thousands."""
_KEPT = 50_000
"""Names, and pairs of a code and a name, that are kept with what they mean: memory does not grow with distinct ones."""
_MOST_CANDIDATES = 12
_CODE = re.compile(r"(\d{6})(?:\d{3}){0,2}(?:\.0+)?")
_CUT_CODE = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_NO_UNIT = re.compile(r"市辖[区县]|县|(?:省|自治区)?直辖(?:县级?)?(?:行政(?:区划|单位))?")
_MUNICIPALITY_PART = re.compile(r"(11|12|31|50)0[12]00")
"""市辖区 and 县 of a municipality: no units, but the municipality is known."""
_NO_UNIT_CODE = re.compile(r"(?:11|12|31|50)0[12]00|\d\d9000")
"""市辖区 of a municipality, and 省直辖县级行政区划."""
_UNIT_KINDS = ("市", "县", "区", "旗", "州", "盟")
_LONGEST_UNIT_NAME = 15
_ZONES = (
    "开发区", "高新区", "经开区", "新区", "园区", "工业区", "产业区", "管理区", "管委会", "示范区", "试验区", "保税区",
    "度假区", "港区", "风景", "集聚区", "合作区", "经济区",
)  # fmt: skip
"""What is called 区 and is no unit: it may lie anywhere."""


@dataclass(frozen=True)
class NamedPlaces:
    """What the rows of a chunk name.

    ``number`` is each row's in the lists below. ``text`` is the code or the name that tells more, ``parts`` are the
    names as they stand in the columns. ``code_name_conflict`` tells which have a code and a name of two places,
    ``code_reused`` is the code that another place had, blank for none. ``widened`` tells which codes are read as the
    municipality that they are a part of, or as the unit of their name; ``settled`` which a name beside them makes sure.
    """

    number: NDArray[np.int64]
    text: list[str]
    parts: list[list[str]]
    code_name_conflict: NDArray[np.bool_]
    code_reused: RowTexts
    widened: NDArray[np.bool_]
    settled: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Choice:
    text: str
    conflict: bool = False
    reused: str = ""
    widened: bool = False
    settled: bool = False


class PlaceNames:
    """Reads the columns of codes and of names; every one is looked up once while it is remembered."""

    def __init__(
        self, rm: Regionmap, columns: Columns, addresses: Addresses, number: Callable[[tuple[Unit, ...]], int]
    ) -> None:
        """Take the columns of a file, and what gives units held as one place their number."""
        self._catalogue, self._gazetteer = rm.catalogue, rm.gazetteer
        self._columns, self._addresses, self._number = columns, addresses, number
        self._heads: LRUCache[str, tuple[Unit, ...]] = LRUCache(_KEPT)
        self._units_of: LRUCache[str, tuple[tuple[Unit, ...], bool]] = LRUCache(_KEPT)
        gone = rm.gazetteer.past_units.gone.values()
        self._gone_words = [word for one in gone for word in (one.unit.code, one.unit.short_name)]
        self._gone_of: LRUCache[str, GonePrefecture | None] = LRUCache(_KEPT)
        self._chosen: LRUCache[tuple[str, str], _Choice] = LRUCache(_KEPT)

    def read(self, table: pa.Table) -> NamedPlaces:
        """Return what the rows of a chunk name."""
        columns = [*self._columns.place, *([self._columns.adcode] if self._columns.adcode else [])]
        none = np.zeros(1, bool)
        if not columns:
            return NamedPlaces(np.zeros(table.num_rows, np.int64), [""], [[]], none, RowTexts(1), none, none)
        codes, values = zip(*(texts(table[one]) for one in columns), strict=True)
        keys, back = np.unique(np.column_stack(codes), axis=0, return_inverse=True)
        choices, every = [], []
        for key in keys.tolist():
            parts = [words[at] for words, at in zip(values, key, strict=True)]
            code = _adcode(parts.pop()) if self._columns.adcode else ""
            choices.append(self._choice(code, self._joined(parts), parts))
            every.append(parts)
        flags = ("conflict", "widened", "settled")
        conflict, widened, settled = (np.array([getattr(one, name) for one in choices], bool) for name in flags)
        reused = RowTexts.of([one.reused for one in choices])
        return NamedPlaces(back.ravel(), [one.text for one in choices], every, conflict, reused, widened, settled)

    def resolve(
        self, named: NamedPlaces, needed: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], RowTexts]:
        """Return for every text its place, the one that points are held against, whether it was noted, why none.

        Args:
            named: of a chunk.
            needed: which texts decide a row: only for those it is said why they mean no place.
        """
        count = len(named.text)
        found, held = np.zeros(count, np.int64), np.zeros(count, np.int64)
        noted = named.widened.copy()
        problems = RowTexts(count)
        explained = itertools.count()
        for at, text in enumerate(named.text):
            if not text:
                continue
            units, note = self._look_up(text)
            if units:
                found[at] = held[at] = self._number(units)
                before = held_before(text) if named.code_reused[at] == text else None
                noted[at] |= note and not named.settled[at]
                if before is not None:  # a point may lie in either
                    held[at] = self._number((*units, *(self._gazetteer.unit(one) for one in before.now)))
                continue
            if self._columns.has_points:
                above = self._above(named.parts[at])
                held[at] = self._number(above) if above else 0
            if needed[at]:
                units, problems[at] = self._named_or_why(text, explained)
                if units:
                    found[at], noted[at] = self._number(units), True
        return found, held, noted, problems

    def units(self, name: str) -> tuple[Unit, ...]:
        """Return the units of a code or a name, none where it has no plain meaning."""
        return self._look_up(name)[0]

    def gone(self, named: NamedPlaces) -> dict[int, GonePrefecture]:
        """Return by the numbers of texts the prefectures that are gone whose names or codes they are."""
        found = ((at, self._gone(text)) for at, text in enumerate(named.text) if text)
        return {at: one for at, one in found if one is not None}

    def a_county_until(self, named: NamedPlaces) -> dict[int, dt.date]:
        """Return by the numbers of texts, where they mean a prefecture, until when a county was called so: 毕节市."""
        found = ((at, self._named_in_full(text)) for at, text in enumerate(named.text) if text)
        past = self._gazetteer.past_units
        former = ((at, past.county_called(unit, dt.date.min)) for at, unit in found if unit is not None)
        return {at: one.until for at, one in former if one is not None and one.until is not None}

    def _named_in_full(self, text: str) -> Unit | None:
        """Return the one unit that a text means and names in full."""
        units = self.units(text)
        return units[0] if len(units) == 1 and units[0].name in text else None

    def _gone(self, text: str) -> GonePrefecture | None:
        def make() -> GonePrefecture | None:
            try:
                return self._gazetteer.gone_called(text) or self._gazetteer.gone_called(simplified(text))
            except InputError:
                return None

        units = self.units(text)
        may = self._gazetteer.was_elsewhere(units) if units else any(one in text for one in self._gone_words)
        return self._gone_of.get(text, make) if may else None

    def _look_up(self, name: str) -> tuple[tuple[Unit, ...], bool]:
        def make() -> tuple[tuple[Unit, ...], bool]:
            try:
                units, note = self._gazetteer.resolve_places(name)
            except InputError:
                return (), False
            return units, note is not None

        return self._units_of.get(name, make)

    def _choice(self, code: str, name: str, parts: list[str]) -> _Choice:
        """Return what tells more of a code and a name, and whether the two are of one place."""
        if not code:
            return _Choice(name)
        return self._chosen.get((code, name), lambda: self._choose(code, name, parts))

    def _choose(self, code: str, name: str, parts: list[str]) -> _Choice:
        if _CUT_CODE.fullmatch(code) and name:
            return _Choice(name)
        municipality = _MUNICIPALITY_PART.fullmatch(code)
        if _NO_UNIT_CODE.fullmatch(code) and name:
            return _Choice(name)
        if municipality:
            return _Choice(f"{municipality[1]}0000", widened=True)
        units = self.units(code)
        named = self.units(name) if name else ()
        former = held_before(code) if code in self._gazetteer.by_code else None  # else it is of the past alone
        if former is not None and named and self._within(named, units):
            return _Choice(code, settled=True) if self._within(units, named) else _Choice(name)
        if former is not None:
            then = tuple(self._gazetteer.unit(one) for one in former.now)
            if named and self._within(named, then):
                return _Choice(name, reused=code, widened=True)  # the name says that the code is the old one
            if not name:
                return _Choice(code, reused=code)
            return _Choice(code, conflict=True, reused=code)
        if units and named and not self._within(units, named):
            return _Choice(name) if self._within(named, units) else _Choice(code, conflict=True)
        return _Choice(code, conflict=bool(units and name and not named and self._gainsaid(units, name, parts)))

    def _gainsaid(self, units: tuple[Unit, ...], name: str, parts: list[str]) -> bool:
        """Tell whether a name that is no unit's is of another place than a code: by what holds it, or by its kind."""
        if any(one.short_name and one.short_name in name for one in units):
            return False
        above = self._above(parts)
        if above and not self._within(units, above) and not self._within(above, units):
            return True
        plain = 2 <= len(name) <= _LONGEST_UNIT_NAME and all("\u4e00" <= sign <= "\u9fff" for sign in name)
        return plain and name.endswith(_UNIT_KINDS) and not any(zone in name for zone in _ZONES)

    def _above(self, parts: list[str]) -> tuple[Unit, ...]:
        """Return the smallest unit that is known of those named above the last one, or at the head of one name."""
        for count in range(len(parts) - 1, 0, -1):
            name = self._joined(parts[:count])
            units = self.units(name) if name else ()
            if units:
                return units
        return self._head(parts[0]) if len(parts) == 1 and parts[0] else ()

    def _head(self, name: str) -> tuple[Unit, ...]:
        def make() -> tuple[Unit, ...]:
            if self.units(name):
                return ()
            try:
                return self._addresses.units(name)
            except InputError:
                return ()

        return self._heads.get(name, make)

    def _within(self, units: tuple[Unit, ...], outer: tuple[Unit, ...]) -> bool:
        """Tell whether all units are or lie in some of the others."""
        codes = {one.code for one in outer}
        return all(
            unit.code in codes or any(one.code in codes for one in self._gazetteer.ancestors(unit.code))
            for unit in units
        )

    def _joined(self, parts: list[str]) -> str:
        """Return the name of the smallest unit behind those that hold it: 河北省, 保定市, 莲池区 → 河北省保定市莲池区.

        A part that is said again is dropped (北京市, 北京市, 朝阳区) unless only both together are plain (吉林, 吉林).
        """
        said = [part for part in parts if part and not _NO_UNIT.fullmatch(part)]
        once = list(dict.fromkeys(said))
        latin = "".join(once).isascii()
        short, full = (", ".join(reversed(some)) if latin else "".join(some) for some in (once, said))
        return full if short != full and not self.units(short) and self.units(full) else short

    def _named_or_why(self, text: str, explained: Iterator[int]) -> tuple[tuple[Unit, ...], str]:
        """Return the units of a park, a zone or a new area, as a check does; else why a text is no place."""
        if _CUT_CODE.fullmatch(text):
            return (), reason("code_cut", value=text[:40])
        try:
            return read_places(self._catalogue, self._gazetteer, text)[0], ""
        except InputError as error:
            return (), why_no_place(error, explained)


def why_no_place(error: InputError, explained: Iterator[int]) -> str:
    """Return why a name or an address gives no place; only the first of a chunk are told what is near them."""
    if isinstance(error, AmbiguousPlaceError):
        return reason("ambiguous_place", why=error.text)
    if isinstance(error, RegionAsPlaceError):
        return reason("region_as_place", why=error.text)
    if isinstance(error, UnknownNameError) and next(explained) >= EXPLAINED:
        return reason("unknown_place", why=error.plain)
    return reason("unknown_place", why=error.text)


def _adcode(text: str) -> str:
    """Return the adcode of a cell (130600, 130600.0); of the nine or twelve digits of a statistical code, six."""
    match = _CODE.fullmatch(text)
    return match[1] if match else text
