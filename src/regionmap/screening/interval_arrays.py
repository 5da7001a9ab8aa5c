"""The days between two change dates as arrays: the standing of every provision, and how kinds of places stand to areas.

An answer's row depends on a match of an area only through its ``PlaceStand``, and on the date only through ``facts`` of
the provisions that it looks at; so rows that are equal in both are one answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.model import Action, Definition, Evidence, Source, Status
from regionmap.rules.matching.area_index import INSIDE, OUT_OF_SCOPE, OUTSIDE, UNDEFINED, AreaIndex
from regionmap.rules.matching.candidates import is_notable
from regionmap.rules.matching.fits import IndustryFit, IndustryMatch, PlaceFit, PlaceMatch
from regionmap.rules.matching.places import out_of_scope
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.verdict.caveats import beyond_dates
from regionmap.screening.place_kinds import PlaceKinds

_KINDS = {
    PlaceFit.WHOLE: INSIDE,
    PlaceFit.PART: INSIDE,
    PlaceFit.UNDEFINED: UNDEFINED,
    PlaceFit.OUT_OF_SCOPE: OUT_OF_SCOPE,
}
_STATUSES = tuple(Status)
_ALL = IndustryMatch(IndustryFit.ALL)
_NOT_YET = np.uint8(0xFF)
"""Stands for a stand that nothing has asked for; there are far fewer of them."""
VERSION_FACTS = np.uint8(0b11)
"""The facts of a provision that only rules which bind, or depend on the site, are looked at for."""


class PlaceStand(NamedTuple):
    """What of a match of an area decides a row's answer: the fit, and what brings caveats of the list."""

    fit: PlaceFit
    of_region: bool
    by_list: bool
    reported: bool
    passed: bool


class PlaceStands:
    """Numbers the stands that occur: a few dozen."""

    def __init__(self) -> None:
        """Begin with none."""
        self._numbers: dict[PlaceStand, int] = {}
        self._lock = Lock()  # one thread asks while another answers
        self.kinds = np.zeros(256, np.int64)
        """By the number of a stand: INSIDE, UNDEFINED, OUT_OF_SCOPE or OUTSIDE."""
        self.looked_at = np.zeros(256, bool)
        """Whether an answer looks at a provision that fell away because its area stands so."""

    def number(self, stand: PlaceStand) -> int:
        """Return the number of a stand."""
        with self._lock:
            found = self._numbers.setdefault(stand, len(self._numbers))
            self.kinds[found] = _KINDS.get(stand.fit, OUTSIDE)
            self.looked_at[found] = stand.fit is PlaceFit.UNLISTED or stand.passed
        return found


