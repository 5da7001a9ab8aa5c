"""What checks share: ids that must exist, names that stand twice, days in order. Each yields problem lines."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from regionmap.catalogue.files import AnyParsed
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.model.evidence import Evidence
from regionmap.model.partial_date import days

At = tuple[str | int, ...]
LONGEST_CHAIN_SHOWN = 6
MOST_SUGGESTIONS = 200
"""For the first so many unknown names the nearest known ones are looked for: it takes milliseconds each."""


KINDS = {
    "source": t("source"),
    "source id": t("source id"),
    "region": t("region"),
    "region id": t("region id"),
    "region name": t("region name"),
    "programme id": t("programme id"),
    "programme name": t("programme name"),
    "park list id": t("park list id"),
    "industry": t("industry"),
    "industry id": t("industry id"),
    "industry name": t("industry name"),
    "destination list": t("destination list"),
    "list": t("list"),
    "list of": t("list of"),
    "item": t("item"),
    "action": t("action"),
    "adcode": t("adcode"),
    "provision id": t("provision id"),
    "batch id": t("batch id"),
    "code": t("code"),
}
"""What is referred to or stands twice, in words."""


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

    def near(self, name: str) -> Text:
        """Return what to use instead of an unknown name."""
        self._looked_for += 1
        wanted = self._looked_for <= MOST_SUGGESTIONS
        found = difflib.get_close_matches(name[:80], self._names, 3, 0.4) if wanted else []
        if not found:
            return t("see the ids that exist")
        names = [f"'{one}'" for one in found]
        return t("did you mean {names}?", names=Text("、".join(names), " or ".join(names)))


def unknown(file: AnyParsed, at: At, ids: Iterable[str], known: Names, word: str) -> Iterator[str]:
    """Check that ids exist."""
    for one in ids:
        if one not in known:
            yield file.problem(
                at, t("no {word} has the id '{id}': {near}", word=KINDS[word], id=one, near=known.near(one))
            )


def twice(file: AnyParsed, at: At, names: Iterable[str], word: str) -> Iterator[str]:
    """Check that no name stands twice in a list."""
    seen: set[str] = set()
    told: set[str] = set()
    for name in names:
        if name in seen and name not in told:
            told.add(name)
            yield file.problem(at, t("the {word} '{name}' stands twice: keep one", word=KINDS[word], name=name))
        seen.add(name)


def references(
    file: AnyParsed, at: At, ids: Collection[str], known: Names, word: str, *, called: str = ""
) -> Iterator[str]:
    """Check ids that a file refers to: each exists and stands once; ``called`` is a shorter word for one of them."""
    yield from unknown(file, at, ids, known, word)
    yield from twice(file, at, ids, called or word)


def in_order(
    file: AnyParsed, at: At, start: dt.date, end: dt.date | None, horizon: dt.date | None = None
) -> Iterator[str]:
    """Check that a last day and a horizon do not lie before the first day."""
    if end is not None and end < start:
        yield file.problem(
            (*at, "in_force_until"), t("{end} is before in_force_from {start}: turn them round", end=end, start=start)
        )
    if horizon is not None and horizon < start:
        yield file.problem(
            (*at, "horizon"),
            t("{horizon} is before in_force_from {start}: a horizon lies after it", horizon=horizon, start=start),
        )


class Dated(Protocol):
    """What may have a first day, or only the month or year of it."""

    @property
    def date_from(self) -> dt.date | None:
        """The first day."""

    @property
    def date_printed(self) -> str | None:
        """The month or the year, where the day is not known."""


class DatedList(Dated, Protocol):
    """A list that may also have a last day."""

    @property
    def date_until(self) -> dt.date | None:
        """The last day."""


def one_date(file: AnyParsed, at: At, part: Dated) -> Iterator[str]:
    """Check that a day and a printed month or year do not stand side by side."""
    if part.date_from is not None and part.date_printed is not None:
        yield file.problem(
            (*at, "date_printed"), t("only for a date that is not a full day: set null beside date_from")
        )


def dates_of_list(file: AnyParsed, at: At, part: DatedList) -> Iterator[str]:
    """Check the dates of a list: one first day, and no last day before it."""
    yield from one_date(file, at, part)
    started = str(part.date_from) if part.date_from is not None else part.date_printed
    if part.date_until is not None and started is not None and part.date_until < days(started).first:
        yield file.problem(
            (*at, "date_until"),
            t(
                "{date_until} is before the list of {started}: turn them round",
                date_until=part.date_until,
                started=started,
            ),
        )


def named_by_id(file: AnyParsed, name: str) -> Iterator[str]:
    """Check that a file is named by its id."""
    if file.stem != name:
        yield file.problem(
            ("id",), t("the file is named {stem}, its id is {name}: make them the same", stem=file.stem, name=name)
        )


def codes_exist(file: AnyParsed, at: At, printed: str, codes: Iterable[str], units: Collection[str]) -> Iterator[str]:
    """Check that adcodes are those of units."""
    for code in codes:
        if code not in units:
            yield file.problem(
                at,
                t(
                    "no unit has the adcode {code} ({printed}): use a GB/T 2260 code of today, which "
                    "regionmap lookup shows",
                    code=code,
                    printed=printed,
                ),
            )


def unit_codes(file: AnyParsed, at: At, printed: str, codes: Collection[str], units: Collection[str]) -> Iterator[str]:
    """Check the adcodes of one name: each is that of a unit and stands once."""
    yield from codes_exist(file, at, printed, codes, units)
    yield from twice(file, at, codes, "adcode")


def evidence_of_list(file: AnyParsed, at: At, evidence: Evidence, places: Iterable[Evidence | None]) -> Iterator[str]:
    """Check that a list says to be as sure as its weakest place; None: a place is as sure as its list."""
    held = {one or evidence for one in places}
    weakest = Evidence.REPORTED if Evidence.REPORTED in held else Evidence.VERBATIM
    if weakest is not evidence:
        yield file.problem(
            (*at, "evidence"), t("a list is as sure as its weakest place: write {weakest}", weakest=weakest)
        )


def printed_count(file: AnyParsed, at: At, count: int | None, names: int) -> Iterator[str]:
    """Check that a list does not hold more names than its text says that it has."""
    if count is not None and names > count:
        yield file.problem(
            (*at, "printed_count"), t("the list has {names} names, more than {count}", names=names, count=count)
        )


def chain(names: Sequence[str]) -> str:
    """Return names with arrows between them, cut in the middle where they are many."""
    if len(names) > LONGEST_CHAIN_SHOWN:
        left_out = len(names) - LONGEST_CHAIN_SHOWN
        names = [*names[: LONGEST_CHAIN_SHOWN - 2], f"… {left_out} more …", *names[-2:]]
    return " → ".join(names)
