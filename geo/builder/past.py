"""Prefectures as they were before counties went to another one: their shapes for maps of days of the past.

Cities of today and of the past are put together from the same simplified pieces, so that all of them share edges.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely

from builder.units import Unit
from regionmap.model import Level
from regionmap.model import Unit as Known
from regionmap.places.names.gazetteer import Gazetteer

Key = tuple[str, ...]


class PastAreas:
    """Which area of the national map each county lay in: on the days before each move, and today."""

    def __init__(self, units: Sequence[Unit], codes: Sequence[str], today: Sequence[str]) -> None:
        """Take the units, the codes of the counties, and the area of the national map that each lies in today."""
        known = {
            one.code: Known(
                one.code, one.name, one.short_name, one.name_en, Level(one.level), one.parent, one.lon, one.lat
            )
            for one in units
        }
        self.gazetteer = Gazetteer(known)
        past = self.gazetteer.past
        self.days: list[dt.date] = sorted({move.day for move in past.moves})
        before = [past.on(day - dt.timedelta(days=1)) for day in self.days]
        self.keys: list[Key] = [
            (*(one.above(code)[0] if code in past.moved else area for one in before), area)
            for code, area in zip(codes, today, strict=True)
        ]
        """Of each county: its area before each day of ``days``, and that of today."""

    def pieces(self) -> dict[Key, list[int]]:
        """Return the rows of the counties that lay in the same area at all times."""
        found: dict[Key, list[int]] = defaultdict(list)
        for row, key in enumerate(self.keys):
            found[key].append(row)
        return dict(sorted(found.items(), key=lambda one: (one[0][-1], one[0])))

    def features(self, shapes: Mapping[Key, Any]) -> Iterator[tuple[dict[str, str], Any]]:
        """Yield each area that was another one until a day, with that day, the first on which it was so no more."""
        for number, day in enumerate(self.days):
            then, after = (self._members(shapes, at) for at in (number, number + 1))
            for code in sorted(then):
                if then[code] != after.get(code):
                    unit = self.gazetteer.unit_ever(code)
                    yield {
                        "code": f"{code}@{day.isoformat()}", "name": unit.name, "name_en": unit.name_en,
                        "province": self.gazetteer.province(code).code,
                    }, joined([shapes[key] for key in sorted(then[code])])  # fmt: skip

    @staticmethod
    def _members(shapes: Mapping[Key, Any], at: int) -> dict[str, set[Key]]:
        found: dict[str, set[Key]] = defaultdict(set)
        for key in shapes:
            found[key[at]].add(key)
        return dict(found)


def joined(shapes: Sequence[Any]) -> Any:
    """Return pieces as one shape whose rings are oriented as RFC 7946 asks."""
    return shapes[0] if len(shapes) == 1 else shapely.orient_polygons(shapely.coverage_union_all(list(shapes)))
