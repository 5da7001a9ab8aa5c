"""A place that no administrative unit bears and a list does: 苏州工业园区, 两江新区. It is answered for its units.

The units always come first: only a name that none of them bears is looked for among parks, new areas and zones, and
among the parks of pilot lists and lists of destinations. What the lists print is compared, with or without the units
above in front (江苏省苏州工业园区) and with the usual short words (高新区). Where the limits run is not loaded, so the
answer is for the units that contain it, and says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from regionmap.catalogue.catalogue import Catalogue
from regionmap.closest import closest, holding
from regionmap.errors import InputError
from regionmap.i18n import as_printed, enumerated, joined, t
from regionmap.model import Caveat, CaveatKind, Level, PilotArea, Text
from regionmap.model.destination import DestinationArea
from regionmap.model.park import ParkStanding
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError, UnknownPlaceNameError
from regionmap.places.names import spelling
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.pilots import IS_A_PILOT
from regionmap.traditional import simplified
from regionmap.unit_table import with_english_names
from regionmap.words import PARK_KINDS, PARK_STANDINGS, STANDINGS

MOST_OFFERED = 6
LONGEST_HEAD = 30
"""Characters of the longest run of units in front of a name: 新疆维吾尔自治区克孜勒苏柯尔克孜自治州…"""
_SHORTEST_PART = 4
"""Characters of a name below which a like part of another one says nothing."""
_KEPT_AT = "named_places"
_UNIT_KINDS = ("省", "市", "州", "盟", "县", "旗")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# Words for one thing: the first stands for the others. Longest first.
_BRIEF = (
    ("高新区", ("高新技术产业开发区", "高新技术产业园区", "高新技术开发区")),
    ("经开区", ("经济技术开发区", "经济开发区")),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name on a list and where the place lies; see ``model.park.Park``. ``lists``: what it stands on, in words.

    ``recognised``: not only proposed. ``own``: it stands on a list of named places, which give the units with more care
    than other lists.
    """

    printed: str
    lists: tuple[Text, ...]
    recognised: bool
    codes: tuple[str, ...]
    province: str
    whole: bool = False
    by_name: bool = False
    note: Text | None = None
    own: bool = True
    english: str = ""

    @property
    def name(self) -> Text:
        """What it is called: as printed, in English by the name that a list gives for it."""
        return Text(self.printed, self.english) if self.english else as_printed(self.printed)


def named_place(catalogue: Catalogue, gazetteer: Gazetteer, text: str, error: UnknownPlaceError) -> Named:
    """Return the named place that a text means, whose units are known.

    Raises:
        InputError: none has the name (``error``, the one that there was for units, with like names of parks), several
            have it, or no list says where it lies.
    """
    names = NamedPlaces.of(catalogue, gazetteer)
    found = names.find(text) or names.find(simplified(text))
    if not found:
        raise _with_parks(names, text, error) from None
    seated = [one for one in found if one.codes]
    if not seated:
        one = found[0]
        raise _without_seat(gazetteer, one) from None
    chosen = names.choose(text, seated)
    if chosen is None:
        raise _ambiguous(gazetteer, text, seated) from None
    return chosen


def _without_seat(gazetteer: Gazetteer, one: Named) -> UnknownPlaceError:
    if not one.province:
        return UnknownPlaceError(
            "only the name of {name} is known, from {list}, and not in which city or county it "
            "lies: name the city or the county",
            name=one.name,
            list=one.lists[0],
        )
    province = gazetteer.unit(one.province)
    return UnknownPlaceError(
        "only the name of {name} is known, from {list}, and not in which city or county of "
        "{province} it lies: name the city or the county",
        name=one.name,
        list=one.lists[0],
        province=Text(province.name, province.name_en),
    )


def _ambiguous(gazetteer: Gazetteer, text: str, found: list[Named]) -> AmbiguousPlaceError:
    listed = dict.fromkeys(
        t("{name} in {places}", name=one.name, places=joined(list(map(gazetteer.label, one.codes)))) for one in found
    )
    return AmbiguousPlaceError(
        "'{asked}' may mean more than one place: {places}; give the name in full, or a code",
        tuple(dict.fromkeys(code for one in found for code in one.codes)),
        asked=_shown(text),
        places=Text("；".join(one.zh for one in listed), "; ".join(one.en for one in listed)),
    )


