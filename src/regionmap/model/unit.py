"""Administrative units and their levels (GB/T 2260)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Level of an administrative unit (GB/T 2260)."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit.

    ``code`` is the six-digit adcode (GB/T 2260); ``parent`` is the adcode of the unit above, empty for a province.
    Units directly under a province (济源, 仙桃) have level ``county`` and a province as parent. ``lon`` and ``lat``
    are a point inside the unit for labels, in degrees, CGCS2000.
    """

    code: str
    name: str
    short_name: str
    name_en: str
    level: Level
    parent: str
    lon: float
    lat: float
