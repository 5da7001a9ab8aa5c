"""Findings that are made when somebody looks at them: most answers are read for what binds, not for what has passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from regionmap.rules.matching.candidates import Candidate, Matches
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Asked

_new = tuple.__new__


class Findings(Sequence[Finding]):
    """The findings of provisions of the same outcome, in order; made on first use, and then kept."""

    __slots__ = ("_asked", "_candidates", "_made", "_matches")

    def __init__(self, candidates: Sequence[Candidate], matches: Matches, asked: Asked) -> None:
        """Keep what the findings are made of."""
        self._candidates, self._matches, self._asked = candidates, matches, asked
        self._made: tuple[Finding, ...] | None = None

    def _all(self) -> tuple[Finding, ...]:
        if self._made is None:
            self._made = tuple(findings(self._candidates, self._matches, self._asked))
        return self._made

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        """Return one finding, or some."""
        return self._all()[index]

    def __iter__(self) -> Iterator[Finding]:
        """Go through the findings."""
        return iter(self._all())

    def __len__(self) -> int:
        """Return how many there are, without making them."""
        return len(self._candidates)

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence holds the same findings."""
        return isinstance(other, (Findings, tuple)) and self._all() == tuple(other)

    def __hash__(self) -> int:
        """Return a hash that agrees with that of a tuple of the same findings."""
        return hash(self._all())

    def __repr__(self) -> str:
        """Show the findings."""
        return repr(self._all())

    def __reduce__(self) -> tuple[type[tuple[Finding, ...]], tuple[tuple[Finding, ...]]]:
        """Return what makes a copy: the findings alone."""
        return tuple, (self._all(),)


def findings(candidates: Iterable[Candidate], matches: Matches, asked: Asked) -> list[Finding]:
    """Return the findings of provisions at the places that were asked for.

    Built as plain tuples of the class: an answer makes some forty, and calling the class takes twice as long.
    """
    places, kinds = matches.matches, matches.kinds
    return [
        _new(Finding, (provision, source, status, places[where], industry, asked, fell_on[kinds[where]]))
        for where, _, fell_on, provision, source, status, industry, *_ in candidates
    ]
