"""Where could it go: what pushes an industry out of a place, and the places that documents guide it to.

Destinations stand in tiers. ``named``: a document names this place for this industry. ``class``: a document guides this
kind of industry to the place's class of area. There are no scores: the order is the tier, then what stands against a
place (the strictest ruling there, then how many rules), then the evidence, then the adcode.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import joined, t
from regionmap.model import Action, Caveat, CaveatKind, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.places.names.hierarchy import Hierarchy
from regionmap.rules.matching.fits import Subject
from regionmap.rules.matching.places import OUT_OF_SCOPE
from regionmap.rules.matching.question import Question
from regionmap.rules.transfer.answers import Destination, TransferAnswer, order
from regionmap.rules.transfer.matcher import GUIDING, Found, TransferMatcher
from regionmap.rules.verdict.check import check
from regionmap.rules.verdict.rulings import ruling_at
from regionmap.rules.verdict.site_caveats import out_of_scope


def transfer(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    origin: Unit,
    subject: Subject,
    on: dt.date,
    leading_caveats: Sequence[Caveat] = (),
) -> TransferAnswer:
    """Answer where an industry at a place is guided to on a date.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        origin: the unit where the industry is.
        subject: the industry.
        on: the date.
        leading_caveats: caveats that the caller knows, put before the others.
    """
    matcher = TransferMatcher(catalogue, gazetteer, subject, on)
    here = Question(catalogue, gazetteer, subject, Action.NEW, on)
    push = check(catalogue, gazetteer, here, [origin])
    found, hierarchy = matcher.places(origin), gazetteer.on(on)
    away = {
        code: one for code, one in found.items() if not _same(hierarchy, code, origin) and not _beyond(gazetteer, code)
    }
    destinations = [_destination(matcher, gazetteer.unit(code), one) for code, one in away.items()]
    reached = frozenset(away)
    open_places = [
        unit
        for unit in gazetteer.prefecture_level_units(on)
        if hierarchy.within(unit.code, reached) == "none"
        and not _same(hierarchy, unit.code, origin)
        and not _beyond(gazetteer, unit.code)
        and not matcher.against(unit)
    ]
    undefined = [
        guide
        for guide in matcher.guides
        if guide.undefined is not None and not matcher.holds(guide, origin) and not list(matcher.area(guide))
    ]
    return TransferAnswer(
        origin=origin,
        subject=subject,
        date=on,
        push=push,
        destinations=tuple(sorted(destinations, key=order)),
        undefined=tuple(undefined),
        open_places=tuple(open_places),
        caveats=(*leading_caveats, *_scope(gazetteer, origin), *_caveats(catalogue, matcher, origin, destinations, on)),
        coverage=push.coverage,
        catalogue=catalogue.version,
    )


def _destination(matcher: TransferMatcher, unit: Unit, found: Found) -> Destination:
    ruling = ruling_at(matcher.question, unit).ruling
    return Destination(unit, found.tier, tuple(found.guides), ruling, tuple(matcher.against(unit)))


def _same(hierarchy: Hierarchy, code: str, origin: Unit) -> bool:
    """Tell whether a place is the origin, lies in it, or is the smaller area that holds it (not a whole province)."""
    inside = hierarchy.within(code, frozenset({origin.code})) == "whole"
    around = hierarchy.within(origin.code, frozenset({code})) == "whole"
    return inside or around


def _beyond(gazetteer: Gazetteer, code: str) -> bool:
    return gazetteer.province(code).code in OUT_OF_SCOPE


def _scope(gazetteer: Gazetteer, origin: Unit) -> Iterable[Caveat]:
    """Yield the caveat for an origin that no loaded document addresses."""
    if _beyond(gazetteer, origin.code):
        yield out_of_scope(origin)


def _caveats(
    catalogue: Catalogue, matcher: TransferMatcher, origin: Unit, destinations: Sequence[Destination], on: dt.date
) -> Iterable[Caveat]:
    used = {
        guide.reading.industry_class: guide.reading for one in destinations for guide in one.guides if guide.reading
    }
    for reading in used.values():
        yield Caveat(
            CaveatKind.READING,
            t(
                "That “{subject}” counts as “{name}” is our reading: {reason}",
                subject=matcher.subject.name,
                name=catalogue.industries[reading.industry_class].name,
                reason=reading.reason,
            ),
        )
    guided = [guide for guide in matcher.guides if not matcher.holds(guide, origin)]
    words = {guide.undefined.zh: guide.undefined for guide in guided if guide.undefined is not None}
    for text in words.values():
        yield Caveat(
            CaveatKind.UNDEFINED_AREA,
            t("The text speaks of “{words}” and prints no list of such places; no line is drawn.", words=text),
        )
    partly = [listed.name for listed in matcher.lists if not listed.complete]
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
