"""What a caller gives beside the words for places and industries: choices, texts, and one way to say where."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TypeVar

from regionmap.errors import Argument, InputError, called
from regionmap.i18n import joined, t
from regionmap.model import Text
from regionmap.model.datum import Datum
from regionmap.places.coordinates import in_box
from regionmap.rules.reading.actions import parse_action
from regionmap.rules.reading.dates import parse_date
from regionmap.rules.reading.texts import require_no_bytes, require_text

__all__ = [
    "idle_datum",
    "one_of",
    "parse_action",
    "parse_date",
    "parse_datum",
    "require_one_place",
    "require_text",
]

E = TypeVar("E", bound=StrEnum)

_POINT = {"lon": Argument("lon"), "lat": Argument("lat")}
_WAYS = {**_POINT, "area": Argument("area")}

_DATUMS = {
    "火星坐标": Datum.GCJ02, "火星坐标系": Datum.GCJ02, "高德": Datum.GCJ02, "腾讯": Datum.GCJ02,
    "百度": Datum.BD09, "百度坐标": Datum.BD09, "百度坐标系": Datum.BD09, "bd09ll": Datum.BD09,
    "国家2000": Datum.CGCS2000, "2000国家大地坐标系": Datum.CGCS2000,
}  # fmt: skip


def one_of(kind: type[E], value: object, word: Text) -> E:
    """Return the member of an enum that a text names.

    Args:
        kind: the enum.
        value: the text.
        word: what the members are called in the message.

    Raises:
        InputError: none is called so; the message lists them.
    """
    require_no_bytes(value, word, next(iter(kind)))
    try:
        return kind(value)  # type: ignore[arg-type]
    except ValueError:
        raise InputError(
            "no {kind} is called '{given}': choose from {choices}",
            kind=word, given=str(value)[:40], choices=joined([Text(one, one) for one in kind]),
        ) from None  # fmt: skip


def parse_datum(value: object) -> Datum:
    """Return the coordinate system that a word means: gcj02, GCJ-02, 火星坐标系 and so on.

    Raises:
        InputError: it means none; the message lists them.
    """
    require_no_bytes(value, t("datum"), Datum.WGS84)
    plain = _plain(value).replace("-", "").replace("_", "").replace(" ", "")
    return _DATUMS.get(plain) or one_of(Datum, plain, t("datum"))


def require_one_place(
    place: object, lon: object, lat: object, area: object = None, *, takes_areas: bool = True, datum: object = "wgs84"
) -> None:
    """Make sure that a question says where in one way: by a name, by a point, or by an area.

    Args:
        place: a name or an adcode.
        lon: of a point.
        lat: of a point.
        area: of any form.
        takes_areas: whether the message may offer an area.
        datum: the coordinate system of the point.

    Raises:
        InputError: no way is given, or more than one; the place is a pair of coordinates; the datum is none, or is
            given for what is no point.
    """
    _refuse_pair(place)
    ways = [place is not None, lon is not None or lat is not None, area is not None]
    if sum(ways) == 0 and not takes_areas:
        raise InputError("no place given: name one (保定市, Baoding, 130600), or give {lon} and {lat}", **_POINT)
    if sum(ways) > 1 and not takes_areas:
        raise InputError("more than one place given: a name, or {lon} and {lat}, not both", **_POINT)
    if sum(ways) == 0:
        raise InputError(
            "no place given: name one (保定市, Baoding, 130600), or give {lon} and {lat}, or {area}", **_WAYS
        )
    if sum(ways) > 1:
        raise InputError("more than one place given: a name, or {lon} and {lat}, or {area}, not several", **_WAYS)
    _refuse_idle(parse_datum(datum), place, area)


def _refuse_pair(place: object) -> None:
    """Make sure that a place is no pair of coordinates, nor anything else that holds several values.

    Raises:
        InputError: it is one; the message gives its numbers as the arguments that take them.
    """
    held = place.tolist() if hasattr(place, "tolist") else place
    if hasattr(held, "x") and hasattr(held, "y"):  # a shapely Point
        held = (held.x, held.y)
    if not isinstance(held, (list, tuple)):
        return
    point = _POINT
    if len(held) == 2 and all(isinstance(one, (int, float)) for one in held):
        lon, lat = held if in_box(*held) or not in_box(held[1], held[0]) else held[::-1]
        point = {"lon": Argument("lon", f"{lon:.10g}"), "lat": Argument("lat", f"{lat:.10g}")}
    raise InputError(
        "a place is one name or adcode as text, and not {given}: a point is given by {lon} and {lat}",
        given=called(place), **point,
    )  # fmt: skip


def _refuse_idle(datum: Datum, place: object, area: object) -> None:
    """Make sure that a datum has coordinates that it can speak of: a name has none, an area is read in WGS-84.

    Args:
        datum: the coordinate system; WGS-84 and CGCS2000 change nothing, and pass.
        place: a name or an adcode, None without one.
        area: of any form, None without one.

    Raises:
        InputError: it would be passed over without a word.
    """
    if datum in {Datum.WGS84, Datum.CGCS2000}:
        return
    if place is not None:
        raise idle_datum()
    if area is not None:
        raise InputError(
            "{datum} is for {lon} and {lat}: an area is read in WGS-84 degrees, convert it first and leave {datum} out",
            datum=Argument("datum"), **_POINT,
        )  # fmt: skip


def idle_datum() -> InputError:
    """Return the error for a datum beside the name of a place."""
    return InputError(
        "{datum} is for {lon} and {lat}: a place that is named has no coordinates, leave {datum} out",
        datum=Argument("datum"), **_POINT,
    )  # fmt: skip


def _plain(value: object) -> str:
    return unicodedata.normalize("NFKC", value).strip().casefold() if isinstance(value, str) else str(value)[:40]
