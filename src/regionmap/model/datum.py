"""The coordinate systems in use in China."""

from __future__ import annotations

from enum import StrEnum


class Datum(StrEnum):
    """The coordinate system that a longitude and a latitude are given in."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"
