"""A site that is given by coordinates or by an area: the units that the question is then asked for.

A point is judged as its county, with what can be told of a point alone: how far the nearest county with another answer
and the nearest other province are. An area is judged as all counties that it touches.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from regionmap.model import Caveat, Unit
from regionmap.places.coordinates import UNCERTAINTY_M, check_coordinates
from regionmap.places.datum import Datum, to_wgs84
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.places import out_of_scope
from regionmap.rules.matching.question import Question
from regionmap.rules.verdict import site_caveats
from regionmap.rules.verdict.answers import PointInfo, Share
from regionmap.rules.verdict.rulings import differs_from

if TYPE_CHECKING:
    from regionmap.places.index.locator import Locator


class PointSite(NamedTuple):
    """A point for a question.

    ``unit`` is the county that holds it, ``line`` its distance to another province, None where no rule asks for one.
    """

    unit: Unit
    point: PointInfo
    line: LineDistance | None
    caveats: list[Caveat]


class AreaSite(NamedTuple):
    """An area for a question: the counties that it touches, the largest share first."""

    units: list[Unit]
    shares: tuple[Share, ...]
    caveats: list[Caveat]


def locate_point(
    gazetteer: Gazetteer,
    locator: Locator,
    question: Question,
    lon: float | str | None,
    lat: float | str | None,
    datum: Datum,
) -> PointSite:
    """Return the county of a point, and how near what would change the answer is.

    Args:
        gazetteer: the units.
        locator: the true boundaries.
        question: industry, action and date; without an industry, counties differ where any rule does.
        lon: longitude in degrees, in ``datum``.
        lat: latitude in degrees, in ``datum``.
        datum: the coordinate system of both.

    Raises:
        CoordinateError: missing, not a number, swapped, out of range, or in no county of China.
    """
    x, y = check_coordinates(lon, lat)
    x_wgs, y_wgs = (float(degrees) for degrees in to_wgs84(x, y, datum))
    unit = gazetteer.unit(locator.county_at(x_wgs, y_wgs))
    line = _to_other_province(gazetteer, locator, x_wgs, y_wgs, unit) if question.limits else None
    nearest = locator.boundary_m(x_wgs, y_wgs, differs_from(question, unit, line))
    metres, beyond = (nearest[0], gazetteer.unit(nearest[1])) if nearest is not None else (None, None)
    point = PointInfo(x, y, datum.value, metres, beyond)
    told = []
    if metres is not None and beyond is not None and metres <= UNCERTAINTY_M:
        told.append(site_caveats.near_boundary(metres, beyond, UNCERTAINTY_M))
    if line is not None:
        if line.within(question.limits[-1] + UNCERTAINTY_M):  # farther off, it matters to no rule
            point = replace(point, province_line_m=line.metres, other_province=line.beyond)
        told += site_caveats.near_limits(question, unit, line, UNCERTAINTY_M)
    return PointSite(unit, point, line, told)


def locate_area(gazetteer: Gazetteer, locator: Locator, area: object) -> AreaSite:
    """Return the counties that an area touches.

    Args:
        gazetteer: the units.
        locator: the true boundaries.
        area: GeoJSON, KML or WKT as text or in a file, parsed GeoJSON, or a shapely polygon; WGS-84 degrees.

    Raises:
        AreaError: the file cannot be read, or there is no area in what was given.
        CoordinateError: its corners are swapped, or it lies outside China.
    """
    from regionmap.places.area_text import read_any_area  # brings shapely: only areas need it

    return _touched(gazetteer, locator, read_any_area(area))


def locate_circle(
    gazetteer: Gazetteer, locator: Locator, lon: object, lat: object, datum: Datum, radius_m: object
) -> AreaSite:
    """Return the counties that a circle around a point touches.

    Args:
        gazetteer: the units.
        locator: the true boundaries.
        lon: longitude of the middle in degrees, in ``datum``.
        lat: latitude of the middle in degrees, in ``datum``.
        datum: the coordinate system of both.
        radius_m: geodesic radius in metres.

    Raises:
        AreaError: the radius is no number, or out of range.
        CoordinateError: as ``locate_point``.
    """
    from regionmap.places.area_text import circle, radius_of  # late, as above

    metres = radius_of(radius_m)
    x, y = (float(degrees) for degrees in to_wgs84(*check_coordinates(lon, lat), datum))
    return _touched(gazetteer, locator, circle(x, y, metres))


def _touched(gazetteer: Gazetteer, locator: Locator, polygon: object) -> AreaSite:
    from regionmap.places.areas import outside_share, units_touched  # late, as above

    touched = units_touched(polygon, locator)
    shares = tuple(Share(gazetteer.unit(code), share) for code, share in touched)
    outside = outside_share(touched)
    told = [site_caveats.outside_the_country(outside)] if outside else []
    return AreaSite([share.unit for share in shares], shares, told)


def _to_other_province(
    gazetteer: Gazetteer, locator: Locator, lon: float, lat: float, county: Unit
) -> LineDistance | None:
    """Measure how far a point is from another province; None where the loaded documents do not speak."""
    if out_of_scope(county):
        return None
    nearest = locator.other_province_m(lon, lat, county.code)
    return LineDistance(nearest[0], gazetteer.province(nearest[1])) if nearest is not None else LineDistance(None)
