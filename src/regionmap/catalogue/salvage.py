"""What can still be checked in a file that has errors, so that the next run does not bring new ones.

The parts with errors are left out, fields with errors are filled with values that no check complains about. Nothing of
this is ever used in an answer: a catalogue with a problem does not load.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)
_LISTS = frozenset({"provisions", "definitions", "industries", "batches", "rows", "readings"})
_TEXT = {"zh": "?", "en": "?"}
_FILLERS: dict[str, Any] = {
    "title": _TEXT,
    "name": _TEXT,
    "number": "?",
    "issuers": [_TEXT],
    "level": "national",
    "rank": "law",
    "issued": None,
    "in_force_from": dt.date(1949, 1, 1),
    "in_force_until": None,
    "horizon": None,
    "evidence": "verbatim",
    "read": "part",
    "items": [],
    "provisions": [],
    "industries": [],
    "date_from": None,
    "date_printed": None,
    "complete": False,
    "rows": [],
}
_KINDS = {"RegionFile": "other", "DestinationFile": "zone"}
_NEEDED = frozenset({"", "id", "item", "name", "source", "members", "union_of"})
_PART_FILLERS: dict[str, dict[str, Any]] = {
    "provisions": {
        "industries": [],
        "where": {"national": True},
        "quote": "??",
        "summary": _TEXT,
        "addressee": _TEXT,
        "evidence": "verbatim",
    },
    "industries": {"kind": "industry"},
    "definitions": {"in_force_from": dt.date(1949, 1, 1), "in_force_until": None, "open": False, "quote": "??",
                    "evidence": "verbatim"},
}  # fmt: skip


@dataclass(frozen=True)
class Rest(Generic[M]):
    """What is left of a file, and for each list that lost parts, the places in the file of those that it kept."""

    data: M
    kept: Mapping[str, list[int]]


def rest(model: type[M], data: Mapping[str, Any], errors: Sequence[tuple[int | str, ...]], stem: str) -> Rest[M] | None:
    """Return what is left of a file without the values at ``errors``; None where nothing can be made of it."""
    left = {name: value for name, value in data.items() if name in model.model_fields}
    wrong: dict[str, dict[int, set[int | str]]] = {}
    for name, *inside in errors:
        if name in _LISTS and isinstance(data.get(str(name)), list) and inside and isinstance(inside[0], int):
            wrong.setdefault(str(name), {}).setdefault(inside[0], set()).update(inside[1:2] or [""])
            continue
        left.pop(str(name), None)
        if name == "id":
            left["id"] = stem
        elif name == "kind" and model.__name__ in _KINDS:
            left["kind"] = _KINDS[model.__name__]
        elif name in _FILLERS and name in model.model_fields:
            left[str(name)] = _FILLERS[str(name)]
    kept: dict[str, list[int]] = {}
    for name, parts in wrong.items():
        mended = {index: _mended(name, data[name][index], fields) for index, fields in parts.items()}
        kept[name] = [index for index in range(len(data[name])) if mended.get(index, True) is not None]
        left[name] = [mended.get(index, data[name][index]) for index in kept[name]]
    try:
        return Rest(model.model_validate(left), kept)
    except ValidationError:
        return None


def _mended(name: str, part: Any, fields: set[int | str]) -> dict[str, Any] | None:
    """Return a part of a list with its fields with errors filled or left out; None where no check could follow."""
    fillers = _PART_FILLERS.get(name)
    if fillers is None or not isinstance(part, dict) or fields & _NEEDED:
        return None
    mended = {key: value for key, value in part.items() if key not in fields}
    mended |= {str(field): fillers[str(field)] for field in fields if field in fillers}
    speaks_to_nobody = {"target", "duty"}
    if "effect" in fields:
        mended["effect"] = "target" if part.get("actions") == [] else "condition"
    elif "actions" in fields:
        mended["actions"] = [] if part.get("effect") in speaks_to_nobody else ["new"]
    return mended


def ids(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids that stand in a file, of itself and of its industries."""
    parts = data.get("industries")
    for one in (data, *(parts if isinstance(parts, list) else ())):
        name = one.get("id") if isinstance(one, Mapping) else None
        if isinstance(name, str):
            yield name


def place_in_file(path: tuple[str | int, ...], kept: Mapping[str, list[int]]) -> tuple[str | int, ...]:
    """Return where a value stands in the file whose lists kept these parts."""
    if len(path) > 1 and isinstance(path[1], int) and path[0] in kept:
        return (path[0], kept[str(path[0])][path[1]], *path[2:])
    return path
