"""Which column holds what: recognised by the usual names in Chinese and English, or named by the caller."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from regionmap.errors import InputError
from regionmap.screening.usual_names import DATUMS, FIRST_WINS, GEOMETRY_LAT, GEOMETRY_LON, PARTS, TIERS

__all__ = ["GEOMETRY_LAT", "GEOMETRY_LON", "MOST_COLUMNS", "PROBLEM", "Columns", "listed", "recognise", "unique"]

PROBLEM = "__regionmap_problem"
"""A column that readers add: why a row cannot be judged whatever its cells say (ragged, no point); blank if it can."""
MOST_COLUMNS = 2_000

_NOISE = re.compile(r"[\s_\-./、，,()（）\[\]【】:：°*]|degrees?$")


@dataclass(frozen=True)
class Columns:
    """The columns of a file by what they hold; ``place`` may be several that are read together (省, 市, 县).

    ``address`` is free text: where nothing else says where a site is, the unit at its head is read. ``named_datum`` is
    what the name of the longitude says (``gcj02_lng``).
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
    notes: tuple[str, ...] = field(default=(), compare=False)


def recognise(names: Sequence[str], named: Mapping[str, str | None], *, industry_given: bool = False) -> Columns:
    """Return what every column holds; a column in ``named`` (by role) goes before a recognised one.

    Raises:
        InputError: a named column is not there, two columns fit one role, or nothing says where the sites are or
            which industry is meant.
    """
    there = set(names)
    for role, name in named.items():
        if name is not None and name not in there:
            raise InputError(f"no column '{name}' for the {role}: the file has {listed(names)}")
    by_plain: dict[str, list[str]] = {}
    for name in names:
        by_plain.setdefault(_plain(name), []).append(name)
    found: dict[str, str] = {}
    unread: str | None = None
    for role in TIERS:
        if role == "industry" and industry_given and not named.get(role):
            unread = _recognised(role, by_plain)
            continue
        if role in PARTS and named.get("place"):
            continue
        chosen = named.get(role) or _recognised(role, by_plain)
        if chosen is not None:
            found[role] = chosen
    _pair(found, named, names)
    place = _place(found, named)
    if not place and found.keys().isdisjoint(("lon", "adcode", "address")):
        raise InputError(_nowhere(names))
    if "industry" not in found and not industry_given:
        raise InputError(
            f"no column names an industry among {listed(names)}: name it with --industry-column, or one industry for "
            "all rows with --industry"
        )
    hint = _hint(found)
    columns = Columns(
        found.get("lon"), found.get("lat"), found.get("adcode"), place, found.get("address"), found.get("industry"),
        found.get("date"), found.get("action"), found.get("datum"), hint,
    )  # fmt: skip
    return dataclasses.replace(columns, notes=(described(columns), *_notes(found, place, hint, unread)))


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return the names of columns for a message, short."""
    shown = ", ".join(f"'{name[:40]}'" for name in names[:most])
    return f"{shown} and {len(names) - most:,} more" if len(names) > most else shown or "no columns"


def unique(names: Sequence[str], reserved: Iterable[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names without blanks and repeats, and notes on those that were changed.

    White space inside a name becomes one space. No name is one of ``reserved`` or of ``PROBLEM``.

    Raises:
        InputError: there are more than ``MOST_COLUMNS``.
    """
    if len(names) > MOST_COLUMNS:
        raise InputError(
            f"the file has {len(names):,} columns ({listed(names, 3)}): at most {MOST_COLUMNS:,} can be read; keep "
            "those that matter"
        )
    plain = [" ".join(name.replace("\ufeff", "").split()) for name in names]
    taken = {PROBLEM, *reserved}
    later = set(plain)
    copies: dict[str, int] = {}
    result, repeats, blanks = [], [], []
    for number, name in enumerate(plain, 1):
        wanted = name or f"column_{number}"
        new, copy = wanted, copies.get(wanted, 1)
        while new in taken or (new != name and new in later):
            copy += 1
            new = f"{wanted}.{copy}"
        copies[wanted] = copy
        if not name:
            blanks.append(new)
        elif new != name:
            repeats.append(f"'{name[:40]}' is called '{new[:40]}'")
        taken.add(new)
        result.append(new)
    notes = []
    if repeats:
        more = f" and {len(repeats) - 6:,} more" if len(repeats) > 6 else ""
        notes.append(f"column names that come more than once: {', '.join(repeats[:6])}{more}")
    if blanks:
        notes.append(f"columns without a name are called {listed(blanks, 6)}")
    return tuple(result), tuple(notes)


