"""Where could it go: what pushes an industry out of a place, and the places that documents guide it to.

Destinations stand in tiers. ``named``: a document names this place for this industry. ``class``: a document guides this
kind of industry to the place's class of area. There are no scores: the order is the tier, then what stands against a
place (the strictest ruling there, then how many rules), then the evidence, then the adcode.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import joined, t
from regionmap.model import (
    Action,
    ClassReading,
    DestinationArea,
    DestinationList,
    DestinationRow,
    Effect,
    Evidence,
    Level,
    Provision,
    Ruling,
    Source,
    Status,
    Text,
    Unit,
)
from regionmap.places.gazetteer import Gazetteer
from regionmap.rules.answers import Caveat, CaveatKind, Coverage, Finding, IndustryFit, IndustryMatch, Subject, Verdict
from regionmap.rules.check import check
from regionmap.rules.coverage import coverage
from regionmap.rules.industries import IndustryJudge
from regionmap.rules.places import OUT_OF_SCOPE, PlaceJudge
from regionmap.rules.question import Question
from regionmap.rules.ruling import RESTRICTING, STRICTNESS, status, strictest

# Support helps an industry where it is; only guidance says where it should go.
GUIDING = frozenset({Effect.GUIDE_IN})


class Tier(StrEnum):
    """How a place comes to be a destination."""

    NAMED = "named"
    CLASS = "class"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Guide:
    """One reason why a place is a destination.

    Either a ``provision`` guides the industry to an area that holds the place, or a ``row`` of a list names it.
    ``reading``: the class of industries through which we read the industry into it. ``through``: the list by which we
    read an undefined class of area. ``undefined``: words that narrow the area and that no list defines.
    """

    provision: Provision | None = None
    source: Source | None = None
    listed: DestinationList | None = None
    row: DestinationRow | None = None
    reading: ClassReading | None = None
    through: DestinationList | None = None
    undefined: Text | None = None

    @property
    def evidence(self) -> Evidence:
        """The weakest evidence of what it rests on."""
        known = [one.evidence for one in (self.provision, self.row, self.through) if one is not None]
        return Evidence.REPORTED if Evidence.REPORTED in known else Evidence.VERBATIM


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that an industry may be guided to: why, and what stands against it there.

    ``counter``: rows of lists by which the place should adjust the industry or take no more of it.
    """

    place: Unit
    tier: Tier
    guides: tuple[Guide, ...]
    ruling: Ruling
    obstacles: tuple[Finding, ...]
    counter: tuple[Guide, ...] = ()

    @property
    def position(self) -> Text:
        """Why it stands where it stands, in words."""
        rules, lists = len(self.obstacles), len(self.counter)
        if self.counter:
            return t("{count} rules and {lists} lists stand against it there.", count=rules, lists=lists)
        if not self.obstacles:
            return t("Nothing loaded stands against it; {count} documents or lists guide here.", count=len(self.guides))
        return t("{count} rules stand against it there.", count=len(self.obstacles))


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """What pushes an industry out of ``origin``, and where it is guided to, best first.

    ``push_lists``: rows of lists by which the origin should adjust or give up the industry. ``open_places`` are the
    prefecture-level units for and against which nothing was found.
    """

    origin: Unit
    subject: Subject
    date: dt.date
    push: Verdict
    push_lists: tuple[Guide, ...]
    destinations: tuple[Destination, ...]
    undefined: tuple[Guide, ...]
    open_places: tuple[Unit, ...]
    caveats: tuple[Caveat, ...]
    coverage: Coverage
    catalogue: str


@dataclass
class _Found:
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

    def places(self, origin: Unit | None) -> dict[str, _Found]:
        """Return the destinations by adcode; without an origin, all places that the industry is guided to.

        What guides to an area that holds the origin guides nobody away from it: it is left out.
        """
        found: dict[str, _Found] = {}
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


