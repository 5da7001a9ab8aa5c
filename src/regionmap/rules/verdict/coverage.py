"""What was looked at: the documents that are loaded for the nation and for a place, whole or in part, and what is not.

Local law is loaded for some provinces and cities only: an answer says which of it speaks for the place, and for which
of the province and the city around the place none is loaded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import enumerated, joined, t, tn
from regionmap.lru import LRUCache
from regionmap.model import Level, Source, Text, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.places.names.hierarchy import Hierarchy
from regionmap.rules.verdict.answers import Coverage

_MOST_TITLES = 8
_MOST_KEPT = 512
_LOADED_AT = f"{__name__}.loaded"
_ANY_PERIOD = -1
_LEVELS = ("national", "province", "city")


def coverage(
    catalogue: Catalogue,
    gazetteer: Gazetteer | None = None,
    places: Sequence[Unit] = (),
    on: dt.date = dt.date.max,
) -> Coverage:
    """Return the coverage of the loaded catalogue for places, with a statement in plain words.

    Args:
        catalogue: what is loaded.
        gazetteer: the units; without it the coverage speaks of all that is loaded.
        places: the units that an answer is for.
        on: the date: a unit may have lain in another one than today.
    """
    loaded = _Loaded.of(catalogue)
    every_local = loaded.local
    local = every_local if gazetteer is None else _of_places(every_local, gazetteer.on(on), places)
    part = (*loaded.national_in_part, *(one.id for one in local if one.read == "part"))
    told = [loaded.statement]
    read = t("All of them were read whole.")
    if part:
        read = tn("{count} of them was read only in part.", "{count} of them were read only in part.", len(part))
    missing: tuple[Unit, ...] = ()
    if gazetteer is None:
        areas = len({one.place for one in local if one.place})
        told.append(
            t(
                "Local law: {sources} with {provisions}, of {areas}; of the others none is loaded.",
                sources=tn("{count} document", "{count} documents", len(local)),
                provisions=_provisions_text(local),
                areas=tn("{count} province or city", "{count} provinces and cities", areas),
            )
            if local
            else t("No provincial or city rules are loaded.")
        )
        told.append(read)
    else:
        told += [_local_text(gazetteer.unit(code), of) for code, of in _by_place(local).items()]
        told.append(read)  # before what is missing, which is not meant
        missing = _without_law(every_local, gazetteer, places, on)
        if missing:
            names = enumerated([Text(one.name, one.name_en) for one in missing])
            told.append(t("No local law of {places} is loaded.", places=names))
    told.append(t("Laws, plans and catalogues that are not in this list may bind as well."))
    if catalogue.as_of is not None:
        told.append(t("Documents were collected up to {day}.", day=catalogue.as_of.isoformat()))
    return Coverage(
        levels=tuple(level for level in _LEVELS if level in loaded.levels.union(one.level for one in local)),
        sources=loaded.national + len(local),
        provisions=loaded.provisions + _provisions(local),
        read_part=part,
        statement=_sentences(told),
        as_of=catalogue.as_of,
        local=tuple(one.id for one in local) if gazetteer is not None else (),
        missing=missing,
    )


@dataclass(frozen=True)
class _Loaded:
    """What the coverages of all places have in common.

    ``national`` counts the national documents, ``levels`` are theirs, ``national_in_part`` those read in part,
    ``provisions`` counts their provisions and those of lists; ``local`` is all other law.
    """

    national: int
    levels: frozenset[str]
    national_in_part: tuple[str, ...]
    provisions: int
    local: tuple[Source, ...]
    statement: Text

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Loaded:
        """Return what is loaded, gone through once for a catalogue."""
        kept = catalogue.derived.get(_LOADED_AT)
        if not isinstance(kept, _Loaded):
            kept = catalogue.derived[_LOADED_AT] = cls._made(catalogue)
        return kept

    @classmethod
    def _made(cls, catalogue: Catalogue) -> _Loaded:
        documents = [one for one in catalogue.sources.values() if one.provisions]
        national = [one for one in documents if one.level == "national"]
        return cls(
            len(national),
            frozenset(one.level for one in national),
            tuple(one.id for one in national if one.read == "part"),
            _provisions(national) + sum(len(one.provisions) for one in catalogue.lists.values()),
            tuple(one for one in documents if one.level != "national"),
            t(
                "Looked at: {sources} with {provisions}, and {lists}.",
                sources=tn("{count} national document", "{count} national documents", len(national)),
                provisions=_provisions_text(national),
                lists=tn("{count} list of places", "{count} lists of places", len(catalogue.lists)),
            ),
        )


class _Kept:
    """The coverages of places, kept beside a catalogue: the same for all places under one city."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._catalogue = catalogue
        self._coverages: LRUCache[tuple[int, tuple[str, ...]], Coverage] = LRUCache(_MOST_KEPT)
        self._keys: dict[tuple[int, str], tuple[str, ...]] = {}
        # Counties may have law of their own.
        self._governed = frozenset(source.place for source in catalogue.sources.values() if source.place)

    def of(self, places: Sequence[Unit], on: dt.date) -> Coverage:
        period = self.gazetteer.past.period(on)
        key = (
            self._key(places[0], period, on)
            if len(places) == 1
            else tuple(sorted({one for each in places for one in self._key(each, period, on)}))
        )
        if self.gazetteer.past.concerned.isdisjoint(key):
            period = _ANY_PERIOD  # what lies around these and in them is the same on all days
        return self._coverages.get(
            (period, key),
            lambda: coverage(self._catalogue, self.gazetteer, [self.gazetteer.unit_ever(code) for code in key], on),
        )

    def _key(self, place: Unit, period: int, on: dt.date) -> tuple[str, ...]:
        found = self._keys.get((period, place.code))
        if found is None:
            found = self._keys[period, place.code] = tuple(sorted(set(self._governing(place, on))))
        return found

    def _governing(self, place: Unit, on: dt.date) -> Iterable[str]:
        """Yield the city around a county, or the place itself; beside it the county, where it has law of its own.

        For a county of a city that is gone, the county: of that city nothing is loaded.
        """
        above = self.gazetteer.on(on).above(place.code) if place.level is Level.COUNTY else ()
        yield above[0] if above and above[0] in self.gazetteer.by_code else place.code
        if place.code in self._governed:
            yield place.code