def _recognised(role: str, by_plain: Mapping[str, list[str]]) -> str | None:
    for tier in TIERS[role]:
        every = [name for usual in tier for name in by_plain.get(usual, ())]
        if role in ("lon", "lat"):
            every += [
                name for plain, some in by_plain.items() if _datum_of(plain)[1] in tier and plain not in tier
                for name in some
            ]  # fmt: skip
        if len(every) > 1 and role not in FIRST_WINS:
            raise InputError(
                f"{len(every)} columns could be the {role}: {listed(every)}; name the right one with --{role}-column"
            )
        if every:
            return every[0]
    return None


def _pair(found: dict[str, str], named: Mapping[str, str | None], names: Sequence[str]) -> None:
    """See that longitude and latitude are both there, and of one kind; a lone x or y is some other quantity."""
    for one, other in (("lon", "lat"), ("lat", "lon")):
        if one in found and other not in found:
            if not named.get(one) and _plain(found[one]) in TIERS[one][-1]:
                del found[one]
                continue
            words = {"lon": "longitude", "lat": "latitude"}
            raise InputError(
                f"a column for the {words[one]} ('{found[one]}') but none for the {words[other]} among "
                f"{listed(names)}: name it with --{other}-column"
            )
    if "lon" in found:
        datums = {_datum_of(_plain(found[role]))[0] for role in ("lon", "lat")} - {None}
        if len(datums) > 1:
            raise InputError(
                f"'{found['lon']}' and '{found['lat']}' are of two coordinate systems: name the columns with "
                "--lon-column and --lat-column"
            )


def _place(found: Mapping[str, str], named: Mapping[str, str | None]) -> tuple[str, ...]:
    parts = tuple(found[one] for one in PARTS if one in found)
    fine = "city" in found or "county" in found
    if "place" in found and (named.get("place") or not fine):
        return (found["place"],)
    return parts


def _nowhere(names: Sequence[str]) -> str:
    number = re.compile(r"[+-]?\d+(\.\d+)?$")
    headless = "; the first line must hold names of columns" if any(number.match(name) for name in names) else ""
    return (
        f"no column says where the sites are among {listed(names)}: name one with --lon-column and --lat-column, "
        f"--place-column, --adcode-column or --address-column{headless}"
    )


def described(columns: Columns) -> str:
    """Return in words what every column holds."""
    roles = ("lon", "lat", "adcode", "address", "industry", "date", "action", "datum")
    parts = [f"{role} = {getattr(columns, role)}" for role in roles if getattr(columns, role) is not None]
    parts += [f"place = {' + '.join(columns.place)}"] if columns.place else []
    return f"columns: {', '.join(parts)}"


def _notes(found: Mapping[str, str], place: tuple[str, ...], hint: str | None, unread: str | None) -> tuple[str, ...]:
    notes = []
    if not place and "address" in found and found.keys().isdisjoint(("lon", "adcode")):
        notes.append(f"units are read from the heads of the addresses in '{found['address']}'")
    idle = [found[role] for role in ("place", *PARTS) if role in found and found[role] not in place]
    if idle:
        notes.append(f"columns that also speak of places and are not read: {listed(idle)}")
    if unread:
        notes.append(f"the column '{unread}' is not read: one industry is asked for in all rows")
    if hint:
        notes.append(f"the name of the column '{found['lon']}' speaks of {hint}")
    return tuple(notes)


def _plain(name: str) -> str:
    if name in (GEOMETRY_LON, GEOMETRY_LAT):
        return name
    return _NOISE.sub("", name.strip().casefold())


def _datum_of(plain: str) -> tuple[str | None, str]:
    """Return the datum that a name of a column speaks of, and the name without it."""
    for datum, words in DATUMS.items():
        for word in words:
            if plain.startswith(word) or plain.endswith(word):
                return datum, plain.removeprefix(word).removesuffix(word)
    return None, plain


def _hint(found: Mapping[str, str]) -> str | None:
    for role in ("lon", "lat"):
        datum = _datum_of(_plain(found.get(role, "")))[0]
        if datum is not None:
            return datum
    return None
