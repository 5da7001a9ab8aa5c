"""What each column of a file holds, once it was recognised or named."""

from __future__ import annotations

from dataclasses import dataclass, field

from regionmap.screening.messages import Message


@dataclass(frozen=True)
class Columns:
    """The columns of a file by what they hold; ``place`` may be several that are read together (省, 市, 县).

    ``lon`` and ``lat`` hold degrees, or all of a coordinate as people write it; ``lon_parts`` and ``lat_parts`` are the
    columns of minutes and seconds beside them. ``coordinates`` holds both coordinates in one cell. ``zone`` holds the
    zone or the central meridian of coordinates in metres. ``address`` is free text: where nothing else says where a
    site is, the unit at its head is read. ``named_datum`` is what the name of the longitude says (``gcj02_lng``).
    """

    lon: str | None = None
    lat: str | None = None
    adcode: str | None = None
    place: tuple[str, ...] = ()
    address: str | None = None
    industry: str | None = None
    date: str | None = None
    action: str | None = None
    datum: str | None = None
    named_datum: str | None = None
    lon_parts: tuple[str, ...] = ()
    lat_parts: tuple[str, ...] = ()
    coordinates: str | None = None
    zone: str | None = None
    notes: tuple[Message, ...] = field(default=(), compare=False)

    @property
    def has_points(self) -> bool:
        """Whether some column holds coordinates."""
        return self.lon is not None or self.coordinates is not None

    @property
    def used(self) -> tuple[str, ...]:
        """The names of all columns that are read."""
        single = (self.lon, self.lat, self.coordinates, self.adcode, self.address, self.industry, self.date,
                  self.action, self.datum, self.zone)  # fmt: skip
        return (*(one for one in single if one is not None), *self.place, *self.lon_parts, *self.lat_parts)
