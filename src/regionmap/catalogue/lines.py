"""What checks share: ids that must exist, names that stand twice, days in order. Each yields problem lines."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence

from regionmap.catalogue.files import AnyParsed

At = tuple[str | int, ...]
LONGEST_CHAIN_SHOWN = 6
MOST_SUGGESTIONS = 200
"""For the first so many unknown names the nearest known ones are looked for: it takes milliseconds each."""


class Names:
    """Names that may be referred to; ``unread`` are those of files with errors, of which nothing else is known."""

    def __init__(self, names: Iterable[str], unread: Iterable[str] = (), *, all_unread: bool = False) -> None:
        """Keep the names; with ``all_unread`` any name may be one of a file that could not be read."""
        self._names = dict.fromkeys(names)
        self._unread = frozenset(unread)
        self._all_unread = all_unread
        self._looked_for = 0

    def __contains__(self, name: str) -> bool:
        """Whether a name is known, or may be one that was not read."""
        return name in self._names or name in self._unread or self._all_unread

    def near(self, name: str) -> str:
        """Return what to use instead of an unknown name."""
        self._looked_for += 1
        wanted = self._looked_for <= MOST_SUGGESTIONS
        found = difflib.get_close_matches(name[:80], self._names, 3, 0.4) if wanted else []
        return "did you mean " + " or ".join(f"'{one}'" for one in found) + "?" if found else "see the ids that exist"


def unknown(file: AnyParsed, at: At, ids: Iterable[str], known: Names, word: str) -> Iterator[str]:
    """Check that ids exist."""
    for one in ids:
        if one not in known:
            yield file.problem(at, f"no {word} has the id '{one}': {known.near(one)}")


def twice(file: AnyParsed, at: At, names: Iterable[str], word: str) -> Iterator[str]:
    """Check that no name stands twice in a list."""
    seen: set[str] = set()
    told: set[str] = set()
    for name in names:
        if name in seen and name not in told:
            told.add(name)
            yield file.problem(at, f"the {word} '{name}' stands twice: keep one")
        seen.add(name)


def in_order(
    file: AnyParsed, at: At, start: dt.date, end: dt.date | None, horizon: dt.date | None = None
) -> Iterator[str]:
    """Check that a last day and a horizon do not lie before the first day."""
    if end is not None and end < start:
        yield file.problem((*at, "in_force_until"), f"{end} is before in_force_from {start}: turn them round")
    if horizon is not None and horizon < start:
        yield file.problem((*at, "horizon"), f"{horizon} is before in_force_from {start}: a horizon lies after it")


def named_by_id(file: AnyParsed, name: str) -> Iterator[str]:
    """Check that a file is named by its id."""
    if file.stem != name:
        yield file.problem(("id",), f"the file is named {file.stem}, its id is {name}: make them the same")


def codes_exist(file: AnyParsed, at: At, printed: str, codes: Iterable[str], units: Collection[str]) -> Iterator[str]:
    """Check that adcodes are those of units."""
    for code in codes:
        if code not in units:
            yield file.problem(
                at,
                f"no unit has the adcode {code} ({printed}): use a GB/T 2260 code of today, see `regionmap lookup`",
            )


def chain(names: Sequence[str]) -> str:
    """Return names with arrows between them, cut in the middle where they are many."""
    if len(names) > LONGEST_CHAIN_SHOWN:
        left_out = len(names) - LONGEST_CHAIN_SHOWN
        names = [*names[: LONGEST_CHAIN_SHOWN - 2], f"… {left_out} more …", *names[-2:]]
    return " → ".join(names)
