"""Which parks, new areas and zones lie in a place or around it, by the lists that were out on a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import as_printed, enumerated, t, tn
from regionmap.model import Text, Unit
from regionmap.model.park import Park, ParkKind, ParkList
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.places.names.hierarchy import Hierarchy
from regionmap.rules.pilots import PilotStatus, status, when


class ParkFit(StrEnum):
    """How a place stands to a park.

    ``itself``: a text makes the park the whole of this unit. ``inside``: it lies in this unit, or in part. ``around``:
    it lies in a unit that holds this one; whether it reaches here is not known. ``somewhere``: it lies in the same
    province, and no list says in which city or county.
    """

    ITSELF = "itself"
    INSIDE = "inside"
    AROUND = "around"
    SOMEWHERE = "somewhere"


@dataclass(frozen=True, slots=True)
class ParkListing:
    """A park on a list; ``fit`` and ``via`` (the units through which it was found) are set when a place was asked for.

    ``status`` is that of the list on the date.
    """

    listed: ParkList
    park: Park
    status: PilotStatus
    fit: ParkFit | None = None
    via: tuple[Unit, ...] = ()

    @property
    def says(self) -> Text:
        """Where it lies, as seen from the place that was asked for."""
        units = enumerated([Text(one.name, one.name_en) for one in self.via])
        match self.fit:
            case ParkFit.ITSELF:
                return t("The whole of {units}.", units=units)
            case ParkFit.AROUND:
                return t("In {units}; whether it reaches this place is not known.", units=units)
            case ParkFit.SOMEWHERE:
                return t("Somewhere in {units}; in which city or county is not known.", units=units)
            case _ if len(self.park.codes) > 1:
                return tn(
                    "In {units}, which holds it or a part of it.", "In {units}, which hold it or parts of it.",
                    len(self.via), units=units,
                )  # fmt: skip
            case _:
                return t("In {units}.", units=units)

    @property
    def when(self) -> Text:
        """The first day as far as it is known, and the last one."""
        return when(self.park)


def park_name(park: Park) -> Text:
    """Return what a park is called: as printed, in English by the name that its list gives for it."""
    return Text(park.printed, park.english) if park.english else as_printed(park.printed)


def park_listings(catalogue: Catalogue, on: dt.date) -> tuple[ParkListing, ...]:
    """Return every park on every list that was or may have been out on a date."""
    return tuple(
        ParkListing(listed, park, state)
        for listed in catalogue.parks.values()
        for park in listed.parks
        if (state := status(park, on)) is not None
    )


def parks_at(catalogue: Catalogue, gazetteer: Gazetteer, place: Unit, on: dt.date) -> tuple[ParkListing, ...]:
    """Return the parks of a place on a date: what is it, then what lies in it, around it, or somewhere in its province.

    A park on several lists comes once for each: every list says something else of it.
    """
    if not catalogue.parks:
        return ()
    hierarchy, known = gazetteer.on(on), gazetteer.by_code
    above = {code: known[code] for code in hierarchy.above(place.code) if code in known}
    inside = {place.code, *(code for code in hierarchy.below(place.code) if code in known)}
    province = gazetteer.province(place.code)
    found = []
    for listed in catalogue.parks.values():
        for park in listed.parks:
            fit = _fit_of(gazetteer, hierarchy, park, inside, above, province)
            state = status(park, on) if fit is not None else None
            if fit is not None and state is not None:
                found.append(ParkListing(listed, park, state, *fit))
    return tuple(sorted(found, key=_order))


def _fit_of(
    gazetteer: Gazetteer, hierarchy: Hierarchy, park: Park, inside: set[str], above: dict[str, Unit], province: Unit
) -> tuple[ParkFit, tuple[Unit, ...]] | None:
    here = tuple(code for code in park.codes if code in inside)
    if here:
        fit = ParkFit.ITSELF if park.whole and _all_of(hierarchy, park, inside) else ParkFit.INSIDE
        return fit, tuple(gazetteer.unit(code) for code in here)
    over = tuple(above[code] for code in park.codes if code in above)
    if over:
        # A text that makes it the whole of a unit above leaves no doubt whether it reaches here.
        return (ParkFit.ITSELF if park.whole else ParkFit.AROUND), over
    if not park.codes and park.province == province.code:
        return ParkFit.SOMEWHERE, (province,)
    return None


def _all_of(hierarchy: Hierarchy, park: Park, inside: set[str]) -> bool:
    """Tell whether the place that was asked for is no more than the units of the park."""
    return all(hierarchy.within(code, frozenset(park.codes)) == "whole" for code in inside)


def by_kind(listed: Iterable[ParkListing]) -> dict[ParkKind, list[ParkListing]]:
    """Return listings by what the places are, in the order of the kinds."""
    groups: dict[ParkKind, list[ParkListing]] = {kind: [] for kind in ParkKind}
    for one in listed:
        groups[one.listed.kind].append(one)
    return {kind: group for kind, group in groups.items() if group}


def _order(one: ParkListing) -> tuple[int, int, int, str]:
    fit = list(ParkFit).index(one.fit) if one.fit is not None else 0
    return list(PilotStatus).index(one.status), fit, list(ParkKind).index(one.listed.kind), one.listed.id
