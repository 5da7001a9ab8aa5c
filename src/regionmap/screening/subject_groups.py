"""Industries of which every provision speaks alike: a file that asks for a thousand codes asks few questions."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.model import Scope, Status
from regionmap.rules.matching.candidates import is_notable
from regionmap.rules.matching.effects import scope
from regionmap.rules.matching.fits import IndustryFit, IndustryMatch, Subject
from regionmap.rules.matching.rule_index import RuleIndex


@dataclass(frozen=True, eq=False)
class SubjectGroup:
    """Industries that get the same answers, with the provisions that may speak of them.

    ``subject`` is the first of them: its answers stand for all. The arrays have one entry for each provision, in the
    order in which answers list what is equally strict: by area, the areas that every place lies in first. ``stands``:
    FAILS, BINDS or CLASS_UNDEFINED; ``by_code``: caught through a code; ``notable``: looked at while it is in force.
    """

    number: int
    subject: Subject
    provisions: NDArray[np.int64]
    stands: NDArray[np.int64]
    wheres: NDArray[np.int64]
    by_code: NDArray[np.bool_]
    notable: NDArray[np.bool_]
    matches: tuple[IndustryMatch, ...]


class SubjectGroups:
    """Finds the group of a subject."""

    def __init__(self, rm: Regionmap, index: RuleIndex) -> None:
        """Begin with no group."""
        self._catalogue, self._index = rm.catalogue, index
        self._groups: dict[Hashable, SubjectGroup] = {}
        self._known: dict[Hashable, SubjectGroup] = {}

    def of(self, subject: Subject) -> SubjectGroup:
        """Return the group of a subject."""
        key = subject.id, subject.code, subject.note
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(subject)
        return found

    def _find(self, subject: Subject) -> SubjectGroup:
        near = self._index.speaking(subject).near
        matches = tuple(
            (number, stands, one.fit, bool(one.parts), self._loose(one, subject), one.reading is not None)
            for number, stands, one in near
        )
        is_open = subject.code is None and subject.industry is not None and subject.industry.open is not None
        key = matches, subject.code is not None, subject.note is not None, is_open
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = self._made(subject)
        return found

    def _loose(self, match: IndustryMatch, subject: Subject) -> bool:
        """Tell whether a rule names by a term that does not mean just the code that was asked for."""
        if match.fit is not IndustryFit.CODE or match.via is None or subject.code is None:
            return False
        return bool(self._index.loose_terms(match.via, subject.code))

    def _made(self, subject: Subject) -> SubjectGroup:
        areas = self._index.areas
        near = sorted(
            self._index.speaking(subject).near,
            key=lambda one: (areas.number[one[0]] not in areas.everywhere, areas.number[one[0]], one[0]),
        )
        provisions = [number for number, _, _ in near]
        matches = tuple(match for _, _, match in near)
        return SubjectGroup(
            number=len(self._groups),
            subject=subject,
            provisions=np.array(provisions, np.int64),
            stands=np.array([stands for _, stands, _ in near], np.int64),
            wheres=np.array([areas.number[number] for number in provisions], np.int64),
            by_code=np.array([one.fit is IndustryFit.CODE for one in matches], bool),
            notable=np.array(
                [self._is_notable(number, one) for number, one in zip(provisions, matches, strict=True)], bool
            ),
            matches=matches,
        )

    def _is_notable(self, number: int, match: IndustryMatch) -> bool:
        """Tell whether an answer looks at a provision in force that does not bind."""
        one = self._catalogue.provisions[number]
        local = scope(one) is Scope.PLACE
        return is_notable(one, self._catalogue.source_of(one), Status.IN_FORCE, match, local=local)
