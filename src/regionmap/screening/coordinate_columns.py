"""The columns of minutes and seconds beside those of degrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regionmap.i18n import t
from regionmap.screening.headings import coordinate, plain, smaller_part
from regionmap.screening.messages import ScreeningError


@dataclass(frozen=True)
class Parts:
    """The columns of minutes, or of minutes and seconds, of both coordinates; none where degrees are all."""

    lon: tuple[str, ...] = ()
    lat: tuple[str, ...] = ()


def coordinates_of(names: Sequence[str], lon: str | None, lat: str | None) -> Parts:
    """Return the columns that make the degrees whole.

    Raises:
        InputError: seconds have no minutes: the degrees alone would be another place.
    """
    return Parts(_parts(names, "lon", lon), _parts(names, "lat", lat))


def _parts(names: Sequence[str], axis: str, degrees: str | None) -> tuple[str, ...]:
    if degrees is None:
        return ()
    about = coordinate(plain(degrees))
    found: dict[str, str] = {}
    for name in names:
        part = smaller_part(plain(name))
        if part is not None and part[0] == axis and (about is None or part[1] == about.about):
            found.setdefault(part[2], name)
    if not found:
        found = _to_the_right(names, degrees)
    if "seconds" in found and "minutes" not in found:
        raise ScreeningError(
            t(
                "'{seconds}' holds seconds, but no column holds the minutes beside '{degrees}': name its columns so "
                "that they can be told apart, such as 经度（度）, 经度（分）, 经度（秒）",
                seconds=found["seconds"], degrees=degrees,
            )
        )  # fmt: skip
    return tuple(found[one] for one in ("minutes", "seconds") if one in found)


def _to_the_right(names: Sequence[str], degrees: str) -> dict[str, str]:
    """Return columns without an axis in their headings (分, 秒) that stand next to the degrees."""
    found: dict[str, str] = {}
    at = list(names).index(degrees) + 1
    for name in names[at : at + 2]:
        part = smaller_part(plain(name))
        if part is None or part[0] is not None:
            break
        found.setdefault(part[2], name)
    return found
