"""The Python API: one object that holds the catalogue and the places, and answers."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.naming import find_programme, find_region, find_source
from regionmap.errors import InputError
from regionmap.loading import load_folders
from regionmap.lru import LRUCache
from regionmap.model import Action, Definition, Effect, Region, Source, Status, Unit
from regionmap.model.industry import Industry
from regionmap.model.pilot import Programme
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.fits import LineDistance, Subject
from regionmap.rules.matching.places import out_of_scope
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.validity import status
from regionmap.rules.reading.places import read_place, read_places
from regionmap.rules.reading.subject import resolve_subject
from regionmap.rules.verdict import caveats
from regionmap.rules.verdict.answers import Caveat, PlaceAnswer, PointInfo, Share, UnitRuling, Verdict
from regionmap.rules.verdict.check import check
from regionmap.rules.verdict.rulings import differs_from, ruling_at

# What a check does not need is loaded where it is: a command that asks one question waits for everything here.
if TYPE_CHECKING:
    from regionmap.places.index.locator import Locator
    from regionmap.rules.history.changes import Coming, RegionChange
    from regionmap.rules.parks import ParkListing
    from regionmap.rules.pilots import PilotListing
    from regionmap.rules.search.browse import Rule
    from regionmap.rules.search.fulltext import FullText
    from regionmap.rules.transfer.answers import TransferAnswer
    from regionmap.rules.transfer.destinations_at import PlaceDestination

E = TypeVar("E", bound=StrEnum)
# How far a point may be from where it is thought to be, in metres. Of the inland boundaries, 95 % lie within 0.56 km of
# those of another publisher, 99 % within 1.8 km (geo/README.md); the shift of a datum taken back adds under a metre.
UNCERTAINTY_M = 1_000.0
KEPT_SUBJECTS = 512
OVERLAY_VARIABLE = "REGIONMAP_CATALOGUE"


class Regionmap:
    """The loaded catalogue and the places; every answer comes from here.

    >>> verdict = Regionmap.load().check("保定市", industry="钢铁", on="2019-06-01")
    >>> print(verdict.ruling, verdict.findings[0].source.number, verdict.findings[0].provision.item)
    prohibited 工信部节〔2018〕136号 二（二）
    """

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        """Hold what was loaded; see ``Regionmap.load``."""
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self._subjects: LRUCache[str, Subject] = LRUCache(KEPT_SUBJECTS)

    @classmethod
    def load(cls, catalogue: Path | str | None = None) -> Regionmap:
        """Load the bundled catalogue, with a folder of your own laid over it; see ``regionmap.load``."""
        named = catalogue if catalogue is not None else os.environ.get(OVERLAY_VARIABLE) or None
        gazetteer = Gazetteer.load()
        return cls(load_folders(gazetteer, Path(named) if named is not None else None), gazetteer)

    @cached_property
    def locator(self) -> Locator:
        """The true boundaries, read on first use."""
        from regionmap.places.index.locator import Locator  # brings shapely and pyarrow: only points need them

        return Locator.load()

    @cached_property
    def fulltext(self) -> FullText:
        """The full-text index of all provisions, made on first use."""
        from regionmap.rules.search.fulltext import FullText  # brings SQLite: only searches need it

        return FullText(self.catalogue)

    def check(
        self,
        place: str | None = None,
        *,
        industry: str,
        action: Action | str = Action.NEW,
        on: dt.date | str | None = None,
        lon: float | str | None = None,
        lat: float | str | None = None,
        datum: str = "wgs84",
        area: Path | str | None = None,
    ) -> Verdict:
        """Answer "may I do this here?" with a verdict and every rule that it rests on.

        Args:
            place: a name (保定, 河北省保定市, Baoding) or an adcode; or give ``lon`` and ``lat``, or ``area``.
            industry: a name, an id, or a GB/T 4754-2017 code or class name.
            action: new, expand, replace, move_in or upgrade.
            on: the date (ISO 8601); today without one.
            lon: longitude in degrees, in ``datum``.
            lat: latitude in degrees, in ``datum``.
            datum: wgs84, cgcs2000, gcj02 or bd09.
            area: a GeoJSON file (WGS-84) of an area; the answer takes the strictest of all units that it touches.

        Raises:
            InputError: an argument cannot be used; one line says which and what would be right.
        """
        day, first = self._date(on)
        question = self.question(industry, action, day)
        self._one_place(place, lon, lat, area)
        if area is not None:
            return self._check_area(question, Path(area), first)
        if place is not None:
            units, read = read_places(self.catalogue, self.gazetteer, place)
            return check(self.catalogue, self.gazetteer, question, units, [*read, *first])
        unit, point, line, near = self._locate(question, lon, lat, datum)
        return replace(check(self.catalogue, self.gazetteer, question, [unit], [*near, *first], line), point=point)

    def lookup(
        self,
        place: str | None = None,
        *,
        lon: float | str | None = None,
        lat: float | str | None = None,
        datum: str = "wgs84",
        on: dt.date | str | None = None,
    ) -> PlaceAnswer:
        """Return everything about a place on a date: regions, and findings by industry. Arguments as in ``check``."""
        from regionmap.rules.verdict.lookup import lookup

        day, first = self._date(on)
        self._one_place(place, lon, lat, None)
        if place is not None:
            unit, read = read_place(self.catalogue, self.gazetteer, place)
            return lookup(self.catalogue, self.gazetteer, unit, day, [*read, *first])
        everything = Question(self.catalogue, self.gazetteer, None, Action.NEW, day)
        unit, point, line, near = self._locate(everything, lon, lat, datum)
        return replace(lookup(self.catalogue, self.gazetteer, unit, day, [*near, *first], line), point=point)

    def rules(
        self,
        text: str | None = None,
        *,
        industry: str | None = None,
        place: str | None = None,
        source: str | None = None,
        effect: Effect | str | None = None,
        on: dt.date | str | None = None,
    ) -> tuple[Rule, ...]:
        """Return the provisions that pass every filter; with a date, each with its status.

        ``text`` is searched in document, item, quote, summary, effect, industries and places, in both languages; every
        word of it must stand there, and the best finds come first.
        """
        from regionmap.rules.search.browse import Filters, browse

        filters = Filters(
            text=text,
            subject=self.subject(industry) if industry is not None else None,
            place=self.unit(place) if place is not None else None,
            source=self.source(source).id if source is not None else None,
            effect=_one_of(Effect, effect, "effect") if effect is not None else None,
            on=parse_date(on) if on is not None else None,
        )
        fulltext = self.fulltext if text is not None else None
        return browse(self.catalogue, self.gazetteer, fulltext, filters, dt.date.today())

    def overview(
        self, industry: str, action: Action | str = Action.NEW, on: dt.date | str | None = None
    ) -> tuple[UnitRuling, ...]:
        """Return the ruling for every prefecture-level unit."""
        question = self.question(industry, action, self._date(on)[0])
        return tuple(ruling_at(question, unit) for unit in self.gazetteer.prefecture_level_units())

    def rulings(
        self, codes: Sequence[str], industry: str, action: Action | str = Action.NEW, on: dt.date | str | None = None
    ) -> tuple[UnitRuling, ...]:
        """Return the ruling for each of the units, by adcode."""
        question = self.question(industry, action, self._date(on)[0])
        return tuple(ruling_at(question, self.gazetteer.unit(code)) for code in codes)

    def question(self, industry: str, action: Action | str, on: dt.date) -> Question:
        """Return a question that can be held against many places; what it rests on is kept, see ``rules.prepared``."""
        return Question(self.catalogue, self.gazetteer, self.subject(industry), _one_of(Action, action, "action"), on)

    def subject(self, text: str) -> Subject:
        """Return the industry that a name, an id, or a GB/T 4754-2017 code or class name stands for."""
        return self._subjects.get(text, lambda: resolve_subject(self.catalogue, text))

    def unit(self, text: str) -> Unit:
        """Return the unit that a name or an adcode means, or the one that a park or zone of that name lies in."""
        return read_place(self.catalogue, self.gazetteer, text)[0]

    def industries(self) -> tuple[Industry, ...]:
        """Return the industries that the loaded documents name."""
        return tuple(self.catalogue.industries.values())

    def regions(self) -> tuple[Region, ...]:
        """Return the regions with all their dated definitions."""
        return tuple(self.catalogue.regions.values())

    def region(self, name: str) -> Region:
        """Return a region by id or by name, in Chinese or English."""
        return find_region(self.catalogue, name)

    def region_area(self, region: str, on: dt.date | str | None = None) -> frozenset[str]:
        """Return the adcodes that the list in use on the date names; empty before the first list."""
        definition = self.definition(region, on)
        return self.catalogue.area(definition) if definition is not None else frozenset()

    def definition(self, region: str, on: dt.date | str | None = None) -> Definition | None:
        """Return the list of a region in use on the date; None before the first one."""
        return self.catalogue.definition(self.region(region).id, self._date(on)[0])

    def sources(self) -> tuple[Source, ...]:
        """Return the loaded documents, oldest first."""
        return tuple(self.catalogue.sources.values())

    def source(self, name: str) -> Source:
        """Return a document by its id, number or title, or a list of destinations that stands as one by its id or name.

        Brackets, width, spaces and 号 do not count.
        """
        return find_source(self.catalogue, name)

    def source_status(self, source: Source, on: dt.date) -> Status:
        """Return the standing of a whole document on a date."""
        return status(source, on, self.catalogue)

    def programmes(self) -> tuple[Programme, ...]:
        """Return the pilot programmes with all their dated lists."""
        return tuple(self.catalogue.programmes.values())

    def programme(self, name: str) -> Programme:
        """Return a pilot programme by id or by name, in Chinese or English."""
        return find_programme(self.catalogue, name)

    def pilots(self, place: str | None = None, on: dt.date | str | None = None) -> tuple[PilotListing, ...]:
        """Return the names on the pilot lists that were out on a date, or those that concern a place.

        A place is found by itself, by a unit that holds it, and by units or parks inside it: ``fit`` says how. Lists
        whose day is not known, and those whose term is over, come along: ``status`` says so.

        Args:
            place: a name or an adcode; without one, every name on every list.
            on: the date (ISO 8601); today without one.
        """
        from regionmap.rules.pilots import listings, pilots_at

        day = self._date(on)[0]
        if place is None:
            return listings(self.programmes(), day)
        return pilots_at(self.catalogue, self.gazetteer, self.unit(place), day)

    def parks(self, place: str | None = None, on: dt.date | str | None = None) -> tuple[ParkListing, ...]:
        """Return the parks, new areas and zones on the lists that were out on a date, or those of a place.

        ``fit`` says how a park stands to the place: in it, around it, or somewhere in its province.
        """
        from regionmap.rules.parks import park_listings, parks_at  # late: a check needs none

        day = self._date(on)[0]
        if place is None:
            return park_listings(self.catalogue, day)
        return parks_at(self.catalogue, self.gazetteer, self.unit(place), day)

    def transfer(self, origin: str, *, industry: str, on: dt.date | str | None = None) -> TransferAnswer:
        """Answer where an industry at a place is guided to: the push at the origin, and destinations in tiers."""
        from regionmap.rules.transfer.transfer import transfer

        day, first = self._date(on)
        unit, read = read_place(self.catalogue, self.gazetteer, origin)
        return transfer(self.catalogue, self.gazetteer, unit, self.subject(industry), day, [*read, *first])

    def destinations(self, place: str, on: dt.date | str | None = None) -> tuple[PlaceDestination, ...]:
        """Return what guides industries to a place: rows of lists that name it, zones, and provisions that reach it.

        Empty means that nothing is loaded, not that the place is no destination.
        """
        from regionmap.rules.transfer.destinations_at import destinations_at

        return destinations_at(self.catalogue, self.gazetteer, self.unit(place), self._date(on)[0])

    def history(self, region: str, start: dt.date | str, end: dt.date | str) -> RegionChange:
        """Compare the lists of a region in use on two dates: who joined, left, or moved between parts of a union."""
        from regionmap.rules.history.changes import region_change

        first, last = parse_date(start), parse_date(end)
        if first > last:
            raise InputError(f"the first date {first} is after the second {last}: give the earlier one first")
        return region_change(self.catalogue, self.gazetteer, self.region(region), first, last)

    def coming(self, place: str, on: dt.date | str | None = None) -> tuple[Coming, ...]:
        """Return what is known to change at a place after a date: first days, last days and horizons ahead."""
        from regionmap.rules.history.changes import coming

        return coming(self.catalogue, self.gazetteer, self.unit(place), self._date(on)[0])

    def change_dates(self) -> tuple[dt.date, ...]:
        """Return the dates on which an answer may change."""
        return self.catalogue.change_dates()

    def _check_area(self, question: Question, path: Path, first: list[Caveat]) -> Verdict:
        from regionmap.places.areas import outside_share, read_area, units_touched

        touched = units_touched(read_area(path), self.locator)
        shares = tuple(Share(self.gazetteer.unit(code), share) for code, share in touched)
        outside = outside_share(touched)
        said = [caveats.outside_the_country(outside)] if outside else []
        units = [one.unit for one in shares]
        return replace(check(self.catalogue, self.gazetteer, question, units, [*first, *said]), shares=shares)

    def _locate(
        self, question: Question, lon: float | str | None, lat: float | str | None, datum: str
    ) -> tuple[Unit, PointInfo, LineDistance | None, list[Caveat]]:
        """Find the county of a point, how far the nearest place with another answer is, and another province."""
        from regionmap.places.coordinates import check_coordinates
        from regionmap.places.datum import Datum, to_wgs84

        chosen = _one_of(Datum, datum, "datum")
        x, y = check_coordinates(lon, lat)
        x_wgs, y_wgs = (float(one) for one in to_wgs84(x, y, chosen))
        code = self.locator.county_at(x_wgs, y_wgs)
        unit = self.gazetteer.unit(code)
        line = self._to_other_province(x_wgs, y_wgs, unit) if question.limits else None
        found = self.locator.boundary_m(x_wgs, y_wgs, differs_from(question, unit, line))
        metres, beyond = (found[0], self.gazetteer.unit(found[1])) if found is not None else (None, None)
        point = PointInfo(x, y, chosen.value, metres, beyond)
        near = []
        if metres is not None and beyond is not None and metres <= UNCERTAINTY_M:
            near.append(caveats.near_boundary(metres, beyond, UNCERTAINTY_M))
        if line is not None:
            point = replace(point, province_line_m=line.metres, other_province=line.beyond)
            near += caveats.near_limits(question, unit, line, UNCERTAINTY_M)
        return unit, point, line, near

    def _to_other_province(self, lon: float, lat: float, county: Unit) -> LineDistance | None:
        """Measure how far a point is from another province; None where the loaded documents do not speak."""
        if out_of_scope(county):
            return None
        found = self.locator.other_province_m(lon, lat, county.code)
        return LineDistance(found[0], self.gazetteer.province(found[1])) if found is not None else LineDistance(None)

    @staticmethod
    def _one_place(place: str | None, lon: float | str | None, lat: float | str | None, area: object) -> None:
        ways = [place is not None, lon is not None or lat is not None, area is not None]
        if sum(ways) == 0:
            raise InputError(
                "no place given: name one (保定市, Baoding, 130600), or give --lon and --lat, or --area FILE"
            )
        if sum(ways) > 1:
            raise InputError("more than one place given: a name, or --lon and --lat, or --area FILE, not several")

    @staticmethod
    def _date(on: dt.date | str | None) -> tuple[dt.date, list[Caveat]]:
        if on is None:
            today = dt.date.today()
            return today, [caveats.default_date(today)]
        return parse_date(on), []


def parse_date(on: dt.date | str) -> dt.date:
    """Return a date from YYYY-MM-DD; InputError for anything else."""
    if isinstance(on, dt.datetime):
        return on.date()
    if isinstance(on, dt.date):
        return on
    try:
        return dt.date.fromisoformat(on) if len(on) == 10 else _bad_date(on)
    except ValueError:
        return _bad_date(on)


def _bad_date(on: str) -> dt.date:
    raise InputError(f"'{on}' is not a date: write YYYY-MM-DD, such as 2019-06-01")


def _one_of(kind: type[E], value: str, word: str) -> E:
    """Return the member of an enum, or say which ones there are."""
    try:
        return kind(value)
    except ValueError:
        raise InputError(f"no {word} is called '{value}': choose from {', '.join(kind)}") from None
