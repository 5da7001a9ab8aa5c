"""Regions and places that are taken for each other: 京津冀 is no one place, and 保定 no region."""

from __future__ import annotations

import re
from collections.abc import Iterable

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.folding import folded
from regionmap.catalogue.naming import find_region
from regionmap.errors import InputError, UnknownNameError
from regionmap.i18n import joined, t
from regionmap.model import Region, Text, Unit
from regionmap.places.errors import RegionAsPlaceError
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.traditional import simplified

MOST_PLACES = 4
_KEPT_AT = "region_names"
_QUOTES_AT = "words_of_rules"
_AREA = re.compile("[\u4e00-\u9fff]{1,10}(?:角|角洲|地区|区域|流域|平原|半岛|城市群|都市圈|经济圈|湾区|带)")
_KIND = re.compile("(?:地区|区域|区)$")


def not_one_place(catalogue: Catalogue, gazetteer: Gazetteer, text: str) -> RegionAsPlaceError | None:
    """Return the error for a text that names a region, None where it names none."""
    found = _named(catalogue, text) if isinstance(text, str) else []
    if not found:
        return _without_list(catalogue, text) if isinstance(text, str) else None
    places = tuple(dict.fromkeys(code for region in found for code in _places(gazetteer, region)))[:MOST_PLACES]
    return RegionAsPlaceError(
        "'{asked}' is a region, not one place: {regions}; ask for one of its places, such as {places}",
        places,
        asked=text.strip(),
        regions=_with_ids(found),
        places=joined(list(map(gazetteer.label, places))),
    )


def region_named(catalogue: Catalogue, gazetteer: Gazetteer, text: str) -> Region:
    """Return a region by its id or its name, in Chinese or English.

    Raises:
        InputError: no region has this name. The nearest are offered; for the name of a place, the regions it lies in.
    """
    try:
        return find_region(catalogue, text)
    except UnknownNameError:
        place = _place(gazetteer, text)
        if place is None:
            unlisted = _without_list(catalogue, text)
            if unlisted is not None:
                raise unlisted from None
            raise
        held = [one for one in catalogue.regions.values() if _holds(catalogue, gazetteer, one, place)]
        raise UnknownNameError(
            "'{asked}' is a place and no region", lambda: _regions_of(place, held), asked=text.strip()
        ) from None


def _without_list(catalogue: Catalogue, text: str) -> RegionAsPlaceError | None:
    """Return the error for an area that rules name and of which no list is loaded (珠三角), None for any other text."""
    asked = simplified(text.strip())
    if not _AREA.fullmatch(asked):
        return None
    quotes = catalogue.derived.get(_QUOTES_AT)
    if not isinstance(quotes, str):
        quotes = catalogue.derived[_QUOTES_AT] = "\n".join(one.quote for one in catalogue.provisions)
    if asked not in quotes:
        return None
    return RegionAsPlaceError(
        "documents speak of '{asked}', but no list of its places is loaded: ask for a place (such as 保定市), and see "
        "regionmap rules --text {asked} for the rules that name it",
        asked=asked,
    )


def _place(gazetteer: Gazetteer, text: str) -> Unit | None:
    try:
        return gazetteer.resolve(text)
    except InputError:
        return None


def _holds(catalogue: Catalogue, gazetteer: Gazetteer, region: Region, place: Unit) -> bool:
    return any(gazetteer.within(place.code, catalogue.area(one)) != "none" for one in region.definitions)


def _regions_of(place: Unit, held: list[Region]) -> Text:
    lookup = f"regionmap lookup {place.code}"
    if not held:
        return t(": no loaded list of a region names it; ask {lookup} for what is known of it", lookup=lookup)
    names = _with_ids(held)
    return t(
        ": it lies, whole or in part, in {names}; ask {lookup} for what is known of it", names=names, lookup=lookup
    )


def _with_ids(regions: Iterable[Region]) -> Text:
    return joined([Text(f"{one.name.zh}（{one.id}）", f"{one.name.en} ({one.id})") for one in regions])


def _named(catalogue: Catalogue, text: str) -> list[Region]:
    """Return the regions that a text names whole, else those whose names begin with it: 京津冀."""
    key = _key(simplified(text))
    if len(key) < 2:
        return []
    names = catalogue.derived.get(_KEPT_AT)
    if not isinstance(names, _Names):
        names = catalogue.derived[_KEPT_AT] = _Names(catalogue.regions.values())
    return names.whole.get(key) or (names.begun.get(key, []) if len(key) > 2 else [])


class _Names:
    """The regions by their names, and by all that a name begins with: a list of sites asks for thousands of places."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.whole: dict[str, list[Region]] = {}
        self.begun: dict[str, list[Region]] = {}
        for one in regions:
            keys = {_key(one.id), _key(one.name.zh), _key(one.name.en)}
            for key in keys:
                self.whole.setdefault(key, []).append(one)
            for head in {key[:cut] for key in keys for cut in range(1, len(key) + 1)}:
                self.begun.setdefault(head, []).append(one)
        for some in self.begun.values():
            some.sort(key=lambda one: len(one.name.zh))


def _key(text: str) -> str:
    return _KIND.sub("", folded(text))


def _places(gazetteer: Gazetteer, region: Region) -> list[str]:
    """Return the units of the last list of a region that is a list of units."""
    for definition in reversed(region.definitions):
        codes = [code for place in definition.members for code in place.codes if code in gazetteer.by_code]
        if codes:
            return codes
    return []
