"""The coordinate guard: do the points of a file fit what their rows name better in another datum than the declared one?

The datums of maps published in China lie some 100 to 1,200 m from WGS-84, so only points near a boundary can tell. For
each of them the county is found as declared and as if the coordinates were of another datum; where the two differ and
the row names a unit, it speaks for one of the two. Nothing is converted here: evidence is counted, and told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.places.datum import Datum, from_wgs84, to_wgs84
from regionmap.screening.cells import texts
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.messages import Message, warning
from regionmap.screening.roles import Columns
from regionmap.screening.site_resolver import SiteResolver, Sites

Evidence = Counter[str]
"""``declared:DATUM`` and ``other:DATUM``: rows that speak for the declared datum, and for DATUM instead."""

LEAST_ROWS = 5
CHANCE = 0.001
_POINTS = 10_000
_ADDRESSES = 500
_OTHERS = {Datum.WGS84: (Datum.GCJ02, Datum.BD09), Datum.GCJ02: (Datum.WGS84, Datum.BD09)}


class DatumCheck:
    """Counts the evidence of chunks about the datum of a file."""

    def __init__(
        self, rm: Regionmap, counties: CountyIndex, resolver: SiteResolver, columns: Columns, datum: str
    ) -> None:
        """``datum`` is the declared one. With a datum column, every row declares its own and nothing is compared."""
        self._rm, self._counties, self._resolver, self._columns = rm, counties, resolver, columns
        self._declared = Datum.WGS84 if datum == Datum.CGCS2000 else Datum(datum)

    def collect_evidence(self, table: pa.Table, sites: Sites) -> Evidence:
        """Return the evidence of a chunk: of its first points, since conversion takes time and they suffice."""
        found: Evidence = Counter()
        columns = self._columns
        unnamed = not columns.place and columns.adcode is None and columns.address is None
        if not columns.has_points or columns.datum is not None or unnamed:
            return found
        points = np.flatnonzero(sites.rows >= 0)[:_POINTS]
        # A plant with a row for each of its products is one witness.
        _, first = np.unique(np.column_stack([sites.lon[points], sites.lat[points]]), axis=0, return_index=True)
        points = points[np.sort(first)]
        lon, lat = from_wgs84(sites.lon[points], sites.lat[points], self._declared)
        for other in _OTHERS.get(self._declared, (Datum.WGS84, Datum.GCJ02)):
            rows = self._counties.rows(*to_wgs84(lon, lat, other))
            moved = np.flatnonzero(rows != sites.rows[points])
            at, there = points[moved], rows[moved]
            named = self._named(table, sites, at)
            told = np.flatnonzero(named > 0)
            here = self._resolver.agree(sites.rows[at[told]], named[told])
            away = self._resolver.agree(there[told], named[told])
            # A name that holds both counties speaks for neither.
            found[f"declared:{other}"] += int((here & ~away).sum())
            found[f"other:{other}"] += int((away & ~here).sum())
        return found

    def _named(self, table: pa.Table, sites: Sites, at: Any) -> Any:
        """Return the places that rows name: in columns of places, or else at the head of an address."""
        named = sites.named[at].copy()
        if self._columns.address is None:
            return named
        silent = np.flatnonzero(named == 0)[:_ADDRESSES]
        codes, words = texts(table[self._columns.address].take(pa.array(at[silent])))
        named[silent] = np.array([self._in_address(word) for word in words] or [0], np.int64)[codes]
        return named

    def _in_address(self, address: str) -> int:
        """Return the place at the head of an address, 0 where it is not plain."""
        try:
            return self._resolver.number(self._resolver.addresses.units(address))
        except InputError:
            return 0


def warnings(evidence: Mapping[str, int], declared: str) -> list[Message]:
    """Return a warning for the datum that the points fit better than the declared one, if there is any."""
    said = []
    for key in sorted((key for key in evidence if key.startswith("other:")), key=lambda key: -evidence[key]):
        other, away = key.removeprefix("other:"), evidence[key]
        here = evidence.get(f"declared:{other}", 0)
        if away >= LEAST_ROWS and _chance(away, away + here) < CHANCE:
            counts = {"both": f"{away + here:,}", "away": f"{away:,}", "here": f"{here:,}"}
            said.append(warning("fits_better", other=other, declared=declared, **counts))
    return said[:1]


def _chance(away: int, both: int) -> float:
    """Return how likely so many or more of the rows would speak for the other datum, were it a toss-up."""
    if both > 1_000:  # far beyond what a tail sum is needed for
        return math.erfc((2 * away - both) / math.sqrt(2 * both)) / 2
    return float(sum(math.comb(both, one) for one in range(away, both + 1)) / 2**both)
