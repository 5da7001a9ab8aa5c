"""Which prefecture a county lay in before it went to another one: the hierarchy of units on a day of the past.

A rule of 济南市 means 济南 as it is on the day: 莱芜 was a prefecture of its own until January 2019. Of the changes in
``geo/unit_changes.csv`` those count here that brought units under another one; each of them is known to the day. The
units themselves are those of today on all dates.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from regionmap.model import Unit
from regionmap.places.changes import UnitChange
from regionmap.places.names.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Move:
    """A unit of today that lay in ``before`` until ``day``, from which on it lies elsewhere.

    ``above`` are the codes above ``before``. ``before`` may be a prefecture that is gone (371200: 莱芜市).
    """

    day: dt.date
    code: str
    before: str
    above: tuple[str, ...]


class PastHierarchies:
    """The hierarchies of all days, of which few differ."""

    def __init__(self, units: Mapping[str, Unit], today: Hierarchy, changes: Sequence[UnitChange]) -> None:
        """Keep what moved; a hierarchy of the past is made when a day of it is asked for.

        Args:
            units: the units of today, by code.
            today: their hierarchy.
            changes: a table of changes; those of units that are not loaded are left out.
        """
        self._units = units
        self.today = today
        """The hierarchy since the last move."""
        became = {one.old_code: one.new_codes for one in changes if one.old_code}
        found = {one: frozenset(_moves(units, one, became)) for one in changes}
        self._moving = frozenset(change for change, moves in found.items() if moves)
        every = frozenset[Move]().union(*found.values())
        self.moves: tuple[Move, ...] = tuple(sorted(every, key=lambda one: (one.day, one.code)))
        """What moved, the oldest first."""
        self.days: Sequence[dt.date] = sorted({one.day for one in self.moves})
        """The days from which on a unit lies elsewhere."""
        self._made: dict[int, Hierarchy] = {len(self.days): today}
        self.gone: Mapping[str, dt.date] = {one.before: one.day for one in self.moves if one.before not in units}
        """The prefectures that are gone, by their codes of then, with the first day on which nothing lay in them."""
        self.moved: frozenset[str] = frozenset(one.code for one in self.moves)
        """The units that lay in another one once."""
        self.concerned: frozenset[str] = frozenset(
            code for one in self.moves for code in (one.code, one.before, *one.above, *self.today.above(one.code))
        )
        """These, and the units that held or hold them."""

    def period(self, on: dt.date) -> int:
        """Return a number for the days between two moves that a day belongs to."""
        return bisect_right(self.days, on)

    def of(self, code: str) -> Hierarchy:
        """Return the hierarchy that tells of a unit: today's, or that of the last day of a prefecture that is gone."""
        until = self.gone.get(code)
        return self.today if until is None else self.on(until - dt.timedelta(days=1))

    def on(self, day: dt.date) -> Hierarchy:
        """Return the hierarchy of a day."""
        period = self.period(day)
        found = self._made.get(period)
        if found is None:
            parents = {code: unit.parent for code, unit in self._units.items()}
            for one in reversed(self.moves):  # of several moves of a unit, the first one after the day counts
                if one.day > day:
                    parents[one.code] = one.before
                    parents.update(zip((one.before, *one.above), (*one.above, ""), strict=True))
            found = self._made[period] = Hierarchy(parents)
        return found

    def is_move(self, change: UnitChange) -> bool:
        """Tell whether a change brought units under another one, so that names of units above them changed meaning."""
        return change in self._moving

    def above_ever(self, code: str) -> frozenset[str]:
        """Return the codes above a unit, today's and those of all days of the past."""
        then = (each for one in self.moves if one.code == code for each in (one.before, *one.above))
        return frozenset((*self.of(code).above(code), *then))

    def below_ever(self, code: str) -> frozenset[str]:
        """Return the codes below a unit, today's and those of all days of the past."""
        return self.of(code).below(code).union(one.code for one in self.moves if code in (one.before, *one.above))


def _moves(units: Mapping[str, Unit], change: UnitChange, became: Mapping[str, tuple[str, ...]]) -> Iterator[Move]:
    """Yield what came under another unit by a change; ``became``: the codes of today of every unit that changed."""
    # A dissolved prefecture (GB/T 2260: …00) was itself above what it held. 毕节地区 is 毕节市 today: another kind of
    # unit, no other place.
    gone = became.get(change.old_parent, ())
    before = gone[0] if len(gone) == 1 else change.old_parent
    if change.old_code.endswith("00"):
        before = change.old_code
    for code in change.new_codes:
        now = units.get(code)
        if now is not None and change.crosses and not code.endswith("00") and now.parent != before:
            yield Move(change.last_day, code, before, _above(before, units))


def _above(code: str, units: Mapping[str, Unit]) -> tuple[str, ...]:
    """Return the codes above a unit of today, or the province of a prefecture that is gone."""
    found = []
    code = units[code].parent if code in units else f"{code[:2]}0000"
    while code:
        found.append(code)
        code = units[code].parent if code in units else ""
    return tuple(found)
