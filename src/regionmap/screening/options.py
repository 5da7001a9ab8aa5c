"""What a run of ``screen`` asks, and the columns that it adds to every row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from regionmap.screening.roles import Columns

CHUNK = 50_000
"""Rows that are read, judged and kept at a time."""

RESULTS = (
    "unit_code", "unit_name", "prefecture_code", "province_code", "province", "industry_id", "gbt4754_code",
    "gbt4754_name", "judged_action", "judged_on", "verdict", "provisions", "numbers", "caveats", "boundary_m",
    "province_line_m", "reason",
)  # fmt: skip
"""The columns that every row gets. Several values in a cell are parted by "; ". ``reason`` is blank where there is a
verdict, and ``verdict`` is blank where there is a reason. ``boundary_m`` is the distance in metres to the nearest
county with another answer, blank where none is within 1,000 m and for rows judged by name. ``province_line_m`` is that
to the nearest other province, blank for rows judged by name and where no rule by that distance reaches the row.
``gbt4754_code`` and ``gbt4754_name`` are ``code`` and ``code_name`` of the industry in the JSON of a check; a column of
the name ``industry_code`` would be read as the industry of a next run."""
WGS84_LON, WGS84_LAT = "__regionmap_lon", "__regionmap_lat"
"""Where a row lies, WGS-84 degrees, null where it is judged by name: for layers; other files do not get them."""


@dataclass(frozen=True)
class Options:
    """What is asked of every row where no column says otherwise.

    ``boundary`` measures the distance to another answer for every point, however far; ``many`` uses the indexes that
    are worth their loading for many rows; ``crs`` is the plane of coordinates in metres (EPSG:4527); ``language`` is
    that of the reasons in the file.
    """

    on: dt.date
    industry: str | None = None
    action: str = "new"
    datum: str = "wgs84"
    boundary: bool = False
    date_given: bool = True
    crs: str | None = None
    language: str = "en"
    columns: Columns = field(default_factory=Columns)
    many: bool = True
