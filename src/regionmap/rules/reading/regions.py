"""A region given for a place: 京津冀, 长三角. It holds many places, and what binds at them differs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.folding import folded
from regionmap.i18n import joined
from regionmap.model import Region, Text
from regionmap.places.errors import RegionAsPlaceError
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.traditional import simplified

MOST_PLACES = 4
_KEPT_AT = "region_names"
_KIND = re.compile("(?:地区|区域|区)$")


def not_one_place(catalogue: Catalogue, gazetteer: Gazetteer, text: str) -> RegionAsPlaceError | None:
    """Return the error for a text that names a region, None where it names none."""
    found = _named(catalogue, text) if isinstance(text, str) else []
    if not found:
        return None
    places = tuple(dict.fromkeys(code for region in found for code in _places(gazetteer, region)))[:MOST_PLACES]
    return RegionAsPlaceError(
        "'{asked}' is a region, not one place: {regions}; ask for one of its places, such as {places}",
        places,
        asked=text.strip(),
        regions=joined([Text(f"{one.name.zh}（{one.id}）", f"{one.name.en} ({one.id})") for one in found]),
        places=joined(list(map(gazetteer.label, places))),
    )


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
