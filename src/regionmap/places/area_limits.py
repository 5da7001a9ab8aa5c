"""What an area may hold, looked at before it is built, mended, united or cut by counties; see ``regionmap.limits``.

Work that grows with crossings is estimated from a sample of edges or polygons: how many others the box of each meets.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import shapely

from regionmap.i18n import t
from regionmap.limits import (
    MOST_CROSSINGS,
    MOST_RINGS,
    MOST_VALUES,
    MOST_VERTICES,
    MOST_WORK,
    WIDEST_DEGREES,
)
from regionmap.model import Text
from regionmap.places.errors import AreaError

_CORNER = re.compile(r"\[\s*[-\d]")  # a list that begins with a number
_SAMPLED = 256
_FEW = 500
"""Edges or polygons of which all may meet all."""


class AreaLimitError(AreaError):
    """An area holds more than can be worked with. The message names the limit, and says what would be right."""


def check_text(text: str, signs: str, name: str | Text) -> None:
    """See that a text does not hold more than fits into memory; ``signs`` begin or part its values.

    Raises:
        AreaLimitError: it does.
    """
    if len(text) > MOST_VALUES and (found := sum(map(text.count, signs))) > MOST_VALUES:
        raise AreaLimitError(
            t(
                "{name} holds {count} values; at most {most} are read: simplify the outline",
                name=name, count=f"{found:,}", most=f"{MOST_VALUES:,}",
            )
        )  # fmt: skip


def check_corners(text: str, name: str | Text) -> None:
    """See that GeoJSON has no more corners than can be worked with, before it is parsed.

    Raises:
        AreaLimitError: it has.
    """
    if text.count("[") > MOST_VERTICES:
        check_count(sum(1 for _ in _CORNER.finditer(text)), 0, name)


def check_count(vertices: int, rings: int, name: str | Text) -> None:
    """See that an area has no more corners and rings than can be worked with.

    Raises:
        AreaLimitError: it has.
    """
    if vertices > MOST_VERTICES:
        raise AreaLimitError(
            t(
                "{name} has {count} corners; at most {most} are read: simplify the outline",
                name=name, count=f"{vertices:,}", most=f"{MOST_VERTICES:,}",
            )
        )  # fmt: skip
    if rings > MOST_RINGS:
        raise AreaLimitError(
            t(
                "{name} has {count} rings; at most {most} are read: leave out small parts and holes",
                name=name, count=f"{rings:,}", most=f"{MOST_RINGS:,}",
            )
        )  # fmt: skip


def check_width(west: float, east: float, name: str | Text) -> None:
    """See that an area does not go around half of the earth: its sides would lie the other way round.

    Raises:
        AreaLimitError: it does.
    """
    if east - west >= WIDEST_DEGREES:
        raise AreaLimitError(
            t(
                "{name} is {width} degrees wide; an area is less than {most} wide: cut it to China, between 73 and 136 "
                "degrees east",
                name=name, width=f"{east - west:.0f}", most=f"{WIDEST_DEGREES:.0f}",
            )
        )  # fmt: skip


def check_crossings(polygon: Any, name: str | Text) -> None:
    """See that the outline of an invalid polygon can be mended in time.

    Raises:
        AreaLimitError: too many of its edges may cross each other.
    """
    rings = [polygon.exterior, *polygon.interiors]
    ends = [shapely.get_coordinates(one) for one in rings]
    edges = shapely.linestrings(np.concatenate([np.stack([one[:-1], one[1:]], axis=1) for one in ends if len(one) > 1]))
    _check_meetings(edges, name)


def check_overlaps(polygons: Any, name: str | Text) -> None:
    """See that polygons can be united in time.

    Raises:
        AreaLimitError: too many of them may lie over each other.
    """
    _check_meetings(np.asarray(polygons, dtype=object), name)


def check_work(vertices: int, counties: int, name: str | Text) -> None:
    """See that an area can be cut by the counties that it may touch in time.

    Raises:
        AreaLimitError: it has too many corners for so many counties.
    """
    if vertices * counties > MOST_WORK:
        raise AreaLimitError(
            t(
                "{name} has {count} corners on its long edges over {counties} counties; at most {most} are worked "
                "with: simplify the outline, or ask for its parts",
                name=name, count=f"{vertices:,}", counties=f"{counties:,}", most=f"{MOST_WORK // counties:,}",
            )
        )  # fmt: skip


def _check_meetings(shapes: Any, name: str | Text) -> None:
    count = len(shapes)
    if count <= _FEW:
        return
    tree = shapely.STRtree(shapes)
    some = shapes[np.linspace(0, count - 1, _SAMPLED).astype(int)]
    met = sum(len(tree.query(one)) - 1 for one in some) / _SAMPLED * count / 2
    if met > MOST_CROSSINGS:
        raise AreaLimitError(
            t(
                "{name} crosses or covers itself in up to {count} places; at most {most} are mended: draw one outline "
                "without crossing lines",
                name=name, count=f"{met:,.0f}", most=f"{MOST_CROSSINGS:,}",
            )
        )  # fmt: skip
