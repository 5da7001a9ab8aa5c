"""The standing of every provision on the days between two change dates, and what becomes of each for an action.

Few provisions change on a day, so that what is asked for next is made of what was asked for last.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Status
from regionmap.rules.matching.outcomes import Outcomes, outcomes
from regionmap.rules.matching.validity import change_dates_of, status

Statuses = tuple[Status, ...]
ByStanding = tuple[Outcomes, Outcomes, Outcomes]
"""What becomes of a provision by how it stands to the industry: FAILS, BINDS, CLASS_UNDEFINED."""


class Standings:
    """What provisions are on a day, in the order of the catalogue. One object can serve all threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Go through the days of all provisions once."""
        self._catalogue = catalogue
        changes = sorted(
            (day, number) for number, one in enumerate(catalogue.provisions) for day in change_dates_of(one, catalogue)
        )
        self._days = [day for day, _ in changes]
        self._numbers = [number for _, number in changes]
        # Each is taken and put whole: two threads at once each make theirs, and the later one stays.
        self._last: tuple[dt.date, Statuses] | None = None
        self._outcomes: dict[Action, tuple[Statuses, tuple[ByStanding, ...]]] = {}

    def statuses(self, on: dt.date) -> Statuses:
        """Return the standing of every provision on a day."""
        provisions, last = self._catalogue.provisions, self._last
        if last is None:
            found = tuple(status(one, on, self._catalogue) for one in provisions)
        else:
            before, known = last
            first, end = sorted((bisect_right(self._days, before), bisect_right(self._days, on)))
            changed = list(known)
            for number in self._numbers[first:end]:
                changed[number] = status(provisions[number], on, self._catalogue)
            found = tuple(changed)
        self._last = on, found
        return found

    def outcomes(self, action: Action, statuses: Statuses) -> tuple[ByStanding, ...]:
        """Return what becomes of every provision for an action, by its standing: see ``outcomes.outcomes``."""
        known = self._outcomes.get(action)
        if known is None:
            found = [self._one(number, action, standing) for number, standing in enumerate(statuses)]
        else:
            before, outcomes_before = known
            found = list(outcomes_before)
            for number, (old, new) in enumerate(zip(before, statuses, strict=True)):
                if old is not new:
                    found[number] = self._one(number, action, new)
        kept = tuple(found)
        self._outcomes[action] = statuses, kept
        return kept

    def _one(self, number: int, action: Action, standing: Status) -> ByStanding:
        provision = self._catalogue.provisions[number]
        return outcomes(provision, self._catalogue.source_of(provision), action, standing)