class IntervalArrays:
    """One interval: ``facts`` and ``looked_at`` have an entry for each provision of the catalogue.

    ``facts``: whether it was read in a version younger than the date, or in a copy that may be old; whether it may
    have begun; and its status. ``looked_at``: whether an answer looks at it while it is not in force.
    """

    def __init__(self, rm: Regionmap, index: RuleIndex, stands: PlaceStands, on: dt.date) -> None:
        """Work out what is the same for all questions; ``on`` is a day of the interval."""
        self._on = on
        self._rm, self._stands = rm, stands
        self._areas: AreaIndex = index.areas
        self.interval = index.interval(on)
        catalogue = rm.catalogue
        known = {status: at << 3 for at, status in enumerate(_STATUSES)}
        pairs = list(zip(catalogue.provisions, self.interval.statuses, strict=True))
        sources = {one.source: catalogue.source_of(one) for one in catalogue.provisions}
        of_source = {name: _of_source(source, on) for name, source in sources.items()}
        self.facts = np.array([known[status] | of_source[one.source] for one, status in pairs], np.uint8)
        in_force = Status.IN_FORCE
        self.in_force = np.array([status is in_force for status in self.interval.statuses], bool)
        self.looked_at = np.array(
            [
                status is not in_force and is_notable(one, sources[one.source], status, _ALL, local=False)
                for one, status in pairs
            ],
            bool,
        )
        self.beyond = tuple(one.kind for one in beyond_dates(catalogue, on))
        self._outcomes: dict[str, NDArray[np.uint8]] = {}
        self._passed: dict[int, bool] = {}
        self._numbers: dict[int, tuple[PlaceMatch, int]] = {}
        self._by_content: dict[tuple[PlaceFit, bool, bool, int], int] = {}
        self._rows: dict[int, NDArray[np.uint8]] = {}
        self._nowhere = np.array([self._number(one) for one in self.interval.areas.nowhere], np.uint8)

    def outcomes(self, action: str) -> NDArray[np.uint8]:
        """Return what becomes of each provision by how it stands to the industry and by the kind of its area."""
        found = self._outcomes.get(action)
        if found is None:
            by_kind = [[one.by_kind for one in three] for three in self.interval.outcomes(Action(action))]
            found = self._outcomes[action] = np.array(by_kind, np.uint8)
        return found

    def stands(self, kinds: PlaceKinds, some: Sequence[int], wheres: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the numbers of the stands of some kinds of places to areas, a row for each kind.

        A question meets a part of the areas, and most places few of these: only how these stand is worked out.
        """
        asked = np.unique(wheres)
        rows = np.array([self._row(kinds, kind) for kind in some])
        waiting = rows[:, asked] == _NOT_YET
        for at in np.flatnonzero(waiting.any(axis=1)).tolist():
            units, line = kinds.units[some[at]], kinds.lines.get(some[at])
            matches = self.interval.areas.match_some(asked[waiting[at]].tolist(), units, line)
            row = self._rows[some[at]]
            row[list(matches)] = [self._number(one) for one in matches.values()]
            rows[at] = row
        return rows[:, wheres]

    def _row(self, kinds: PlaceKinds, kind: int) -> NDArray[np.uint8]:
        """Return the stands of a kind of places to all areas, as far as they were asked for."""
        found = self._rows.get(kind)
        if found is None:
            units, line = kinds.units[kind], kinds.lines.get(kind)
            if all(out_of_scope(one) for one in units):
                matches = self.interval.areas.match_anew(units, line).matches
                found = np.array([self._number(one) for one in matches], np.uint8)
            else:
                found = self._nowhere.copy()
                found[self.interval.areas.near_numbers(units, line)] = _NOT_YET
            self._rows[kind] = found
        return found

    def _number(self, match: PlaceMatch) -> int:
        # Matches are kept for all intervals, and are slow to hash by their value.
        known = self._numbers.get(id(match))
        if known is None:
            key = match.fit, match.region is None, match.listed is None, id(match.definition)
            number = self._by_content.get(key)
            if number is None:
                number = self._by_content[key] = self._stands.number(self._stand(match))
            known = self._numbers[id(match)] = match, number
        return known[1]

    def _stand(self, match: PlaceMatch) -> PlaceStand:
        definition = match.definition
        return PlaceStand(
            match.fit,
            match.region is not None,
            match.listed is not None,
            definition is not None and definition.evidence is Evidence.REPORTED,
            definition is not None and self._is_passed(definition),
        )

    def _is_passed(self, definition: Definition) -> bool:
        """Tell whether a list is one of a key region whose document's goals are over: see ``caveats.last_lists``."""
        found = self._passed.get(id(definition))
        if found is None:
            horizon = self._rm.catalogue.sources[definition.source].horizon
            key_region = self._rm.catalogue.region_of(definition).kind == "key-region"
            found = self._passed[id(definition)] = horizon is not None and horizon < self._on and key_region
        return found


def _of_source(source: Source, on: dt.date) -> int:
    """Return what a document says of a date, as bits: see ``source_caveats.versions`` and ``caveats``."""
    day = on.isoformat()
    early = source.version is not None and day < source.version
    old = source.known_until is not None and on > source.known_until
    begun = source.date_note is not None and source.issued is not None and day >= source.issued
    return early | old << 1 | begun << 2
