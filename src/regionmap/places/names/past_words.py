"""What is said of a name or a code of the past: what became of it, or that a reader must choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from regionmap.i18n import joined, t
from regionmap.model import Text, Unit
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.places.names import former, spelling
from regionmap.places.names.past import PastNames, Reading
from regionmap.unit_table import former_text


class PastWords:
    """Tells of units of the past."""

    def __init__(self, units: Mapping[str, Unit], label: Callable[[str], Text], names: PastNames) -> None:
        """Keep the units of today, what prints one of them, and the names of the past."""
        self._units, self._label, self._names = units, label, names

    def what(self, one: Reading) -> Text:
        """Say what became of the unit of the past by which a reading was found."""
        told = one.told
        return told.what(self._units) if told is not None else Text("", "")

    def only(self, one: Reading) -> Unit:
        """Return the one unit of today that a reading stands for.

        Raises:
            UnknownPlaceError: there are several; the message names them.
        """
        if len(one.now) > 1:
            said = self._choose_among([self.what(one)], one.now)
            raise UnknownPlaceError(said, one.now)
        return self._units[one.now[0]]

    def one_of(self, asked: str, readings: tuple[Reading, ...]) -> Reading:
        """Return the one reading of a name of the past.

        Raises:
            AmbiguousPlaceError: there are several, or the unit was divided.
            UnknownPlaceError: it never was a unit, and lies in several.
        """
        codes = tuple(dict.fromkeys(code for one in readings for code in one.now))
        if len(readings) == 1 and not readings[0].divided:
            return readings[0]
        told = [self.what(one) for one in readings if one.told is not None]
        said = self._choose_among(told, codes)
        if len(readings) > 1:
            shown = spelling.shown(asked)
            said = t("'{asked}' may mean {count} places: {said}", asked=shown, count=len(readings), said=said)
        never = readings[0].former is not None and readings[0].former.kind is former.FormerKind.AREA
        raise UnknownPlaceError(said, codes) if never else AmbiguousPlaceError(said, codes)

    def had_code(self, code: str) -> Reading | None:
        """Return what a code that no unit has today stood for, None where none had it.

        Raises:
            AmbiguousPlaceError, UnknownPlaceError: as ``one_of``.
        """
        held = former.by_code().get(code, ())
        readings = {one.now: Reading(one.now, one) for one in reversed(held)}
        return self.one_of(code, tuple(readings.values())) if readings else None

    def gone(self, code: str) -> UnknownPlaceError | None:
        """Return the error for a code of the past where only one of today will do, None where none had it."""
        held = former.by_code().get(code)
        if held is None:
            return None
        said = self._choose_among([held[0].what(self._units)], held[0].now)
        return UnknownPlaceError(said, held[0].now)

    def changed_hands(self, unit: Unit) -> Text | None:
        """Return a note where the code of a unit was another one's before: 410307."""
        before = former.held_before(unit.code)
        if before is None:
            return None
        now = joined([self._text(code) for code in before.now])
        called = former_text(before.name, before.now)
        words = {"code": unit.code, "unit": Text(unit.name, unit.name_en), "before": called, "now": now}
        if not before.year:
            return t("{code} is read as {unit}; in older tables it is {before}, which is {now} today.", **words)
        return t(
            "{code} is read as {unit}; in tables from before {year} it is {before}, which is {now} today.",
            year=before.year, **words,
        )  # fmt: skip

    def also(self, asked: str, key: str, chosen: str) -> Text | None:
        """Return a note where a unit of today bears the name of another one of the past: 巢湖市, 河北省桥东区.

        Args:
            asked: the name as it was typed.
            key: the same in the order of its units.
            chosen: the code of the unit of today.
        """
        changed = former.changed_names()
        if not any(key[cut:] in changed for cut in range(len(key) - 1)):
            return None
        for one in self._names.read(key):
            told = one.former
            if told is None or one.now == (chosen,) or told.kind is former.FormerKind.RENUMBERED:
                continue
            if chosen in one.now:
                return self.what(one)
            if not all(chosen in self._above(code) for code in one.now):
                return t("{asked} is taken as {chosen}; the name may also mean another unit: {what}",
                         asked=spelling.shown(asked), chosen=self._text(chosen), what=self.what(one))  # fmt: skip
        return None

    def _above(self, code: str) -> set[str]:
        found = set()
        while code := self._units[code].parent:
            found.add(code)
        return found

    def _choose_among(self, told: Sequence[Text], codes: tuple[str, ...]) -> Text:
        """Say what became of the units, as a part of a sentence, and which one may be meant."""
        zh = "；".join(one.zh.removesuffix("。") for one in told)
        en = "; ".join(one.en.removesuffix(".") for one in told)
        places = joined([self._text(code) for code in codes])
        return t("{what}; give one of {places}", what=Text(zh, en), places=places)

    def _text(self, code: str) -> Text:
        return self._label(code)
