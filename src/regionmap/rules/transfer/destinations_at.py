"""What loaded documents and lists guide to one place: the question of ``transfer``, turned round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import enumerated, t, tn
from regionmap.model import Effect, Evidence, Provision, Source, Status, Text, Unit
from regionmap.model.destination import DestinationArea, DestinationList, DestinationRow
from regionmap.model.industry import ClassReading
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.places.names.hierarchy import Hierarchy
from regionmap.rules.matching.fits import PlaceFit
from regionmap.rules.matching.rule_index import RuleIndex
from regionmap.rules.transfer.matcher import zones_at
from regionmap.unit_table import printed_name

INVITING = frozenset({Effect.GUIDE_IN, Effect.SUPPORT})
_AREAS: dict[DestinationArea, Text] = {DestinationArea.PARK: t("A park"), DestinationArea.FIRM: t("A firm")}


@dataclass(frozen=True, slots=True)
class PlaceDestination:
    """One reason why industries are guided to a place, or a zone that it lies in, or what it is to adjust or give up.

    Either a ``row`` of a list (``listed``) names the place, or a ``provision`` of a document (``source``) reaches it.
    ``fit`` says in words how the place stands to it. ``undefined``: words that narrow the provision's area and that no
    list defines, so that it is not known whether they mean this place.
    """

    fit: Text
    listed: DestinationList | None = None
    row: DestinationRow | None = None
    provision: Provision | None = None
    source: Source | None = None

    @property
    def industries(self) -> tuple[str, ...]:
        """The ids of the industries that it names; none for a zone, or for a provision on every industry."""
        if self.row is not None:
            return self.row.industries
        return self.provision.industries if self.provision is not None else ()

    @property
    def evidence(self) -> Evidence:
        """How it is known."""
        known = self.row or self.provision
        return known.evidence if known is not None else Evidence.REPORTED

    @property
    def undefined(self) -> Text | None:
        """The words of the provision that narrow its area and that no list defines."""
        return self.provision.where.undefined if self.provision is not None else None

    @property
    def takes_in(self) -> bool:
        """Whether it guides industries here, and not to be adjusted or given up, as some rows of lists do."""
        return self.row is None or self.row.direction == "take_in"

    @property
    def is_status(self) -> bool:
        """Whether it is a zone or a class of area that the place belongs to, and names no industry."""
        return self.row is not None and not self.row.industries


def destinations_at(
    catalogue: Catalogue, gazetteer: Gazetteer, place: Unit, on: dt.date
) -> tuple[PlaceDestination, ...]:
    """Return what guides industries to a place on a date: rows of lists that were out, then provisions in force.

    A list is found by the place itself, by a unit that holds it, and by units inside it. Support of the whole country
    guides nowhere and is left out. An empty answer means that nothing is loaded, not that the place is no destination.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        place: the unit.
        on: the date.
    """
    lists, hierarchy = catalogue.lists_in_use(on), gazetteer.on(on)
    rows = [
        PlaceDestination(_row_fit(gazetteer, hierarchy, row, place), listed=listed, row=row)
        for listed, row in zones_at(hierarchy, lists, place)
    ]
    return (*rows, *_provisions(catalogue, gazetteer, place, on))


def reading_of(catalogue: Catalogue, industry: str) -> ClassReading | None:
    """Return our reading of a class of industries that documents do not define, None for any other industry.

    Args:
        catalogue: what is loaded.
        industry: the id of an industry.
    """
    found = catalogue.readings.get(industry)
    return found if found is not None and found.members else None


def _provisions(catalogue: Catalogue, gazetteer: Gazetteer, place: Unit, on: dt.date) -> Iterable[PlaceDestination]:
    index = RuleIndex.of(catalogue, gazetteer)
    interval = index.interval(on)
    matches = interval.areas.matches((place,)).matches
    for one, number, standing in zip(catalogue.provisions, index.areas.number, interval.statuses, strict=True):
        if one.effect not in INVITING or one.where.national or standing is not Status.IN_FORCE:
            continue
        if one.source in catalogue.lists:
            continue  # rows of lists stand before the provisions, all of them
        match = matches[number]
        if match.binds:
            part = match.part or ((place,) if match.fit is PlaceFit.PART else ())
            units = enumerated([Text(unit.name, unit.name_en) for unit in part])
            fit = t("Only {units} in it.", units=units) if part else t("The whole of it lies in the area.")
            if one.where.undefined is not None:
                words = one.where.undefined
                fit = t("Only where it is “{words}”; no loaded list says whether it is.", words=words)
            yield PlaceDestination(fit, provision=one, source=catalogue.sources[one.source])


def _row_fit(gazetteer: Gazetteer, hierarchy: Hierarchy, row: DestinationRow, place: Unit) -> Text:
    area = frozenset(row.codes)
    held = hierarchy.within(place.code, area)
    # A list that names 合肥市 and what came to it later (巢湖市) says no more of it than 合肥市 says.
    met = [code for code in row.codes if _meet(hierarchy, place, code) and area.isdisjoint(hierarchy.above(code))]
    named = [gazetteer.unit(code) for code in met]
    units = enumerated([Text(one.name, one.name_en) for one in named])
    printed = printed_name(row.printed, row.codes)
    if row.area in _AREAS:
        kind = _AREAS[row.area]
        if held == "whole" and place.code not in area:
            return t(
                "{area} in {units}: {printed}. Whether it reaches this place is not known.",
                area=kind,
                units=units,
                printed=printed,
            )
        return t("{area} in it, not the whole of {units}: {printed}.", area=kind, units=units, printed=printed)
    if held == "part":
        return t("Only {units} in it.", units=units)
    if not area.isdisjoint(hierarchy.above(place.code)):
        return tn("By {units}, which holds it.", "By {units}, which hold it.", len(named), units=units)
    if row.area is DestinationArea.ZONE:
        return t("It lies in {printed}.", printed=printed)
    return t("The list names it as {printed}.", printed=printed)


def _meet(hierarchy: Hierarchy, place: Unit, code: str) -> bool:
    """Tell whether one of two units holds the other."""
    inside = hierarchy.within(code, frozenset({place.code})) == "whole"
    return inside or hierarchy.within(place.code, frozenset({code})) == "whole"
