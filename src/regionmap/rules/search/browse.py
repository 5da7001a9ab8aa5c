"""Find provisions by words, industry, place, source, effect and date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Effect, Provision, Source, Status, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.fits import Subject
from regionmap.rules.matching.industries import IndustryMatcher
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.matching.validity import status

if TYPE_CHECKING:
    from regionmap.rules.search.fulltext import FullText


@dataclass(frozen=True, slots=True)
class Rule:
    """A provision with its source, and its status when a date was given."""

    provision: Provision
    source: Source
    status: Status | None

    def __repr__(self) -> str:
        """Return which rule it is in one line."""
        told = f"{self.source.number} {self.provision.item}, {self.provision.effect}"
        return f"<Rule {self.provision.id}: {told}{f', {self.status}' if self.status is not None else ''}>"


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; None leaves a question open. All that are set must hold."""

    text: str | None = None
    subject: Subject | None = None
    place: Unit | None = None
    source: str | None = None
    effect: Effect | None = None
    on: dt.date | None = None


def browse(
    catalogue: Catalogue, gazetteer: Gazetteer, fulltext: FullText | None, filters: Filters, today: dt.date
) -> tuple[Rule, ...]:
    """Return the provisions that pass every filter, in the order of the documents.

    For a text: rules before duties and targets, and the best finds first.

    A date does not drop provisions: it gives each its status. A place is compared with the definitions in use on the
    date, or ``today`` without one.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        fulltext: the index of all provisions; without one, a text is not searched for.
        filters: what to look for.
        today: the date for places where the filters have none.
    """
    industries = IndustryMatcher(catalogue, filters.subject) if filters.subject is not None else None
    places = PlaceMatcher(catalogue, gazetteer, filters.on or today)
    found = []
    for one in _candidates(catalogue, fulltext, filters.text):
        source = catalogue.source_of(one)
        if filters.source is not None and one.source != filters.source:
            continue
        if filters.effect is not None and one.effect is not filters.effect:
            continue
        if industries is not None and not industries.match(one).binds:
            continue
        if filters.place is not None and not places.match(one.where, [filters.place]).binds:
            continue
        found.append(Rule(one, source, status(one, filters.on, catalogue) if filters.on is not None else None))
    return tuple(found)


def _candidates(catalogue: Catalogue, fulltext: FullText | None, text: str | None) -> tuple[Provision, ...]:
    if text is None or fulltext is None:
        return catalogue.provisions
    by_id = {one.id: one for one in catalogue.provisions}
    found = [by_id[name] for name in fulltext.find(text)]
    # Who types 错峰 wants the rule, not first the office that has to carry it out.
    return tuple(sorted(found, key=lambda one: one.effect in {Effect.DUTY, Effect.TARGET}))
