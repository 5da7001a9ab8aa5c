"""Where the corners of an area may lie: in degrees, longitude first, in or near China."""

from __future__ import annotations

from typing import Any

import shapely
from numpy.typing import NDArray

from regionmap.model import Text
from regionmap.places import coordinates
from regionmap.places.errors import AreaError, OutsideChinaError, SwappedCoordinatesError


def check_place(parts: NDArray[Any], name: str | Text) -> None:
    """See that polygons lie in or near China, in degrees and with longitude first.

    Raises:
        SwappedCoordinatesError: latitude stands before longitude.
        AreaError: they are not in degrees.
        OutsideChinaError: they are far from China.
    """
    corners = shapely.get_coordinates(parts)
    corner = corners[0]
    ends = [corners.min(axis=0), corners.max(axis=0)]  # all lie in a box where these two do
    inside = [all(coordinates.in_box(x, y) for x, y in ends), all(coordinates.in_box(y, x) for x, y in ends)]
    if not inside[0] and inside[1]:
        raise SwappedCoordinatesError(
            "{area} has latitude before longitude ([{x}, {y}]): GeoJSON wants longitude first, [{y}, {x}]",
            area=name,
            x=f"{corner[0]:g}",
            y=f"{corner[1]:g}",
        )
    if not all(coordinates.in_range(x, y) for x, y in ends):
        raise AreaError(
            "{area} is not in degrees ([{x}, {y}]): save it in WGS-84 (EPSG:4326)",
            area=name,
            x=f"{corner[0]:g}",
            y=f"{corner[1]:g}",
        )
    west, south, east, north = coordinates.CHINA_BOX
    if ends[1][0] < west or ends[0][0] > east or ends[1][1] < south or ends[0][1] > north:
        raise OutsideChinaError(
            "{area} lies outside China (at longitude {x}, latitude {y}): China lies between "
            "{west} and {east} east, {south} and {north} north",
            area=name,
            x=f"{corner[0]:g}",
            y=f"{corner[1]:g}",
            west=f"{west:g}",
            east=f"{east:g}",
            south=f"{south:g}",
            north=f"{north:g}",
        )