def coverage_of(catalogue: Catalogue, gazetteer: Gazetteer, places: Sequence[Unit], on: dt.date) -> Coverage:
    """Return the coverage of the loaded catalogue for places, as ``coverage`` does; kept for the next question.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        places: the units that an answer is for.
        on: the date: a unit may have lain in another one than today.
    """
    kept = catalogue.derived.get(__name__)
    if not isinstance(kept, _Kept) or kept.gazetteer is not gazetteer:
        kept = catalogue.derived[__name__] = _Kept(catalogue, gazetteer)
    return kept.of(places, on)


def law_of(catalogue: Catalogue, place: str) -> tuple[Source, ...]:
    """Return the loaded law of a province or a city itself, by its adcode.

    Args:
        catalogue: what is loaded.
        place: the adcode.
    """
    return tuple(one for one in catalogue.sources.values() if one.level != "national" and one.place == place)


def _of_places(local: Iterable[Source], hierarchy: Hierarchy, places: Sequence[Unit]) -> Sequence[Source]:
    """Return those that govern the places, or something in them."""
    around = {code for one in places for code in (one.code, *hierarchy.above(one.code))}
    inside = frozenset[str]().union(*(hierarchy.below(one.code) for one in places))
    return [one for one in local if one.place in around or one.place in inside]


def _without_law(
    local: Sequence[Source], gazetteer: Gazetteer, places: Sequence[Unit], on: dt.date
) -> tuple[Unit, ...]:
    """Return the provinces and prefecture-level cities around the places of which no law is loaded."""
    known, units = {one.place for one in local}, gazetteer.by_code
    governing: dict[str, Unit] = {}
    for place in places:
        above = (units[code] for code in reversed(gazetteer.on(on).above(place.code)) if code in units)
        for one in (*above, place):
            if one.level is not Level.COUNTY:
                governing[one.code] = one
    return tuple(one for code, one in governing.items() if code not in known)


def _by_place(local: Iterable[Source]) -> dict[str, list[Source]]:
    found: dict[str, list[Source]] = {}
    for one in sorted(local, key=lambda one: (one.place, one.id)):
        if one.place:
            found.setdefault(one.place, []).append(one)
    return found


def _local_text(place: Unit, sources: Sequence[Source]) -> Text:
    titles = joined([Text(f"《{one.title.zh}》", one.title.en) for one in sources[:_MOST_TITLES]])
    return t(
        "Law of {place} loaded: {titles} ({provisions}).",
        place=Text(place.name, place.name_en),
        titles=titles,
        provisions=_provisions_text(sources),
    )


def _provisions_text(sources: Iterable[Source]) -> Text:
    return tn("{count} provision", "{count} provisions", _provisions(sources))


def _provisions(sources: Iterable[Source]) -> int:
    return sum(len(one.provisions) for one in sources)


def _sentences(parts: list[Text]) -> Text:
    return Text("".join(one.zh for one in parts), " ".join(one.en for one in parts))
