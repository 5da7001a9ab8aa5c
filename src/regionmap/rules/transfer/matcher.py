"""One industry on one date against everything that guides it somewhere: provisions of documents and rows of lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Action, Effect, Level, Provision, Rank, Status, Unit
from regionmap.model.destination import DestinationList, DestinationRow
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.places.names.hierarchy import Hierarchy
from regionmap.rules.matching.effects import RANK, RESTRICTING
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import IndustryMatch, Subject
from regionmap.rules.matching.industries import IndustryMatcher
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.validity import status
from regionmap.rules.transfer.answers import Guide, Tier
from regionmap.rules.verdict.ruling import weight

# Support helps an industry where it is; only guidance says where it should go.
GUIDING = frozenset({Effect.GUIDE_IN})


@dataclass
class Found:
    """A place that something guides to, with all that does."""

    tier: Tier
    guides: list[Guide] = field(default_factory=list)


class TransferMatcher:
    """Finds destinations for one industry on one date."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer, subject: Subject, on: dt.date) -> None:
        """Compare what guides, of documents and of lists, with the industry and the date."""
        self._catalogue, self._gazetteer, self.subject, self.on = catalogue, gazetteer, subject, on
        self._places = PlaceMatcher(catalogue, gazetteer, on)
        self.question = Question(catalogue, gazetteer, subject, Action.MOVE_IN, on)
        self.lists = list(catalogue.lists_in_use(on))
        found = list(self._guides())
        self.guides = [one for one in found if one.listed is None]
        """Provisions of documents that guide the industry somewhere."""
        self.rows = [one for one in found if one.listed is not None]
        """Rows of lists that name a place for the industry."""

    def places(self, origin: Unit | None) -> dict[str, Found]:
        """Return the destinations by adcode; without an origin, all places that the industry is guided to.

        What guides to an area that holds the origin guides nobody away from it: it is left out.

        Args:
            origin: the unit where the industry is.
        """
        found: dict[str, Found] = {}
        for guide in self.guides:
            if origin is not None and self.holds(guide, origin):
                continue
            for code, made in self.area(guide):
                _add(found, code, Tier.CLASS, made)
        for guide in self.rows:
            for code in self._named(guide):
                _add(found, code, Tier.NAMED, guide)
        return found

    def _named(self, guide: Guide) -> Iterable[str]:
        """Return the units that a row names; a park or a firm stands for the city around it, never for a province."""
        one = guide.provision
        if one is None:
            return ()
        codes = (code for place in one.where.places for code in place.codes)
        return (code for code in codes if not (one.where.partly and self._gazetteer.unit(code).level is Level.PROVINCE))

    def at(self, place: Unit) -> list[Guide]:
        """Return the provisions of documents that guide the industry to one place."""
        return [
            guide
            for guide in self.guides
            if guide.provision is not None and self._places.match(guide.provision.where, [place]).binds
        ]

    def against(self, place: Unit) -> list[Finding]:
        """Return what stands against moving the industry into a place: the restricting rules that a check rests on.

        The strictest come first. Rows of lists by which the place adjusts the industry or takes no more are among them.

        Args:
            place: the unit that the industry would move to.
        """
        binding = self.question.evaluate_binding([place]).findings
        found = [one for one in binding if one.decides and one.provision.effect in RESTRICTING]
        return sorted(found, key=lambda one: RANK[weight(one)])

    def holds(self, guide: Guide, origin: Unit) -> bool:
        """Tell whether the area that a provision guides to holds the origin itself."""
        one = guide.provision
        return one is not None and not one.where.national and self._places.match(one.where, [origin]).binds

    def _guides(self) -> Iterator[Guide]:
        industries = IndustryMatcher(self._catalogue, self.subject)
        for one in self._catalogue.provisions:
            if one.effect not in GUIDING or Action.MOVE_IN not in one.actions or one.ask is not None:
                continue
            if status(one, self.on, self._catalogue) is not Status.IN_FORCE:
                continue
            if one.where.national and one.where.undefined is None:
                continue  # support everywhere guides nowhere
            match = industries.match(one)
            if match.binds:
                yield self._guide(one, match)

    def _guide(self, one: Provision, match: IndustryMatch) -> Guide:
        source = self._catalogue.source_of(one)
        if source.rank is not Rank.LIST:
            return Guide(provision=one, source=source, reading=match.reading, undefined=one.where.undefined)
        listed = self._catalogue.destinations[source.id]
        number = int(one.id.rsplit("/", 1)[1])
        return Guide(provision=one, source=source, listed=listed, row=listed.rows[number - 1], reading=match.reading)

    def area(self, guide: Guide) -> Iterable[tuple[str, Guide]]:
        """Yield the units of a provision's area: as listed, or by a list that stands for its undefined words."""
        one = guide.provision
        if one is None:
            return
        for code, listed in self._places.units(one.where):
            if listed is None:
                yield code, guide
                continue
            row = next(row for row in listed.rows if code in row.codes)
            yield code, Guide(one, guide.source, listed, row, guide.reading, listed, one.where.undefined)


def zones_at(
    hierarchy: Hierarchy, lists: Iterable[DestinationList], place: Unit
) -> list[tuple[DestinationList, DestinationRow]]:
    """Return the rows of lists that name a place, a unit that holds it, or a unit in it.

    Args:
        hierarchy: which unit lies in which on the date.
        lists: the lists to look in.
        place: the unit.
    """
    found = []
    for listed in lists:
        for row in listed.rows:
            area = frozenset(row.codes)
            if area and hierarchy.within(place.code, area) != "none":
                found.append((listed, row))
    return found


def _add(found: dict[str, Found], code: str, tier: Tier, guide: Guide) -> None:
    held = found.setdefault(code, Found(tier))
    if tier is Tier.NAMED:
        held.tier = tier
    held.guides.append(guide)