def transfer(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    origin: Unit,
    subject: Subject,
    on: dt.date,
    first: Sequence[Caveat] = (),
) -> TransferAnswer:
    """Answer where an industry at a place is guided to on a date."""
    judge = TransferJudge(catalogue, gazetteer, subject, on)
    here = Question(catalogue, gazetteer, subject, Action.NEW, on)
    push = check(catalogue, gazetteer, here, [origin])
    found = judge.places(origin)
    away = {
        code: one for code, one in found.items() if not _same(gazetteer, code, origin) and not _beyond(gazetteer, code)
    }
    destinations = [_destination(judge, gazetteer, code, one) for code, one in away.items()]
    reached = frozenset(away)
    open_places = [
        unit
        for unit in gazetteer.prefecture_level_units()
        if gazetteer.within(unit.code, reached) == "none"
        and not _same(gazetteer, unit.code, origin)
        and not _beyond(gazetteer, unit.code)
        and not judge.against(unit)
        and not judge.counter(unit)
    ]
    undefined = [
        guide
        for guide in judge.guides
        if guide.undefined is not None and not judge.holds(guide, origin) and not list(judge.area(guide))
    ]
    return TransferAnswer(
        origin=origin,
        subject=subject,
        date=on,
        push=push,
        push_lists=judge.counter(origin),
        destinations=tuple(sorted(destinations, key=order)),
        undefined=tuple(undefined),
        open_places=tuple(open_places),
        caveats=(*first, *_caveats(catalogue, judge, origin, destinations, on)),
        coverage=coverage(catalogue),
        catalogue=catalogue.version,
    )


def order(one: Destination) -> tuple[int, int, int, int, str]:
    """Return the position of a destination: tier, then what stands against it, then the evidence, then the adcode."""
    return (
        list(Tier).index(one.tier),
        -STRICTNESS.index(one.ruling) if one.obstacles else -len(STRICTNESS),
        len(one.obstacles) + len(one.counter),
        0 if any(guide.evidence is Evidence.VERBATIM for guide in one.guides) else 1,
        one.place.code,
    )


def guide_text(guide: Guide) -> Text:
    """Return a reason in words: document, item and words, or the list and what it prints."""
    if guide.provision is not None and guide.source is not None:
        one = guide.provision
        cited = f"{guide.source.number} {one.item}「{one.quote}」"
        return Text(cited, cited)
    if guide.listed is not None and guide.row is not None:
        printed, words = guide.row.printed, guide.row.words or ""
        return t("{name}: {printed} {words}", name=guide.listed.name, printed=printed, words=words)
    return Text("", "")


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


def _destination(judge: TransferJudge, gazetteer: Gazetteer, code: str, found: _Found) -> Destination:
    unit = gazetteer.unit(code)
    against = judge.against(unit)
    counter = judge.counter(unit)
    return Destination(unit, found.tier, tuple(found.guides), strictest(against), tuple(against), counter)


def _add(found: dict[str, _Found], code: str, tier: Tier, guide: Guide) -> None:
    held = found.setdefault(code, _Found(tier))
    if tier is Tier.NAMED:
        held.tier = tier
    held.guides.append(guide)


def _same(gazetteer: Gazetteer, code: str, origin: Unit) -> bool:
    """Whether a place is the origin, lies in it, or is the smaller area that holds it (not a whole province)."""
    inside = gazetteer.within(code, frozenset({origin.code})) == "whole"
    around = gazetteer.within(origin.code, frozenset({code})) == "whole"
    return inside or around


def _beyond(gazetteer: Gazetteer, code: str) -> bool:
    return gazetteer.province(code).code in OUT_OF_SCOPE


def _caveats(
    catalogue: Catalogue, judge: TransferJudge, origin: Unit, destinations: Sequence[Destination], on: dt.date
) -> Iterable[Caveat]:
    used = {
        guide.reading.industry_class: guide.reading for one in destinations for guide in one.guides if guide.reading
    }
    for reading in used.values():
        yield Caveat(
            CaveatKind.UNDEFINED_INDUSTRY,
            t(
                "That {subject} counts as {name} is our reading: {reason}",
                subject=judge.subject.name,
                name=catalogue.industries[reading.industry_class].name,
                reason=reading.reason,
            ),
        )
    guided = [guide for guide in judge.guides if not judge.holds(guide, origin)]
    words = {guide.undefined.zh: guide.undefined for guide in guided if guide.undefined is not None}
    for text in words.values():
        yield Caveat(
            CaveatKind.UNDEFINED_AREA,
            t("The text speaks of “{words}” and prints no list of such places; no line is drawn.", words=text),
        )
    partly = [listed.name for listed in judge.lists if not listed.complete]
    if partly:
        yield Caveat(
            CaveatKind.READ_PART,
            t(
                "Loaded only in part, so that a missing place is not “not listed”: {names}.",
                names=joined(partly),
            ),
        )
    if not destinations:
        first = min((one.in_force_from for one in catalogue.provisions if one.effect in GUIDING), default=None)
        if first is not None and on < first:
            yield Caveat(
                CaveatKind.DATE_UNKNOWN,
                t("The earliest loaded guidance is of {day}; nothing loaded speaks of {on}.", day=first, on=on),
            )
        else:
            yield Caveat(
                CaveatKind.READ_PART,
                t("No loaded document guides this industry anywhere on this date. That does not mean that none does."),
            )
