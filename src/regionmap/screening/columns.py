"""Which column holds what: recognised by its heading in Chinese or English, or named by the caller."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from regionmap.errors import Argument
from regionmap.i18n import t, word_list
from regionmap.limits import MOST_COLUMNS
from regionmap.model import Text
from regionmap.screening import headings
from regionmap.screening.column_notes import ROLE_WORDS, described, notes_on
from regionmap.screening.coordinate_columns import coordinates_of
from regionmap.screening.headings import datum_of, plain
from regionmap.screening.messages import Message, NoPlaceColumnError, ScreeningError, listed, note
from regionmap.screening.roles import Columns
from regionmap.screening.usual_names import (
    DATES_OF_PROJECTS,
    FIRST_WINS,
    GEOMETRY_LAT,
    GEOMETRY_LON,
    PARTS,
    PROBLEM,
    TIERS,
)

__all__ = ["GEOMETRY_LAT", "GEOMETRY_LON", "MOST_COLUMNS", "PROBLEM", "Columns", "described", "recognise", "unique"]


def recognise(
    names: Sequence[str], named: Mapping[str, str | None], *, industry_given: bool = False, date_given: bool = False
) -> Columns:
    """Return what every column holds; a column in ``named`` (by role) goes before a recognised one.

    Args:
        names: of all columns.
        named: columns by role, as the caller names them.
        industry_given: one industry is asked for in all rows, so that no column of industries is needed or read.
        date_given: one date is asked for, so that the dates of projects (拟开工时间) are not read for it.

    Raises:
        InputError: a named column is not there, two columns fit one role, or nothing says where the sites are or
            which industry is meant.
    """
    check_named(names, named)
    found = find_roles(names, named, industry_given=industry_given)
    of_project = _date_of_project(names, found)
    if of_project is not None and not date_given:
        found["date"] = of_project
    place = _place(found, named)
    columns = Columns(
        found.get("lon"), found.get("lat"), found.get("adcode"), place, found.get("address"), found.get("industry"),
        found.get("date"), found.get("action"), found.get("datum"), _hint(found),
        coordinates=found.get("coordinates"), zone=found.get("zone"),
    )  # fmt: skip
    parts = coordinates_of(names, columns.lon, columns.lat)
    columns = dataclasses.replace(columns, lon_parts=parts.lon, lat_parts=parts.lat)
    check_enough(names, columns, industry_given=industry_given)
    return dataclasses.replace(columns, notes=notes_on(names, columns, found, of_project))


ROLES = (*TIERS, "coordinates")
"""What a column may hold, as callers name it."""


def check_named(names: Sequence[str], named: Mapping[str, str | None]) -> None:
    """See that the columns that the caller names are there.

    Raises:
        InputError: one is not.
    """
    there = set(names)
    for role, name in named.items():
        if role not in ROLES:
            raise ScreeningError(
                "columns hold no '{given}': choose from {roles}", given=str(role)[:40], roles=word_list(ROLES)
            )
        if name is not None and name not in there:
            raise ScreeningError(
                t(
                    "no column '{name}' for the {role}: the file has {names}",
                    name=name,
                    role=ROLE_WORDS.get(role, role),
                    names=listed(names),
                )
            )


def find_roles(names: Sequence[str], named: Mapping[str, str | None], *, industry_given: bool) -> dict[str, str]:
    """Return columns by role: named ones, and those whose headings are usual.

    Raises:
        InputError: two columns fit one role, or a longitude has no latitude.
    """
    by_plain: dict[str, list[str]] = {}
    for name in names:
        by_plain.setdefault(plain(name), []).append(name)
    found: dict[str, str] = {}
    for role in TIERS:
        if (role in PARTS and named.get("place")) or role in ("lon", "lat"):
            continue
        chosen = named.get(role) or _recognised(role, TIERS[role], by_plain)
        if role == "industry" and industry_given and not named.get(role):
            if chosen is not None:
                found["industry_not_read"] = chosen
            continue
        if chosen is not None:
            found[role] = chosen
    _find_coordinates(names, named, by_plain, found)
    return found


def _find_coordinates(
    names: Sequence[str], named: Mapping[str, str | None], by_plain: Mapping[str, list[str]], found: dict[str, str]
) -> None:
    """Find the columns of coordinates: the usual names, then what the grammar of headings knows, then x and y."""
    for tiers in (slice(None, -1), slice(-1, None)):
        for axis in ("lon", "lat"):
            chosen = found.get(axis) or named.get(axis) or _recognised(axis, TIERS[axis][tiers], by_plain)
            if chosen is not None:
                found[axis] = chosen
        if {"lon", "lat"} <= found.keys():
            break
        if tiers.start is None:
            wide = headings.pair_of_columns(names, found.get("lon"), found.get("lat"))
            if wide is not None:
                found["lon"], found["lat"] = wide
                break
    _pair(found, named, names)
    one_cell = named.get("coordinates") or (None if "lon" in found else headings.column_of_both(names))
    if one_cell is not None:
        found["coordinates"] = one_cell
        for axis in ("lon", "lat"):
            found.pop(axis, None)


def check_enough(names: Sequence[str], columns: Columns, *, industry_given: bool) -> None:
    """See that something says where the sites are, and which industry is meant.

    Raises:
        InputError: nothing does.
    """
    if not (columns.place or columns.has_points or columns.adcode or columns.address):
        raise _nowhere(names)
    if columns.industry is None and not industry_given:
        raise ScreeningError(
            "no column names an industry among {names}: name it with {column}, or one industry for all rows with "
            "{industry}",
            names=listed(names), column=_option("industry"), industry=Argument("industry"),
        )  # fmt: skip


def unique(names: Sequence[str], reserved: Iterable[str] = ()) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """Return names without blanks and repeats, and notes on those that were changed.

    White space inside a name becomes one space. No name is one of ``reserved`` or of ``PROBLEM``.

    Raises:
        InputError: there are more than ``MOST_COLUMNS``.
    """
    if len(names) > MOST_COLUMNS:
        raise ScreeningError(
            t(
                "the file has {count} columns ({names}): at most {most} can be read; keep those that matter",
                count=f"{len(names):,}", names=listed(names, 3), most=f"{MOST_COLUMNS:,}",
            )
        )  # fmt: skip
    tidy = [" ".join(name.replace("\ufeff", "").split()) for name in names]
    taken = {PROBLEM, *reserved}
    later = set(tidy)
    copies: dict[str, int] = {}
    result, repeats, blanks = [], [], []
    for number, name in enumerate(tidy, 1):
        wanted = name or f"column_{number}"
        new, copy = wanted, copies.get(wanted, 1)
        while new in taken or (new != name and new in later):
            copy += 1
            new = f"{wanted}.{copy}"
        copies[wanted] = copy
        if not name:
            blanks.append(new)
        elif new != name:
            repeats.append((name[:40], new[:40]))
        taken.add(new)
        result.append(new)
    notes = []
    if repeats:
        shown = Text(
            "、".join(f"'{name}' 称为 '{new}'" for name, new in repeats[:6]),
            ", ".join(f"'{name}' is called '{new}'" for name, new in repeats[:6]),
        )
        more = len(repeats) - 6
        notes.append(
            note("repeated_names.more", names=shown, more=f"{more:,}") if more > 0
            else note("repeated_names", names=shown)
        )  # fmt: skip
    if blanks:
        notes.append(note("blank_names", names=listed(blanks, 6)))
    return tuple(result), tuple(notes)


def _recognised(role: str, tiers: tuple[tuple[str, ...], ...], by_plain: Mapping[str, list[str]]) -> str | None:
    for tier in tiers:
        every = [name for usual in tier for name in by_plain.get(usual, ())]
        if role in ("lon", "lat"):
            every += [
                name for heading, some in by_plain.items() if datum_of(heading)[1] in tier and heading not in tier
                for name in some
            ]  # fmt: skip
        if len(every) > 1 and role not in FIRST_WINS:
            raise ScreeningError(
                "{count} columns could be the {role}: {names}; name the right one with {column}",
                count=len(every), role=role, names=listed(every), column=_option(role),
            )  # fmt: skip
        if every:
            return every[0]
    return None


def _pair(found: dict[str, str], named: Mapping[str, str | None], names: Sequence[str]) -> None:
    """See that longitude and latitude are both there, and of one kind; a lone x or y is some other quantity."""
    for one, other in (("lon", "lat"), ("lat", "lon")):
        if one in found and other not in found:
            if not named.get(one) and plain(found[one]) in TIERS[one][-1]:
                del found[one]
                continue
            words = {"lon": t("longitude"), "lat": t("latitude")}
            raise ScreeningError(
                "a column for the {axis} ('{column}') but none for the {other} among {names}: name it with {option}",
                axis=words[one], column=found[one], other=words[other], names=listed(names), option=_option(other),
            )  # fmt: skip
    if "lon" in found:
        datums = {datum_of(plain(found[axis]))[0] for axis in ("lon", "lat")} - {None}
        if len(datums) > 1:
            raise ScreeningError(
                "'{lon}' and '{lat}' are of two coordinate systems: name the columns with {lon_column} and "
                "{lat_column}",
                lon=found["lon"], lat=found["lat"], lon_column=_option("lon"), lat_column=_option("lat"),
            )  # fmt: skip


def _place(found: Mapping[str, str], named: Mapping[str, str | None]) -> tuple[str, ...]:
    parts = tuple(found[one] for one in PARTS if one in found)
    fine = "city" in found or "county" in found
    if "place" in found and (named.get("place") or not fine):
        return (found["place"],)
    return parts


def _date_of_project(names: Sequence[str], found: Mapping[str, str]) -> str | None:
    """Return the column of the date of a project, where no plain column of dates is there."""
    if "date" in found:
        return None
    by_plain = {plain(name): name for name in reversed(names)}
    return next((by_plain[usual] for usual in DATES_OF_PROJECTS if usual in by_plain), None)


def _option(role: str) -> Argument:
    """Return what names the column of a role."""
    return Argument("columns", option=f"--{role}-column", python=f"columns={{'{role}': …}}")


def _nowhere(names: Sequence[str]) -> NoPlaceColumnError:
    number = re.compile(r"[+-]?\d+(\.\d+)?$")
    options: dict[str, Any] = {role: _option(role) for role in ("lon", "lat", "place", "adcode", "address")}
    if any(number.match(name) for name in names):
        return NoPlaceColumnError(
            "no column says where the sites are among {names}: name one with {lon} and {lat}, {place}, {adcode} or "
            "{address}; the first line must hold names of columns",
            names=names,
            headless=True,
            **options,
        )
    return NoPlaceColumnError(
        "no column says where the sites are among {names}: name one with {lon} and {lat}, {place}, {adcode} or "
        "{address}",
        names=names,
        **options,
    )


def _hint(found: Mapping[str, str]) -> str | None:
    for role in ("lon", "lat", "coordinates"):
        datum = datum_of(plain(found.get(role, "")))[0]
        if datum is not None:
            return datum
    return None
