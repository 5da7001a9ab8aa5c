"""Findings that are made when somebody looks at them: most answers are read for what binds, not for what has passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from regionmap.rules.matching.candidate import Candidate, Matches
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Asked
from regionmap.rules.matching.sequences import Deferred

_new = tuple.__new__


class Findings(Deferred[Finding]):
    """The findings of provisions of the same outcome, in order."""

    __slots__ = ("_asked", "_candidates", "_matches")

    def __init__(self, candidates: Sequence[Candidate], matches: Callable[[], Matches], asked: Asked) -> None:
        """Keep what the findings are made of; how places stand to all areas is asked for when one is looked at."""
        self._made = None
        self._candidates, self._matches, self._asked = candidates, matches, asked

    def _make(self) -> Iterable[Finding]:
        return findings(self._candidates, self._matches(), self._asked)

    def __len__(self) -> int:
        """Return how many there are, without making them."""
        return len(self._candidates)

    def marked(self, marks: int) -> list[Finding]:
        """Return those whose provisions have one of some marks; the others are not made for that."""
        if self._made is not None:
            return [found for one, found in zip(self._candidates, self._made, strict=True) if one.marks & marks]
        return findings([one for one in self._candidates if one.marks & marks], self._matches(), self._asked)


def findings(candidates: Iterable[Candidate], matches: Matches, asked: Asked) -> list[Finding]:
    """Return the findings of provisions at the places that were asked for.

    Built as plain tuples of the class: an answer makes some twenty, and calling the class takes twice as long.
    """
    places, kinds = matches.matches, matches.kinds
    return [
        _new(Finding, (provision, source, status, places[where], industry, asked, fell_on[kinds[where]]))
        for where, _, fell_on, provision, source, status, industry, _, _, _, _, _, _ in candidates
    ]
