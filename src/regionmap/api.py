"""The Python API: one object that holds the catalogue and the places, and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from regionmap.errors import Argument, InputError
from regionmap.i18n import t
from regionmap.loaded import OVERLAY_VARIABLE, Loaded, day_of
from regionmap.loading import load_folders
from regionmap.model import Action, Effect
from regionmap.places.coordinates import UNCERTAINTY_M
from regionmap.rules.matching.question import Question
from regionmap.rules.reading.arguments import (
    one_of,
    parse_date,
    parse_datum,
    require_one_place,
    require_text,
)
from regionmap.rules.reading.places import read_place, read_places
from regionmap.rules.verdict.answers import PlaceAnswer, UnitRuling, Verdict
from regionmap.rules.verdict.check import check
from regionmap.rules.verdict.rulings import ruling_at

# What a check does not need is loaded where it is: a command that asks one question waits for everything here.
if TYPE_CHECKING:
    from regionmap.rules.history.changes import Coming, RegionChange
    from regionmap.rules.parks import ParkListing
    from regionmap.rules.pilots import PilotListing
    from regionmap.rules.search.browse import Rule
    from regionmap.rules.transfer.answers import TransferAnswer
    from regionmap.rules.transfer.destinations_at import PlaceDestination
    from regionmap.rules.verdict.site import AreaSite, PointSite

__all__ = ["OVERLAY_VARIABLE", "UNCERTAINTY_M", "Regionmap", "load_folders", "parse_date"]


class Regionmap(Loaded):
    """The loaded catalogue and the places; every answer comes from here.

    ``regionmap.load`` gives its child, ``notebook.regionmap.Regionmap``, which tells each question with an example.

    >>> verdict = Regionmap.load().check("保定市", industry="钢铁", on="2019-06-01")
    >>> print(verdict.ruling, verdict.findings[0].source.number, verdict.findings[0].provision.item)
    prohibited 工信部节〔2018〕136号 二（二）
    """

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
        radius_m: float | None = None,
        area: object = None,
    ) -> Verdict:
        """Answer "may I do this here?" with a verdict and every rule that it rests on.

        Args:
            place: a name (保定, 河北省保定市, Baoding) or an adcode; or give ``lon`` and ``lat``, or ``area``.
            industry: a name, an id, or a GB/T 4754-2017 code or class name.
            action: new, expand, replace, move_in or upgrade, or a Chinese word (新建, 技改).
            on: the day: a date, or text such as 2019-06-01 or 2019年6月1日; today without one.
            lon: longitude in degrees, in ``datum``.
            lat: latitude in degrees, in ``datum``.
            datum: of ``lon`` and ``lat``: wgs84, cgcs2000, gcj02 or bd09.
            radius_m: makes the point an area: a circle of so many metres around it.
            area: GeoJSON, KML or WKT as text or as the path of a file, a dict of GeoJSON, or a shapely polygon, in
                WGS-84 degrees; the answer takes the strictest of all units that it touches.

        Returns:
            The verdict.

        Raises:
            InputError: an argument cannot be used; one line says which and what would be right.
        """
        day, leading = day_of(on)
        question = self.question(industry, action, day)
        require_one_place(place, lon, lat, area, datum=datum)
        if radius_m is not None and lon is None and lat is None:
            raise InputError(
                "a radius needs the point that it is around: give {lon} and {lat}",
                lon=Argument("lon"), lat=Argument("lat"),
            )  # fmt: skip
        if place is not None:
            units, read = read_places(self.catalogue, self.gazetteer, place, day)
            return check(self.catalogue, self.gazetteer, question, units, [*read, *leading])
        if area is not None or radius_m is not None:
            touched = self._area(area, lon, lat, datum, radius_m)
            told = [*leading, *touched.caveats]
            return check(self.catalogue, self.gazetteer, question, touched.units, told, shares=touched.shares)
        site = self._point(question, lon, lat, datum)
        told = [*site.caveats, *leading]
        return check(self.catalogue, self.gazetteer, question, [site.unit], told, site.line, point=site.point)

    def lookup(
        self,
        place: str | None = None,
        *,
        lon: float | str | None = None,
        lat: float | str | None = None,
        datum: str = "wgs84",
        on: dt.date | str | None = None,
    ) -> PlaceAnswer:
        """Return everything about a place on a date: regions, pilots, parks, and findings by industry.

        Args:
            place: a name or an adcode; or give ``lon`` and ``lat``.
            lon: longitude in degrees, in ``datum``.
            lat: latitude in degrees, in ``datum``.
            datum: of ``lon`` and ``lat``: wgs84, cgcs2000, gcj02 or bd09.
            on: the date (ISO 8601); today without one.

        Returns:
            The answer.

        Raises:
            InputError: as ``check``.
        """
        from regionmap.rules.verdict.lookup import lookup

        require_one_place(place, lon, lat, takes_areas=False, datum=datum)
        day, leading = day_of(on)
        if place is not None:
            unit, read = read_place(self.catalogue, self.gazetteer, place, day)
            return lookup(self.catalogue, self.gazetteer, unit, day, [*read, *leading])
        everything = Question(self.catalogue, self.gazetteer, None, Action.NEW, day)
        site = self._point(everything, lon, lat, datum)
        found = lookup(self.catalogue, self.gazetteer, site.unit, day, [*site.caveats, *leading], site.line)
        return replace(found, point=site.point)

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

        Args:
            text: words to search in document, item, quote, summary, effect, industries and places, in both languages;
                every one of them must stand there, and the best finds come first.
            industry: what ``check`` takes; rules that name it, wholly or in part, or every industry.
            place: a name or an adcode; rules that reach it by the lists in use on the date.
            source: a document's id, number or title.
            effect: what the rules do: prohibit, cap, guide_in …
            on: the date (ISO 8601) that places and statuses are told for; it drops no rule.

        Returns:
            The rules, in the order of the documents; for a text, the best finds first.

        Raises:
            InputError: an argument cannot be used.
        """
        from regionmap.rules.search.browse import Filters, browse

        filters = Filters(
            text=text,
            subject=self.subject(industry) if industry is not None else None,
            place=self.unit(place, on=on) if place is not None else None,
            source=self.source(source).id if source is not None else None,
            effect=one_of(Effect, effect, t("effect")) if effect is not None else None,
            on=parse_date(on) if on is not None else None,
        )
        if text is not None:
            require_text(text, t("words to search for"), "错峰")
        fulltext = self.fulltext if text is not None else None
        return browse(self.catalogue, self.gazetteer, fulltext, filters, dt.date.today())

    def overview(
        self, industry: str, action: Action | str = Action.NEW, on: dt.date | str | None = None
    ) -> tuple[UnitRuling, ...]:
        """Return the ruling for every prefecture-level unit that there was on a date.

        Args:
            industry: as in ``check``.
            action: as in ``check``.
            on: the date (ISO 8601); today without one.

        Returns:
            A ruling for each, named as on the date, with its code of today; what is gone (莱芜市) with that of then.

        Raises:
            InputError: an argument cannot be used.
        """
        question, units = self.question(industry, action, day_of(on)[0]), self.gazetteer
        rulings = (ruling_at(question, unit) for unit in units.prefecture_level_units(question.on))
        return tuple(replace(one, unit=units.past_units.as_of(one.unit, question.on)) for one in rulings)

    def rulings(
        self, codes: Sequence[str], industry: str, action: Action | str = Action.NEW, on: dt.date | str | None = None
    ) -> tuple[UnitRuling, ...]:
        """Return the ruling for each of the units.

        Args:
            codes: adcodes of six digits.
            industry: as in ``check``.
            action: as in ``check``.
            on: the date (ISO 8601); today without one.

        Returns:
            A ruling for each, in the order of ``codes``, of which 371200 (莱芜市) is one in 2018.

        Raises:
            InputError: an argument cannot be used, or no unit has a code.
        """
        if isinstance(codes, str):
            raise InputError("{codes} must be a list of adcodes, such as {example}",
                             codes="codes", example="['130600']")  # fmt: skip
        word = t("adcode")
        for code in codes:
            require_text(code, word, "'130600'")
        question = self.question(industry, action, day_of(on)[0])
        return tuple(ruling_at(question, self.gazetteer.unit_on(code, question.on)) for code in codes)

    def question(self, industry: str, action: Action | str, on: dt.date) -> Question:
        """Return a question that can be asked of many places; what it rests on is kept, see ``matching.rule_index``.

        Args:
            industry: as in ``check``.
            action: as in ``check``.
            on: the date.

        Returns:
            The question.

        Raises:
            InputError: an argument cannot be used.

        >>> import regionmap
        >>> import datetime as dt
        >>> regionmap.load().question("钢铁", "new", dt.date(2019, 6, 1)).open_industry
        False
        """
        return self._question(industry, action, on)

    def pilots(self, place: str | None = None, on: dt.date | str | None = None) -> tuple[PilotListing, ...]:
        """Return the names on the pilot lists that were out on a date, or those that concern a place.

        A place is found by itself, by a unit that holds it, and by units or parks inside it: ``fit`` says how. Lists
        whose day is not known, and those whose term is over, come along: ``status`` says so.

        Args:
            place: a name or an adcode; without one, every name on every list.
            on: the date (ISO 8601); today without one.

        Returns:
            The listings, by programme.

        Raises:
            InputError: an argument cannot be used.

        >>> import regionmap
        >>> len(regionmap.load().pilots("保定市", on="2024-06-01")) > 0
        True
        """
        from regionmap.rules.pilots import listings, pilots_at

        if place is None:
            return listings(self.programmes(), day_of(on)[0])
        return pilots_at(self.catalogue, self.gazetteer, *self._place_on(place, on))

    def parks(self, place: str | None = None, on: dt.date | str | None = None) -> tuple[ParkListing, ...]:
        """Return the parks, new areas and zones on the lists that were out on a date, or those of a place.

        ``fit`` says how a park stands to the place: in it, around it, or somewhere in its province.

        Args:
            place: a name or an adcode; without one, every park on every list.
            on: the date (ISO 8601); today without one.

        Returns:
            The listings, by list.

        Raises:
            InputError: an argument cannot be used.

        >>> import regionmap
        >>> len(regionmap.load().parks("保定市", on="2024-06-01")) > 0
        True
        """
        from regionmap.rules.parks import park_listings, parks_at  # late: a check needs none

        if place is None:
            return park_listings(self.catalogue, day_of(on)[0])
        return parks_at(self.catalogue, self.gazetteer, *self._place_on(place, on))

    def transfer(self, origin: str, *, industry: str, on: dt.date | str | None = None) -> TransferAnswer:
        """Answer where an industry at a place is guided to: the push at the origin, and destinations in tiers.

        Args:
            origin: a name or an adcode of where the industry is.
            industry: as in ``check``.
            on: the date (ISO 8601); today without one.

        Returns:
            The answer.

        Raises:
            InputError: an argument cannot be used.
        """
        from regionmap.rules.transfer.transfer import transfer

        day, leading = day_of(on)
        unit, read = read_place(self.catalogue, self.gazetteer, origin, day)
        return transfer(self.catalogue, self.gazetteer, unit, self.subject(industry), day, [*read, *leading])

    def destinations(self, place: str, on: dt.date | str | None = None) -> tuple[PlaceDestination, ...]:
        """Return what guides industries to a place: rows of lists that name it, zones, and provisions that reach it.

        Empty means that nothing is loaded, not that the place is no destination.

        Args:
            place: a name or an adcode.
            on: the date (ISO 8601); today without one.

        Returns:
            What guides there, each with its document or list.

        Raises:
            InputError: an argument cannot be used.

        >>> import regionmap
        >>> len(regionmap.load().destinations("衡阳市", on="2022-06-01")) > 0
        True
        """
        from regionmap.rules.transfer.destinations_at import destinations_at

        return destinations_at(self.catalogue, self.gazetteer, *self._place_on(place, on))

    def history(self, region: str, start: dt.date | str, end: dt.date | str) -> RegionChange:
        """Compare the lists of a region in use on two dates: who joined, left, or moved between parts of a union.

        Args:
            region: an id or a name.
            start: the first date (ISO 8601).
            end: the second date, not before the first.

        Returns:
            The difference.

        Raises:
            InputError: an argument cannot be used, or the dates are the wrong way round.
        """
        from regionmap.rules.history.changes import region_change

        first, last = parse_date(start), parse_date(end)
        if first > last:
            raise InputError(
                "the first date {first} is after the second {last}: give the earlier one first", first=first, last=last
            )
        return region_change(self.catalogue, self.gazetteer, self.region(region), first, last)

    def coming(self, place: str, on: dt.date | str | None = None) -> tuple[Coming, ...]:
        """Return what is known to change at a place after a date: first days, last days and horizons ahead.

        Args:
            place: a name or an adcode.
            on: the date (ISO 8601); today without one.

        Returns:
            The changes, the next first.

        Raises:
            InputError: an argument cannot be used.

        >>> import regionmap
        >>> days = [one.day for one in regionmap.load().coming("保定市", on="2019-06-01")]
        >>> days == sorted(days)
        True
        """
        from regionmap.rules.history.changes import coming

        return coming(self.catalogue, self.gazetteer, *self._place_on(place, on))

    def _point(self, question: Question, lon: float | str | None, lat: float | str | None, datum: str) -> PointSite:
        from regionmap.rules.verdict.site import locate_point  # late: a question by name needs no boundaries

        return locate_point(self.gazetteer, self.locator, question, lon, lat, parse_datum(datum))

    def _area(self, area: object, lon: object, lat: object, datum: str, radius_m: float | None) -> AreaSite:
        from regionmap.rules.verdict.site import locate_area, locate_circle  # late, as above

        if area is not None:
            return locate_area(self.gazetteer, self.locator, area)
        return locate_circle(self.gazetteer, self.locator, lon, lat, parse_datum(datum), radius_m)
