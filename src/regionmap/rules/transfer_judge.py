"""One industry on one date against everything that guides it somewhere: provisions, rows of lists, readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import (
    Action,
    ClassReading,
    DestinationArea,
    DestinationList,
    DestinationRow,
    Effect,
    Level,
    Provision,
    Status,
    Text,
    Unit,
)
from regionmap.places.gazetteer import Gazetteer
from regionmap.rules.answers import Finding, IndustryFit, IndustryMatch, Subject
from regionmap.rules.industries import IndustryJudge
from regionmap.rules.places import PlaceJudge
from regionmap.rules.question import Question
from regionmap.rules.ruling import RESTRICTING, STRICTNESS, status
from regionmap.rules.transfer_answers import Guide, Tier

# Support helps an industry where it is; only guidance says where it should go.
GUIDING = frozenset({Effect.GUIDE_IN})


@dataclass
class Found:
    """A place that something guides to, with all that does."""

    tier: Tier
    guides: list[Guide] = field(default_factory=list)


class TransferJudge:
    """Finds destinations for one industry on one date."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer, subject: Subject, on: dt.date) -> None:
        """Hold the guiding provisions and the lists against the industry and the date."""
        self._catalogue, self._gazetteer, self.subject, self.on = catalogue, gazetteer, subject, on
        self._industries = IndustryJudge(catalogue, subject)
        self._places = PlaceJudge(catalogue, gazetteer, on)
        self.question = Question(catalogue, gazetteer, subject, Action.MOVE_IN, on)
        self.guides = [one for one in self._provisions() if one.provision is not None]
        self.lists = [one for one in catalogue.destinations.values() if in_use(one, on)]

    def places(self, origin: Unit | None) -> dict[str, Found]:
        """Return the destinations by adcode; without an origin, all places that the industry is guided to.

        What guides to an area that holds the origin guides nobody away from it: it is left out.
        """
        found: dict[str, Found] = {}
        for guide in self.guides:
            if origin is not None and self.holds(guide, origin):
                continue
            for code, made in self.area(guide):
                _add(found, code, Tier.CLASS, made)
        for listed in self.lists:
            for row in listed.rows if listed.kind == "named" else ():
                match = self._row_match(row)
                if row.direction == "take_in" and match is not None:
                    for code in self._named(row):
                        _add(found, code, Tier.NAMED, Guide(listed=listed, row=row, reading=match[1]))
        return found

    def counter(self, place: Unit) -> tuple[Guide, ...]:
        """Return the rows of lists by which a place should adjust the industry (引导优化调整) or take no more of it."""
        return tuple(
            Guide(listed=listed, row=row)
            for listed in self.lists
            if listed.kind == "named"
            for row in listed.rows
            if row.direction != "take_in"
            and self._gazetteer.within(place.code, frozenset(row.codes)) == "whole"
            and self._row_match(row) is not None
        )

    def _named(self, row: DestinationRow) -> Iterable[str]:
        """The units that a row names; a park or a firm stands for the city around it, never for a province."""
        less = row.area in {DestinationArea.PARK, DestinationArea.FIRM}
        return (code for code in row.codes if not (less and self._gazetteer.unit(code).level is Level.PROVINCE))

    def at(self, place: Unit) -> list[Guide]:
        """Return what guides the industry to one place: provisions, named rows, and zones that it lies in."""
        found = []
        for guide in self.guides:
            one = guide.provision
            if one is not None and self._places.match(one.where, [place]).binds:
                found.append(guide)
        return found

    def against(self, place: Unit) -> list[Finding]:
        """Return the restricting rules in force on moving the industry into a place, the strictest first."""
        binding, _ = self.question.hold_binding([place])
        found = [one for one in binding if one.provision.effect in RESTRICTING]
        return sorted(found, key=lambda one: STRICTNESS.index(RESTRICTING[one.provision.effect]))

    def zones(self, place: Unit) -> list[tuple[DestinationList, DestinationRow]]:
        """Return the rows of zone and class lists that hold a place (or lie in it)."""
        return zones_at(self._gazetteer, self.lists, place)

    def holds(self, guide: Guide, origin: Unit) -> bool:
        """Whether the area that a provision guides to holds the origin itself."""
        one = guide.provision
        return one is not None and not one.where.national and self._places.match(one.where, [origin]).binds

    def _provisions(self) -> Iterable[Guide]:
        for one in self._catalogue.provisions:
            if one.effect not in GUIDING or Action.MOVE_IN not in one.actions:
                continue
            if status(one, self.on, self._catalogue) is not Status.IN_FORCE:
                continue
            if one.where.national and one.where.undefined is None:
                continue  # support everywhere guides nowhere
            match = self._match(one)
            if match is not None:
                source = self._catalogue.sources[one.source]
                yield Guide(provision=one, source=source, reading=match[1], undefined=one.where.undefined)

    def _match(self, one: Provision) -> tuple[IndustryMatch, ClassReading | None] | None:
        match = self._industries.match(one)
        if match.fit is IndustryFit.ALL or match.binds:
            return match, None
        return self._by_reading(one.industries, match)

    def _row_match(self, row: DestinationRow) -> tuple[IndustryMatch, ClassReading | None] | None:
        if not row.industries:
            return None
        match = self._industries.of(row.industries)
        return (match, None) if match.binds else self._by_reading(row.industries, match)

    def _by_reading(
        self, names: Sequence[str], match: IndustryMatch
    ) -> tuple[IndustryMatch, ClassReading | None] | None:
        for name in names:
            reading = self._catalogue.readings.get(name)
            if reading is not None and reading.members and self._industries.of(reading.members).binds:
                return match, reading
        return None

    def area(self, guide: Guide) -> Iterable[tuple[str, Guide]]:
        """Yield the units of a provision's area: as listed, or by a list that stands for its undefined words."""
        one = guide.provision
        if one is None:
            return
        where = one.where
        area = {code for place in where.places for code in place.codes}
        for _, _, codes in self._places.lists(where):
            area |= codes
        standing = self._through(where.undefined)
        for through in standing:
            for row in through.rows:
                if row.area in {DestinationArea.UNIT, DestinationArea.ZONE}:
                    for code in row.codes:
                        if where.national or self._gazetteer.within(code, frozenset(area)) == "whole":
                            yield code, Guide(one, guide.source, through, row, guide.reading, through, where.undefined)
        if not standing:
            yield from ((code, guide) for code in area)

    def _through(self, words: Text | None) -> list[DestinationList]:
        """The lists that stand for words that a document does not define."""
        if words is None:
            return []
        return [one for one in self.lists if any(word in words.zh for word in one.words)]


def in_use(listed: DestinationList, on: dt.date) -> bool:
    """Whether a list was out on a date: by its day, or after the year or month that alone is known."""
    if listed.date_until is not None and on > listed.date_until:
        return False
    if listed.date_from is not None:
        return listed.date_from <= on
    return listed.date_printed is not None and on.isoformat()[: len(listed.date_printed)] >= listed.date_printed


def zones_at(
    gazetteer: Gazetteer, lists: Iterable[DestinationList], place: Unit
) -> list[tuple[DestinationList, DestinationRow]]:
    """Return the rows of lists that name a place, a unit that holds it, or a unit in it."""
    found = []
    for listed in lists:
        for row in listed.rows:
            area = frozenset(row.codes)
            if area and gazetteer.within(place.code, area) != "none":
                found.append((listed, row))
    return found


def _add(found: dict[str, Found], code: str, tier: Tier, guide: Guide) -> None:
    held = found.setdefault(code, Found(tier))
    if tier is Tier.NAMED:
        held.tier = tier
    held.guides.append(guide)
