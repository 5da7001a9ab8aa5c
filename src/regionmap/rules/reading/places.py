"""From what a user writes to the units that an answer is for: administrative units first, then named places."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import joined, t
from regionmap.model import Caveat, CaveatKind, Text, Unit
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.reading.arguments import require_text

_SUCH_AS = t("'保定市', 'Baoding' or '130600'")

if TYPE_CHECKING:
    from regionmap.rules.reading.named_places import Named


def read_places(
    catalogue: Catalogue, gazetteer: Gazetteer, text: str, on: dt.date | None = None
) -> tuple[tuple[Unit, ...], list[Caveat]]:
    """Return the units that a text means, held as one area, and what must be said of the reading.

    Several are a unit of the past that is several today, or a park that lies in several. On a day on which a name was
    that of a prefecture that is gone, it means that, which is one unit; without a day, names are read as today.

    Raises:
        InputError: as ``Gazetteer.resolve``; for a named place, that several bear the name, or that no list says where
            it lies.
    """
    require_text(text, t("place"), _SUCH_AS)
    try:
        units, note = gazetteer.resolve_places(text, on)
    except UnknownPlaceError as error:
        named, caveat = _named(catalogue, gazetteer, text, error)
        return tuple(gazetteer.unit(code) for code in named.codes), [caveat]
    return units, _noted(note)


def read_place(
    catalogue: Catalogue, gazetteer: Gazetteer, text: str, on: dt.date | None = None
) -> tuple[Unit, list[Caveat]]:
    """Return the one unit that a text means on a day, and what must be said of the reading; see ``read_places``.

    Raises:
        InputError: as ``read_places``, and where the place lies in several units.
    """
    require_text(text, t("place"), _SUCH_AS)
    try:
        unit, note = gazetteer.resolve_with_note(text, on)
    except UnknownPlaceError as error:
        named, caveat = _named(catalogue, gazetteer, text, error)
        if len(named.codes) > 1:
            raise AmbiguousPlaceError(
                "{name} lies in {count} units: {places}; give one of them",
                named.codes,
                name=named.name, count=len(named.codes),
                places=joined(list(map(gazetteer.label, named.codes))),
            ) from None  # fmt: skip
        return gazetteer.unit(named.codes[0]), [caveat]
    return unit, _noted(note)


def _named(catalogue: Catalogue, gazetteer: Gazetteer, text: str, error: UnknownPlaceError) -> tuple[Named, Caveat]:
    """Return the park, zone or new area that a text means, and what must be said of it.

    Raises:
        InputError: as ``named_place``; or the text names a region, and its places are offered.
    """
    from regionmap.rules.reading.named_places import named_place, reading_caveat  # late: only what no unit bears asks
    from regionmap.rules.reading.regions import not_one_place

    try:
        named = named_place(catalogue, gazetteer, text, error)
    except UnknownPlaceError:
        region = not_one_place(catalogue, gazetteer, text)
        if region is not None:
            raise region from None
        raise
    return named, reading_caveat(gazetteer, text, named)


def _noted(note: Text | None) -> list[Caveat]:
    return [Caveat(CaveatKind.PLACE_READING, note)] if note is not None else []
