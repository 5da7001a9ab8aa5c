"""Coordinates as people write them: 115.47, 115.47E, 东经115°28′14″, 115 28 14 E, N38°52′, 103.81,30.41.

One reader for the cells of tables and for what is typed. Nothing is guessed: minutes of 60 and more, degrees with
decimals before minutes, a longitude in the south are errors, and the degrees of such a text are never taken alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from regionmap.i18n import t
from regionmap.limits import LONGEST_NAME
from regionmap.places.errors import CoordinateError


class Axis(StrEnum):
    """Which of the two coordinates a number is."""

    LON = "lon"
    LAT = "lat"


class CoordinateTextError(CoordinateError):
    """A text is no coordinate."""


@dataclass(frozen=True, slots=True)
class Angle:
    """Decimal degrees, negative in the west and in the south; ``axis`` is None where the text does not tell it."""

    degrees: float
    axis: Axis | None = None


_SIGNS = str.maketrans({
    "º": "°", "˚": "°", "ᵒ": "°", "○": "°", "〇": "°", "度": "°", "分": "′", "秒": "″", "'": "′", "’": "′", "‘": "′",
    "´": "′", "`": "′", "＇": "′", '"': "″", "”": "″", "“": "″", "〃": "″", "＂": "″", "\u3000": " ", "\xa0": " ",
    "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "．": ".", "－": "-", "−": "-", "—": "-", "＋": "+",
    "、": ",",
    **{chr(0xFF10 + one): str(one) for one in range(10)},
    **{chr(0xFF21 + one): chr(65 + one) for one in range(26)},
    **{chr(0xFF41 + one): chr(97 + one) for one in range(26)},
})  # fmt: skip
_WORDS = {
    "东经": "E", "西经": "W", "北纬": "N", "南纬": "S", "东": "E", "西": "W", "北": "N", "南": "S",
    "longitude": "LON", "latitude": "LAT", "long": "LON", "lng": "LON", "lon": "LON",
    "lat": "LAT", "e": "E", "w": "W", "n": "N", "s": "S",
}  # fmt: skip
_AXES = {"E": Axis.LON, "W": Axis.LON, "LON": Axis.LON, "N": Axis.LAT, "S": Axis.LAT, "LAT": Axis.LAT}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)"
_BEFORE = rf"(?:(?P<before{{0}}>{_WORD})\s*[:=]?\s*)"
_AFTER = r"(?:\s*(?P<after{0}>东经|西经|北纬|南纬|[ewns东西南北]))"
_DEGREES = (
    rf"(?P<sign{{0}}>[+-]?)(?P<d{{0}}>{_NUMBER})(?:\s*(?:°|deg)\s*"
    rf"(?:(?P<m{{0}}>{_NUMBER})\s*(?:′\s*(?:(?P<s{{0}}>{_NUMBER})\s*″?)?|(?=[\s,;/|]|$|[ewns东西南北]))"
    r")?)?"
)
_ANGLE = f"{_BEFORE}?{_DEGREES}{_AFTER}?".format("")
_THREE = (
    rf"(?:(?P<before>{_WORD})\s*[:=]?\s*)?(?P<sign>[+-]?)(?P<d>\d{{1,3}})(?P<gap>\s+|:|-|\.)(?P<m>\d{{1,2}})(?P=gap)"
    rf"(?P<s>\d{{1,2}}(?:\.\d*)?)\s*(?P<after>[ewns东西南北])?"
)
_TWO = (
    rf"(?:(?P<before>{_WORD})\s*[:=]?\s*)?(?P<sign>[+-]?)(?P<d>\d{{1,3}})(?:\s+|:)(?P<m>\d{{1,2}}(?:\.\d*)?)\s*"
    rf"(?P<after>[ewns东西南北])?"
)
_PAIRS = tuple(
    rf"{one.format(1)}[\s,;/|]*{one.format(2)}" for one in (f"{_BEFORE}{_DEGREES}", f"{_DEGREES}{_AFTER}", _DEGREES)
)
"""Two coordinates with or without anything between them: their letters all stand before or all behind."""
_WRAPPED = r"(?:point\s*(?:z\s*)?)?[(\[{]\s*(?P<inside>[^()\[\]{}]*)\s*[)\]}]"
_SPLIT = (re.compile(r"\s*[,;/|]\s*"), re.compile(r"\s+"))
_whole = cache(lambda pattern: re.compile(pattern, re.IGNORECASE).fullmatch)
"""Takes a pattern, compiled on first use: most files and questions hold plain numbers, and it takes 10 ms for all."""


def parse_angle(text: str) -> Angle:
    """Return the coordinate that a text holds.

    Raises:
        CoordinateTextError: it holds none, or one that cannot be.
    """
    plain = _plain(text)
    for pattern in (_ANGLE, _THREE, _TWO):
        match = _whole(pattern)(plain)
        if match is None:
            continue
        said = match.groupdict()
        if pattern is _TWO and not (said["before"] or said["after"]):
            break  # 115 28 may be a slip for 115.28
        return _angle(said, text)
    raise CoordinateTextError(
        t("'{text}' is no coordinate: write degrees such as 115.48, 115°28′48″ or 115.48E", text=_short(text))
    )


def parse_pair(text: str, *, lat_first: bool = False) -> tuple[float, float]:
    """Return the longitude and the latitude that one text holds, in degrees.

    Where it does not say which is which, the longitude comes first, or the latitude with ``lat_first``.

    Raises:
        CoordinateTextError: it does not hold exactly one of each.
    """
    plain = _plain(text)
    wrapped = _whole(_WRAPPED)(plain)
    plain = (wrapped["inside"] if wrapped else plain).strip(" ,;")
    for one, other in _halves(plain):
        try:
            return _ordered(parse_angle(one), parse_angle(other), text, lat_first=lat_first)
        except CoordinateTextError:
            continue
    for pattern in _PAIRS:
        match = _whole(pattern)(plain)
        if match is not None and (pattern is not _PAIRS[-1] or "°" in plain):
            said = match.groupdict()
            two = [
                _angle({name[:-1]: value for name, value in said.items() if name[-1] == number}, text)
                for number in "12"
            ]
            return _ordered(two[0], two[1], text, lat_first=lat_first)
    raise CoordinateTextError(
        t("'{text}' is no longitude and latitude: write both, such as 115.48,38.87", text=_short(text))
    )


def from_parts(degrees: float, minutes: float, seconds: float) -> float:
    """Return degrees in decimals for degrees, minutes and seconds.

    Raises:
        CoordinateTextError: degrees or minutes with decimals before a smaller part, parts of 60 and more, or below 0.
    """
    whole_degrees = degrees == int(degrees) or (minutes == 0 and seconds == 0)
    whole_minutes = minutes == int(minutes) or seconds == 0
    if not (whole_degrees and whole_minutes and 0 <= minutes < 60 and 0 <= seconds <= 60):
        raise CoordinateTextError(
            t(
                "{degrees}° {minutes}′ {seconds}″ is no angle: degrees and minutes before a smaller part are whole "
                "numbers, minutes and seconds less than 60",
                degrees=f"{degrees:g}", minutes=f"{minutes:g}", seconds=f"{seconds:g}",
            )
        )  # fmt: skip
    size = (abs(degrees) * 3600 + minutes * 60 + seconds) / 3600 if minutes or seconds else abs(degrees)
    return -size if degrees < 0 else size


def _plain(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise CoordinateTextError(
            t("'{text}' is too long for a coordinate: write degrees such as 115.48", text=_short(text))
        )
    words = text.replace("经度", "lon").replace("纬度", "lat")  # before 度 is made a sign
    return " ".join(words.translate(_SIGNS).replace("′′", "″").split())


def _halves(plain: str) -> list[tuple[str, str]]:
    found = []
    for split in _SPLIT:
        parts = [part for part in split.split(plain) if part]
        if len(parts) == 2:
            found.append((parts[0], parts[1]))
        elif len(parts) == 6:  # degrees, minutes and seconds of both
            found.append((" ".join(parts[:3]), " ".join(parts[3:])))
    return found


def _angle(said: dict[str, str | None], text: str) -> Angle:
    before, after = (_WORDS.get((said.get(one) or "").lower()) for one in ("before", "after"))
    axes = {_AXES[one] for one in (before, after) if one}
    negative = said.get("sign") == "-"
    below = bool({before, after} & {"W", "S"})
    if len(axes) > 1 or (negative and {before, after} & {"W", "S", "E", "N"}):
        raise CoordinateTextError(
            t("'{text}' says two things of its direction: write one, such as 115.48E or 115.48", text=_short(text))
        )
    degrees = from_parts(float(said["d"] or 0), float(said.get("m") or 0), float(said.get("s") or 0))
    return Angle(-degrees if negative or below else degrees, next(iter(axes), None))


def _ordered(one: Angle, other: Angle, text: str, *, lat_first: bool) -> tuple[float, float]:
    if one.axis is not None and one.axis is other.axis:
        raise CoordinateTextError(
            t("'{text}' holds one of the two coordinates twice: write both, such as 115.48,38.87", text=_short(text))
        )
    if one.axis is None and other.axis is None:
        first_is_lat = lat_first
    else:
        first_is_lat = one.axis is Axis.LAT or other.axis is Axis.LON
    return (other.degrees, one.degrees) if first_is_lat else (one.degrees, other.degrees)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
