"""What the search box offers for what was typed: coordinates, places, industries; the nearest first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.limits import LONGEST_NAME
from regionmap.model import Unit
from regionmap.places.coordinate_text import CoordinateTextError, parse_pair
from regionmap.places.coordinates import in_box, in_range
from regionmap.places.errors import RegionAsPlaceError
from regionmap.rules.reading.places import read_places

_MOST_PLACES, _MOST_INDUSTRIES, _MOST_WORDS = 7, 4, 3
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d+)?")


class Kind(StrEnum):
    """What a suggestion is."""

    PLACE = "place"
    POINT = "point"
    INDUSTRY = "industry"


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: ``value`` is an adcode, "lon,lat" in degrees, or the id or code of an industry."""

    kind: Kind
    value: str
    head: str
    more: str


def suggestions(
    rm: Regionmap, industries: Mapping[str, str], text: str, language: str, on: dt.date | None = None
) -> tuple[Suggestion, ...]:
    """Return what may be meant by a text; nothing for one that is longer than any name.

    Args:
        rm: what is loaded.
        industries: the labels of the industry picker.
        text: what was typed.
        language: of the page.
        on: the day that is asked about: what was a prefecture then stands first.
    """
    asked = text.strip()
    if not asked or len(asked) > LONGEST_NAME:
        return ()
    point = _point(asked)
    if point is not None:
        return (point,)
    found = _named(rm, industries, asked, language, on)
    words = asked.split()
    if found or len(words) == 1:
        return found
    # A place and an industry in one line: each has its own suggestions.
    return tuple(
        dict.fromkeys(one for word in words[:_MOST_WORDS] for one in _named(rm, industries, word, language, on))
    )


def _named(
    rm: Regionmap, industries: Mapping[str, str], asked: str, language: str, on: dt.date | None
) -> tuple[Suggestion, ...]:
    """What one name may mean: places, then industries."""
    places = [_place(rm, one, language) for one in rm.gazetteer.search(asked, _MOST_PLACES)]
    named = _industries(rm, industries, asked, language)
    then = _then(rm, asked, language, on)
    return (*then, *(places or ([] if then else _read(rm, asked, language, regions=not named))), *named)


def _then(rm: Regionmap, text: str, language: str, on: dt.date | None) -> list[Suggestion]:
    """The prefecture that a whole name was on a day, where it is gone today: 莱芜市 in 2018."""
    try:
        gone = rm.gazetteer.gone_called(text) if on is not None else None
    except InputError:
        return []
    return [] if gone is None or on is None or on >= gone.until else [_place(rm, gone.unit, language)]


def _read(rm: Regionmap, text: str, language: str, *, regions: bool) -> list[Suggestion]:
    """What a whole name means that no unit of today bears: a former one, traditional characters, a park, a region.

    What is said of a reading is said again on the page, which therefore gets the name and not the code.
    """
    try:
        units, notes = read_places(rm.catalogue, rm.gazetteer, text)
    except RegionAsPlaceError as error:
        # A word that begins the name of a region may be an industry: steel.
        return [_place(rm, rm.gazetteer.unit(code), language) for code in error.suggestions if regions]
    except InputError:
        return []
    if notes and len(units) == 1:
        unit = _place(rm, units[0], language)
        return [Suggestion(Kind.PLACE, text, text, f"{unit.head} · {unit.more}")]
    return [_place(rm, one, language) for one in units[:_MOST_PLACES]]


def _point(text: str) -> Suggestion | None:
    """A pair of coordinates; which is which is told by the box around China, where the two cannot be mixed up."""
    found = [float(one) for one in _NUMBER.findall(text)]
    if len(found) < 2 or re.search(r"[\u4e00-\u9fff]{3,}|[a-zA-Z]{4,}", text):
        return None
    if len(found) == 2:
        lon, lat = found
    else:
        try:
            lon, lat = parse_pair(text)
        except CoordinateTextError:
            return None
    if not in_box(lon, lat) and in_box(lat, lon):
        lon, lat = lat, lon
    if not in_range(lon, lat):
        return None
    return Suggestion(Kind.POINT, f"{lon:.5f},{lat:.5f}", f"{lon:g}, {lat:g}", "")


def _place(rm: Regionmap, unit: Unit, language: str) -> Suggestion:
    above = rm.gazetteer.ancestors(unit.code)
    if language == "en":
        more = ", ".join([*(one.name_en for one in above), unit.name])
        return Suggestion(Kind.PLACE, unit.code, unit.name_en, f"{more} · {unit.code}")
    more = " ".join([*(one.name for one in reversed(above)), unit.name_en])
    return Suggestion(Kind.PLACE, unit.code, unit.name, f"{more} · {unit.code}")


def _industries(rm: Regionmap, labels: Mapping[str, str], text: str, language: str) -> list[Suggestion]:
    wanted = text.lower()
    found = [name for name, label in labels.items() if wanted in label.lower()]
    found.sort(key=lambda name: (not labels[name].lower().startswith(wanted), len(labels[name])))
    made = {name: _industry(rm, name, language) for name in found[:_MOST_INDUSTRIES]}
    if not made:
        try:
            subject = rm.subject(text)
        except InputError:
            return []
        made[subject.id] = Suggestion(Kind.INDUSTRY, text, subject.heading[language], subject.code or "")
    return list(made.values())


def _industry(rm: Regionmap, name: str, language: str) -> Suggestion:
    industry = rm.catalogue.industries[name]
    codes = " ".join(one.code for one in industry.codes[:4])
    return Suggestion(Kind.INDUSTRY, name, industry.name[language], codes)