def _with_parks(names: NamedPlaces, text: str, error: UnknownPlaceError) -> UnknownPlaceError:
    """Return the error that there was; where it offers the nearest units, with the nearest parks besides."""
    if not isinstance(error, UnknownPlaceNameError):
        return error

    def find() -> tuple[Text, tuple[str, ...]]:
        near = names.near(text)
        if not near:
            return error.offer, error.suggestions
        parks = t("; parks and zones of a like name: {names}", names=joined(list(map(as_printed, near))))
        return Text(error.offer.zh + parks.zh, error.offer.en + parks.en), error.suggestions

    return UnknownPlaceNameError(str(error.message), find, **error.values)


def reading_caveat(gazetteer: Gazetteer, text: str, one: Named) -> Caveat:
    """Return what an answer for a named place must begin with: for which units it is, and what it does not decide."""
    units = enumerated([Text(unit.name, unit.name_en) for unit in map(gazetteer.unit, one.codes)])
    parts = []
    if _key(text) != _key(one.printed):
        parts.append(t("{asked} is taken as {printed}.", asked=_shown(text), printed=one.name))
    if one.whole:
        parts.append(t("{name} is the whole of {units}: the answer is for that.", name=one.name, units=units))
    else:
        parts.append(
            t(
                "{name} lies in {units}: its limits are not loaded, and the answer is for {units}. Rules that hold "
                "only inside or outside parks are not decided by this.",
                name=one.name,
                units=units,
            )
        )
    if one.by_name:
        parts.append(t("That it lies there is read from its name."))
    parts.append(t("It stands on: {lists}.", lists=joined(one.lists)))
    if one.note is not None:
        parts.append(Text(one.note.zh, with_english_names(one.note.en, one.codes)))
    said = Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))
    return Caveat(CaveatKind.PLACE_READING, said)


