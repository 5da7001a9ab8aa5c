"""The coordinate systems in use in China, and what people call them."""

from __future__ import annotations

from enum import StrEnum


class Datum(StrEnum):
    """The coordinate system that a longitude and a latitude are given in."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


DATUM_NAMES: dict[Datum, tuple[str, ...]] = {
    Datum.GCJ02: ("火星坐标系", "火星坐标", "火星", "高德", "腾讯", "amap", "gcj02", "gcj"),
    Datum.BD09: ("百度坐标系", "百度坐标", "百度", "baidu", "bd09ll", "bd09", "bd"),
    Datum.CGCS2000: ("国家2000", "2000国家", "cgcs2000", "cgcs", "2000坐标系", "天地图", "tianditu"),
    Datum.WGS84: ("wgs84坐标系", "wgs1984", "wgs84", "wgs", "gps"),
}
"""Names as they stand in the head of a column (经度_高德) or in a cell, in small letters, without spaces and dashes;
a name that begins another one stands behind it."""
DATUM_CODES: dict[str, Datum] = {
    "epsg4326": Datum.WGS84,
    "4326": Datum.WGS84,
    "epsg4490": Datum.CGCS2000,
    "4490": Datum.CGCS2000,
}
"""Codes of the EPSG register, in a cell."""
