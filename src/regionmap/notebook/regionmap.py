"""What ``regionmap.load`` returns: ``api.Regionmap`` with answers that show themselves, layers and maps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Self

from regionmap import api
from regionmap.errors import InputError, MissingExtraError
from regionmap.i18n import t
from regionmap.loaded import day_of
from regionmap.model import Action, Effect, Level
from regionmap.notebook.answers import ShownChange, ShownPlace, ShownTransfer, ShownVerdict
from regionmap.notebook.collections import Rules, Rulings
from regionmap.notebook.origin import Origin, found_again
from regionmap.rules.reading.arguments import parse_action, parse_date, parse_datum

if TYPE_CHECKING:
    import folium
    import geopandas as gpd


class Regionmap(api.Regionmap):
    """The loaded catalogue and the places; every answer comes from here, and shows itself in a notebook.

    It is read-only, and one object serves all threads. Answers are what ``api.Regionmap`` gives, with ``to_dict()``,
    ``to_frame()`` and a card; the environment variable ``REGIONMAP_LANG`` (zh, en) chooses the language of cards and
    maps.

    >>> import regionmap
    >>> rm = regionmap.load()
    >>> rm.check("保定市", industry="钢铁", on="2019-06-01").to_dict()["verdict"]
    'prohibited'
    """

    def __copy__(self) -> Self:
        """Return the object itself: it is read-only."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Return the object itself: it is read-only."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes a copy in another process: the same files are loaded there."""
        return found_again, (Origin.of(self),)

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
    ) -> ShownVerdict:
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
            The verdict, with ``to_dict()`` (the JSON object of ``check --json``) and ``to_frame()`` (a row for each
            finding).

        Raises:
            InputError: an argument cannot be used; one line says which and what would be right.

        >>> import regionmap
        >>> regionmap.load().check("保定市", industry="钢铁", on="2019-06-01").to_frame()["number"].iloc[0]
        '工信部节〔2018〕136号'
        """
        found = super().check(
            place, industry=industry, action=action, on=on, lon=lon, lat=lat, datum=datum, radius_m=radius_m, area=area
        )
        return ShownVerdict.of(found, self)

    def lookup(
        self,
        place: str | None = None,
        *,
        lon: float | str | None = None,
        lat: float | str | None = None,
        datum: str = "wgs84",
        on: dt.date | str | None = None,
    ) -> ShownPlace:
        """Return everything about a place on a date: regions, pilots, parks, and findings by industry.

        Args:
            place: a name or an adcode; or give ``lon`` and ``lat``.
            lon: longitude in degrees, in ``datum``.
            lat: latitude in degrees, in ``datum``.
            datum: of ``lon`` and ``lat``: wgs84, cgcs2000, gcj02 or bd09.
            on: the day, as in ``check``; today without one.

        Returns:
            The answer, with ``to_dict()`` (as ``lookup --json``) and ``to_frame()`` (a row for each finding by
            industry).

        Raises:
            InputError: as ``check``.

        >>> import regionmap
        >>> [one.region.id for one in regionmap.load().lookup("南昌", on="2019-06-01").regions]
        ['central', 'yangtze-belt']
        """
        return ShownPlace.of(super().lookup(place, lon=lon, lat=lat, datum=datum, on=on), self)

    def transfer(self, origin: str, *, industry: str, on: dt.date | str | None = None) -> ShownTransfer:
        """Answer where an industry at a place is guided to: the push at the origin, and destinations in tiers.

        Args:
            origin: a name or an adcode of where the industry is.
            industry: as in ``check``.
            on: the day, as in ``check``; today without one.

        Returns:
            The answer, with ``to_dict()``, ``to_frame()`` and ``to_geodataframe()`` (a row for each destination).

        Raises:
            InputError: an argument cannot be used.

        >>> import regionmap
        >>> answer = regionmap.load().transfer("上海", industry="纺织", on="2022-06-01")
        >>> len(answer.to_frame()) == len(answer.destinations)
        True
        """
        return ShownTransfer.of(super().transfer(origin, industry=industry, on=on), self)

    def history(self, region: str, start: dt.date | str, end: dt.date | str) -> ShownChange:
        """Compare the lists of a region in use on two dates: who joined, left, or moved between parts of a union.

        Args:
            region: an id or a name.
            start: the first day, as ``on`` in ``check``.
            end: the second day, not before the first.

        Returns:
            The change, with ``to_dict()`` (as ``history --json``) and ``to_frame()`` (a row for each unit).

        Raises:
            InputError: an argument cannot be used, or the dates are the wrong way round.

        >>> import regionmap
        >>> change = regionmap.load().history("air-key-regions", "2019-06-01", "2024-03-01")
        >>> change.to_frame()["change"].value_counts()["moved"].item()
        6
        """
        return ShownChange.of(super().history(region, start, end), self)

    def rules(
        self,
        text: str | None = None,
        *,
        industry: str | None = None,
        place: str | None = None,
        source: str | None = None,
        effect: Effect | str | None = None,
        on: dt.date | str | None = None,
    ) -> Rules:
        """Return the provisions that pass every filter; with a date, each with its status.

        Args:
            text: words to search in document, item, quote, summary, effect, industries and places, in both languages;
                every one of them must stand there, and the best finds come first.
            industry: what ``check`` takes; rules that name it, wholly or in part, or every industry.
            place: a name or an adcode; rules that reach it by the lists in use on the date.
            source: a document's id, number or title.
            effect: what the rules do: prohibit, cap, guide_in …
            on: the day that places and statuses are told for; it drops no rule.

        Returns:
            A tuple of ``Rule``, with ``to_frame()`` (a row for each) and ``to_geodataframe()`` (a row for each rule and
            unit, with true boundaries).

        Raises:
            InputError: an argument cannot be used.

        >>> import regionmap
        >>> regionmap.load().rules(source="工信部节〔2018〕136号", effect="prohibit").to_frame()["item"].iloc[0]
        '二（二）'
        """
        found = super().rules(text, industry=industry, place=place, source=source, effect=effect, on=on)
        return Rules(found, Origin.of(self), parse_date(on) if on is not None else None)

    def overview(
        self,
        industry: str,
        action: Action | str = Action.NEW,
        on: dt.date | str | None = None,
        *,
        level: Literal["prefecture", "county"] = "prefecture",
    ) -> Rulings:
        """Return the ruling for every unit of a level, as the map shows it.

        Args:
            industry: as in ``check``.
            action: as in ``check``.
            on: the day, as in ``check``; today without one.
            level: prefecture (with the counties right under a province), or county.

        Returns:
            A tuple of ``UnitRuling``, with ``to_frame()`` and ``to_geodataframe()``.

        Raises:
            InputError: an argument cannot be used.

        >>> import regionmap
        >>> country = regionmap.load().overview("钢铁", on="2019-06-01").to_frame()
        >>> country.loc[country["name"] == "保定市", "verdict"].item()
        'prohibited'
        """
        if level not in ("prefecture", "county"):
            raise InputError(
                "no {kind} is called '{given}': choose from {choices}",
                kind=t("level"), given=str(level)[:40], choices="prefecture, county",
            )  # fmt: skip
        if level == "prefecture":
            return Rulings(super().overview(industry, action, on), Origin.of(self), day_of(on)[0])
        codes = [unit.code for unit in self.gazetteer.units(Level.COUNTY)]
        return self.rulings(codes, industry, action, on)

    def rulings(
        self, codes: Sequence[str], industry: str, action: Action | str = Action.NEW, on: dt.date | str | None = None
    ) -> Rulings:
        """Return the ruling for each of the units.

        Args:
            codes: adcodes of six digits.
            industry: as in ``check``.
            action: as in ``check``.
            on: the day, as in ``check``; today without one.

        Returns:
            A tuple of ``UnitRuling`` in the order of ``codes``, with ``to_frame()`` and ``to_geodataframe()``.

        Raises:
            InputError: an argument cannot be used, or no unit has a code.

        >>> import regionmap
        >>> regionmap.load().rulings(["130600", "360100"], "钢铁", on="2019-06-01")
        <Rulings of 2 units: 1 prohibited, 1 restricted>
        """
        return Rulings(super().rulings(codes, industry, action, on), Origin.of(self), day_of(on)[0])

    def layer(
        self, name: str, *, on: dt.date | str | None = None, industry: str | None = None, history: bool = False
    ) -> gpd.GeoDataFrame:
        """Return a layer with true boundaries, as ``export`` writes it; needs the extra ``gis``.

        Args:
            name: units, key-regions, key-basins, restricted-capacity, pilots or transfer-destinations.
            on: the day, as in ``check``; today without one.
            industry: for restricted-capacity, only rules that reach it; transfer-destinations needs one.
            history: all lists and rules with their first and last days, whatever the date.

        Returns:
            A GeoDataFrame (EPSG:4326), a row for each unit and rule or list; docs/layers.md tells its columns.

        Raises:
            InputError: an argument cannot be used.
            MissingExtraError: the extra is not installed.

        >>> import regionmap
        >>> layer = regionmap.load().layer("key-regions", on="2019-06-01")
        >>> layer.crs.to_string(), layer.loc[layer["name"] == "保定市", "region"].iloc[0]
        ('EPSG:4326', 'jing-jin-ji-surroundings')
        """
        from regionmap.output.layers.build import make_layer  # late, as all below: a check needs none

        return make_layer(self, name, day_of(on)[0], industry, history=history)

    def screen(
        self,
        sites: Any,
        *,
        industry: str | None = None,
        action: Action | str = Action.NEW,
        on: dt.date | str | None = None,
        datum: str = "wgs84",
        boundary: bool = False,
        columns: Mapping[str, str] | None = None,
    ) -> Any:
        """Judge every row of a table; a row that cannot be judged says why in its column ``reason``.

        Args:
            sites: a pandas DataFrame whose columns say where the sites are (经度 and 纬度, adcode, place, address), or
                a GeoDataFrame of points in any coordinate system.
            industry: for all rows, as in ``check``; without one, a column must name it.
            action: for rows without one.
            on: the day for rows without one; today without it.
            datum: of the columns of degrees, for rows without one.
            boundary: measure how far another answer is for every point, not only within 1,000 m.
            columns: the columns by what they hold (lon, lat, adcode, place, address, industry, date, action, datum),
                where their names do not tell.

        Returns:
            A copy of the same type, with its index and coordinate system, and with the columns that
            ``docs/screening.md`` tells: unit_code, verdict, provisions, numbers, caveats, reason …

        Raises:
            InputError: an argument cannot be used, or columns are not found.

        >>> import pandas as pd, regionmap
        >>> sites = pd.DataFrame({"place": ["保定市", "Atlantis"]}, index=["a", "b"])
        >>> judged = regionmap.load().screen(sites, industry="钢铁", on="2019-06-01")
        >>> judged.loc["a", "verdict"], judged.loc["b", "reason"].split(":")[0]
        ('prohibited', 'unknown_place')
        """
        from regionmap.screening.frames import screen_frame
        from regionmap.screening.options import Options

        if industry is not None:
            self.subject(industry)
        options = Options(
            day_of(on)[0],
            industry,
            parse_action(action).value,
            parse_datum(datum).value,
            boundary,
            date_given=on is not None,
        )
        return screen_frame(self, sites, options, columns or {})

    def map(
        self,
        industry: str,
        *,
        action: Action | str = Action.NEW,
        on: dt.date | str | None = None,
        province: str | None = None,
        sites: Any = None,
    ) -> folium.Map:
        """Return a map of verdicts that shows itself in a notebook; needs the extra ``notebook``.

        Args:
            industry: as in ``check``.
            action: as in ``check``.
            on: the day, as in ``check``; today without one.
            province: a name or an adcode: the map shows its counties; the whole country without it.
            sites: a GeoDataFrame of points to draw too, such as ``screen`` returns.

        Returns:
            A folium map; ``save("map.html")`` writes one file that needs no network.

        Raises:
            InputError: an argument cannot be used.
            MissingExtraError: the extra is not installed.

        >>> import regionmap
        >>> page = regionmap.load().map("钢铁", on="2019-06-01").get_root().render()
        >>> 'src="http' in page, "钢铁" in page
        (False, True)
        """
        for package in ("folium", "xstatic"):
            MissingExtraError.require(package, t("a map"), "notebook")
        from regionmap.notebook.maps import rulings_map
        from regionmap.words import ACTIONS

        day, unit = day_of(on)[0], None
        if province is not None:
            unit = self.gazetteer.province(self.unit(province).code)
        codes = None if unit is None else self.gazetteer.counties(unit.code)
        rulings = self.overview(industry, action, day) if codes is None else self.rulings(codes, industry, action, day)
        asked = self.subject(industry).name.zh, ACTIONS[parse_action(action)].zh, day.isoformat()
        return rulings_map(self, rulings, " · ".join(asked), unit.code if unit is not None else None, sites, day)