class NamedPlaces:
    """Finds named places by their names. Made on first use: only a name that no unit bears asks for it."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        """Make the index of all names."""
        self._gazetteer = gazetteer
        self._exact: dict[str, list[Named]] = {}
        self._brief: dict[str, list[Named]] = {}
        self._inside: dict[str, frozenset[str]] = {}
        for names, one in _all(catalogue):
            if not one.own and one.printed.endswith(_UNIT_KINDS):
                continue  # a list that names no park, only the city that holds it
            for key in dict.fromkeys(key for name in names for key in self._keys(name)):
                self._exact.setdefault(key, []).append(one)
                self._brief.setdefault(_brief(key), []).append(one)
        self._tails = {key[cut:] for index in (self._exact, self._brief) for key in index for cut in range(len(key))}

    @classmethod
    def of(cls, catalogue: Catalogue, gazetteer: Gazetteer) -> NamedPlaces:
        """Return the index of a catalogue, made once."""
        found = catalogue.derived.get(_KEPT_AT)
        if not isinstance(found, NamedPlaces):
            found = catalogue.derived[_KEPT_AT] = cls(catalogue, gazetteer)
        return found

    def find(self, text: str) -> list[Named]:
        """Return the places that a text may mean: as printed, else behind their units, else by short words."""
        if not isinstance(text, str):
            return []
        key = _key(text)
        for index, asked in ((self._exact, key), (self._brief, _brief(key))):
            found = index.get(asked) or self._behind(index, asked)
            if found:
                return found
        return []

    def near(self, text: str) -> tuple[str, ...]:
        """Return the printed names nearest to a text, and those that hold it (高新区)."""
        key = _key(text)
        keys = closest(key, self._exact, MOST_OFFERED, 0.6)
        whole = [one for one in self._exact if key in one] if key else []
        keys += sorted(whole, key=lambda one: (not one.endswith(key), len(one)))
        keys += holding(key, self._exact, MOST_OFFERED, 0.8) if len(key) > _SHORTEST_PART else []
        return tuple(dict.fromkeys(self._exact[one][0].printed for one in keys))[:MOST_OFFERED]

    def choose(self, text: str, found: list[Named]) -> Named | None:
        """Return the one place that several entries speak of, with all their lists; None where they are different ones.

        Lists place one park more or less exactly; what all entries agree with, and is the most exact, is taken.
        """
        best = [one for one in found if one.own] or found
        best.sort(key=lambda one: (_key(one.printed) != _key(text), not one.recognised, one.by_name))
        lists = tuple(dict.fromkeys(said for one in best for said in one.lists))
        for one in best:
            if all(self._lies_in(code, other.codes) for other in best for code in one.codes):
                return replace(one, lists=lists)
        return None

    def _behind(self, index: dict[str, list[Named]], key: str) -> list[Named]:
        """Return the places whose name stands behind the name of a unit that they lie in: 江苏省苏州工业园区.

        A name that begins with that unit may be written with the unit's kind: 淄博市高新区.
        """
        for cut in range(2, min(len(key) - 2, LONGEST_HEAD)):
            if key[cut:] not in self._tails:  # told before any unit is looked for, which takes far longer
                continue
            for head in self._units(key[:cut]):
                short = self._gazetteer.unit(head).short_name
                tails = (*index.get(key[cut:], ()), *index.get(short + key[cut:], ()))
                held = [one for one in tails if self._meet(head, one)]
                if held:
                    return held
        return []

    def _units(self, head: str) -> tuple[str, ...]:
        try:
            return tuple(unit.code for unit in self._gazetteer.resolve_places(head)[0])
        except AmbiguousPlaceError as error:
            return error.candidates
        except InputError:
            return ()

    def _meet(self, head: str, one: Named) -> bool:
        """Whether a unit and a place have something in common: one of its units, or its province."""
        codes = one.codes or ((one.province,) if one.province else ())
        return any(self._lies_in(code, (head,)) or self._lies_in(head, (code,)) for code in codes)

    def _lies_in(self, code: str, outer: Iterable[str]) -> bool:
        return self._gazetteer.within(code, frozenset(outer)) == "whole"

    def _keys(self, name: str) -> Iterator[str]:
        """Yield a printed name and what is left of it: without brackets, without its province in front."""
        key = _key(name)
        for one in dict.fromkeys((key, _IN_BRACKETS.sub("", key))):
            yield one
            for province in self._gazetteer.units(Level.PROVINCE):
                for head in (province.name, province.short_name):
                    rest = one.removeprefix(head)
                    if rest != one and self._begins_with_a_unit(rest, province.code):
                        yield rest

    def _begins_with_a_unit(self, rest: str, province: str) -> bool:
        """Whether a name still says where it is once the province is cut off: 淮安工业园区, not 高新技术产业开发区."""
        names = self._inside.get(province)
        if names is None:
            units = [self._gazetteer.unit(code) for code in self._gazetteer.below(province)]
            named = (name for unit in units for name in (*spelling.full_names(unit), *spelling.loose_names(unit)))
            names = self._inside[province] = frozenset(named)
        return any(rest[:cut] in names for cut in range(2, min(len(rest), 9)))


def _all(catalogue: Catalogue) -> Iterator[tuple[tuple[str, ...], Named]]:
    """Yield every named place with its names: of the lists of named places first, then of pilots and destinations."""
    for listed in catalogue.parks.values():
        for one in listed.parks:
            said = (_on(listed.name, PARK_KINDS[listed.kind], PARK_STANDINGS[one.standing]),)
            recognised = one.standing is ParkStanding.RECOGNISED
            named = Named(
                one.printed, said, recognised, one.codes, one.province, one.whole, one.by_name, one.note,
                english=one.english,
            )  # fmt: skip
            yield (one.printed, *one.aliases), named
    for programme in catalogue.programmes.values():
        for batch in programme.batches:
            said = (_on(programme.name, batch.name, STANDINGS[batch.standing]),)
            pilot = batch.standing in IS_A_PILOT
            for place in batch.places:
                if place.area in {PilotArea.PARK, PilotArea.NEW_AREA}:
                    yield (
                        (place.printed,),
                        Named(place.printed, said, pilot, place.codes, "", note=place.note, own=False),
                    )
    for destinations in catalogue.destinations.values():
        for row in destinations.rows:
            if row.area is DestinationArea.PARK and destinations.kind != "draft":
                said = (destinations.name,)
                yield (row.printed,), Named(row.printed, said, True, row.codes, "", note=row.note, own=False)


def _on(name: Text, what: Text, standing: Text) -> Text:
    return t("{list} ({what}, {standing})", list=name, what=what, standing=standing)


def _key(text: str) -> str:
    """Return a name without spaces and separators, and without the word for its rank (国家级)."""
    plain = spelling.chinese_key(unicodedata.normalize("NFKC", text)).casefold()
    return plain.replace("国家级", "").replace("国家高新", "高新").replace("国家经济", "经济")


def _brief(key: str) -> str:
    for short, longs in _BRIEF:
        for one in longs:
            key = key.replace(one, short)
    return key


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
