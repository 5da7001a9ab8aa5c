"""What one file alone cannot tell: ids that must exist, dates in order, items covered, no cycles.

Every check yields problem lines; none of them stops the others.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from regionmap.catalogue.files import Parsed
from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.catalogue.schema import (
    BatchPart,
    DefinitionPart,
    DestinationFile,
    IndustriesFile,
    PilotFile,
    PilotPlacePart,
    PlacePart,
    ProvisionPart,
    RegionFile,
    SourceFile,
)
from regionmap.catalogue.schema_parks import ParkFile
from regionmap.model import Effect, Evidence, PilotArea

SPEAKS_TO_NOBODY = {Effect.TARGET, Effect.DUTY}
At = tuple[str | int, ...]
AnyFile = (
    Parsed[SourceFile]
    | Parsed[RegionFile]
    | Parsed[IndustriesFile]
    | Parsed[PilotFile]
    | Parsed[DestinationFile]
    | Parsed[ParkFile]
)


@dataclass(frozen=True)
class Known:
    """Everything that the files may refer to."""

    sources: Mapping[str, Parsed[SourceFile]]
    regions: Mapping[str, Parsed[RegionFile]]
    industries: Collection[str]
    units: Collection[str]
    gbt: GbtTable
    destinations: Collection[str]


def check_source(file: Parsed[SourceFile], known: Known) -> Iterator[str]:
    """Check one source and its provisions."""
    data = file.data
    yield from named_by_id(file, data.id)
    yield from _dates(file, (), data.in_force_from, data.in_force_until, data.horizon)
    if data.issued and data.issued > data.in_force_from.isoformat():
        yield file.problem(("issued",), f"{data.issued} is later than in_force_from {data.in_force_from}: one is wrong")
    for field, ids in (("supersedes", data.supersedes), ("superseded_by", data.superseded_by)):
        yield from _unknown(file, (field,), ids, known.sources, "source")
    yield from _twice(file, ("items",), [one.item for one in data.items], "item")
    yield from _twice(file, ("provisions",), [one.id for one in data.provisions], "provision id")
    items = [one.item for one in data.items]
    for index, part in enumerate(data.provisions):
        yield from _check_provision(file, ("provisions", index), part, items, known)
    covered = {one.item for one in data.provisions}
    for index, item in enumerate(items):
        if data.provisions and item not in covered:
            yield file.problem(("items", index), f"no provision comes from the item {item}: add one, or a duty")


def check_region(file: Parsed[RegionFile], known: Known) -> Iterator[str]:
    """Check one region and its definitions."""
    yield from named_by_id(file, file.data.id)
    for index, part in enumerate(file.data.definitions):
        at: At = ("definitions", index)
        yield from _dates(file, at, part.in_force_from, part.in_force_until, None)
        yield from _unknown(file, (*at, "source"), [part.source], known.sources, "source")
        source = known.sources.get(part.source)
        if source is not None:
            items = [one.item for one in source.data.items]
            if items and part.item not in items:
                yield file.problem((*at, "item"), f"{part.source} has no item {part.item}: {_near(part.item, items)}")
        yield from _places(file, (*at, "members"), part.members, known)
        yield from _union(file, at, part, known)


def check_industries(file: Parsed[IndustriesFile], known: Known) -> Iterator[str]:
    """Check the industries of one file."""
    for index, part in enumerate(file.data.industries):
        at: At = ("industries", index)
        yield from _unknown(file, (*at, "parents"), part.parents, known.industries, "industry")
        yield from _unknown(file, (*at, "members"), part.members, known.industries, "industry")
        codes = [one.code for one in part.codes]
        for field, wanted in (("codes", codes), ("wide", part.wide)):
            for code in wanted:
                if code not in known.gbt:
                    yield file.problem((*at, field), f"GB/T 4754-2017 has no code {code}: {_near(code, known.gbt)}")
        if part.members and part.kind != "group":
            yield file.problem((*at, "members"), f"only a group has members, this is a {part.kind}: set kind: group")
        if part.kind == "group" and not part.members:
            yield file.problem((*at, "members"), "a group without members: list them, or set kind: class")


def check_pilot(file: Parsed[PilotFile], known: Known) -> Iterator[str]:
    """Check one pilot programme and its dated lists."""
    yield from named_by_id(file, file.data.id)
    yield from _unknown(file, ("industries",), file.data.industries, known.industries, "industry")
    yield from _twice(file, ("batches",), [one.id for one in file.data.batches], "batch id")
    for index, part in enumerate(file.data.batches):
        yield from _check_batch(file, ("batches", index), part, known)


def check_graph(files: Iterable[Parsed[IndustriesFile]], field: str) -> Iterator[str]:
    """Check that ``parents`` or ``members`` form no cycle."""
    where = {part.id: (file, index) for file in files for index, part in enumerate(file.data.industries)}
    edges = {name: getattr(file.data.industries[index], field) for name, (file, index) in where.items()}
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        file, index = where[circle[0]]
        yield file.problem(
            ("industries", index, field), f"the {field} go round in a circle: {' → '.join(circle)}: cut one of them"
        )


def check_unique(names: Iterable[tuple[str, str, str]], word: str) -> Iterator[str]:
    """Check that no (name, shown file line) stands twice; ``names`` gives name, place and what to say there."""
    first: dict[str, str] = {}
    for name, place, says in names:
        if name in first:
            yield f"{place}: {says}: the {word} '{name}' stands already in {first[name]}: choose another"
        else:
            first[name] = place


def _check_provision(
    file: Parsed[SourceFile], at: At, part: ProvisionPart, items: list[str], known: Known
) -> Iterator[str]:
    data = file.data
    if part.item not in items:
        yield file.problem(
            (*at, "item"), f"'{part.item}' is not among the items of this file: {_near(part.item, items)}"
        )
    start = part.in_force_from or data.in_force_from
    end = part.in_force_until or data.in_force_until
    yield from _dates(file, at, start, end, part.horizon or data.horizon)
    yield from _unknown(file, (*at, "industries"), part.industries, known.industries, "industry")
    yield from _unknown(file, (*at, "superseded_by"), part.superseded_by, known.sources, "source")
    if part.effect in SPEAKS_TO_NOBODY and part.actions:
        yield file.problem((*at, "actions"), f"a {part.effect} decides nothing about an investor: set actions: []")
    if part.effect not in SPEAKS_TO_NOBODY and not part.actions:
        yield file.problem(
            (*at, "actions"), f"a rule that does '{part.effect}' needs the actions that it speaks to: new, expand, …"
        )
    if part.effect is Effect.DUTY and part.addressee is None:
        yield file.problem(at, "a duty lies on somebody: add addressee: {zh: …, en: …}")
    yield from _where(file, (*at, "where"), part, known)


def _check_batch(file: Parsed[PilotFile], at: At, part: BatchPart, known: Known) -> Iterator[str]:
    if part.date_from is not None and part.date_printed is not None:
        yield file.problem((*at, "date_printed"), "only for a date that is not a full day: set null beside date_from")
    started = part.date_from.isoformat() if part.date_from is not None else part.date_printed
    if part.date_until is not None and started is not None and part.date_until.isoformat()[: len(started)] < started:
        yield file.problem((*at, "date_until"), f"{part.date_until} is before the list of {started}: turn them round")
    held = {one.evidence or part.evidence for one in part.places}
    weakest = Evidence.REPORTED if Evidence.REPORTED in held else Evidence.VERBATIM
    if weakest is not part.evidence:
        yield file.problem((*at, "evidence"), f"a list is as sure as its weakest place: write {weakest}")
    names = len({one.printed for one in part.places})
    if part.printed_count is not None and names > part.printed_count:
        yield file.problem((*at, "printed_count"), f"the list has {names} names, more than {part.printed_count}")
    for index, place in enumerate(part.places):
        yield from _pilot_place(file, (*at, "places", index), place, known)
    units = [code for one in part.places if one.area is PilotArea.UNIT for code in one.codes]
    yield from _twice(file, (*at, "places"), units, "adcode")


def _pilot_place(file: Parsed[PilotFile], at: At, place: PilotPlacePart, known: Known) -> Iterator[str]:
    if place.area is PilotArea.UNIT and not place.codes:
        yield file.problem(
            (*at, "codes"),
            f"{place.printed} is a unit without a code: give it, or set area: park, new_area, region or firm",
        )
    yield from _codes(file, (*at, "codes"), place.printed, place.codes, known)
    if place.area is not PilotArea.UNIT:
        yield from _twice(file, (*at, "codes"), place.codes, "adcode")


def _where(file: Parsed[SourceFile], at: At, part: ProvisionPart, known: Known) -> Iterator[str]:
    where = part.where
    if where.national and (where.regions or where.places or where.lists):
        yield file.problem(at, "national: true already holds every place: drop regions, places and lists, or national")
    if not (where.national or where.regions or where.places or where.lists):
        yield file.problem(at, "says no place: set national: true, or regions, or places, or lists")
    for field, excepted in (("except_regions", where.except_regions), ("except_lists", where.except_lists)):
        if excepted and not where.national:
            yield file.problem((*at, field), "only a national rule has exceptions: set national: true")
    yield from _unknown(file, (*at, "regions"), where.regions, known.regions, "region")
    yield from _unknown(file, (*at, "except_regions"), where.except_regions, known.regions, "region")
    yield from _unknown(file, (*at, "lists"), where.lists, known.destinations, "destination list")
    yield from _unknown(file, (*at, "except_lists"), where.except_lists, known.destinations, "destination list")
    yield from _places(file, (*at, "places"), where.places, known)
    if where.pinned is None:
        return
    yield from _unknown(file, (*at, "pinned"), [where.pinned], known.sources, "source")
    for name in (*where.regions, *where.except_regions):
        region = known.regions.get(name)
        if region is not None and where.pinned not in {one.source for one in region.data.definitions}:
            yield file.problem((*at, "pinned"), f"the region {name} has no definition from {where.pinned}: add it")


def _union(file: Parsed[RegionFile], at: At, part: DefinitionPart, known: Known) -> Iterator[str]:
    if bool(part.members) == bool(part.union_of):
        yield file.problem(at, "a definition has either members or union_of: give one of the two")
    yield from _unknown(file, (*at, "union_of"), part.union_of, known.regions, "region")
    for name in part.union_of:
        region = known.regions.get(name)
        if name == file.data.id:
            yield file.problem((*at, "union_of"), "a region cannot be a part of itself: drop it")
        elif region is not None and part.source not in {one.source for one in region.data.definitions}:
            yield file.problem((*at, "union_of"), f"the region {name} has no definition from {part.source}: add it")


def _places(
    file: Parsed[SourceFile] | Parsed[RegionFile], at: At, places: list[PlacePart], known: Known
) -> Iterator[str]:
    for index, place in enumerate(places):
        yield from _codes(file, (*at, index, "codes"), place.printed, place.codes, known)
    yield from _twice(file, at, [code for place in places for code in place.codes], "adcode")


def _codes(file: AnyFile, at: At, printed: str, codes: Iterable[str], known: Known) -> Iterator[str]:
    for code in codes:
        if code not in known.units:
            yield file.problem(
                at,
                f"no unit has the adcode {code} ({printed}): use a GB/T 2260 code of today, see `regionmap lookup`",
            )


def named_by_id(file: AnyFile, name: str) -> Iterator[str]:
    """Check that a file is named by its id."""
    stem = file.shown.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if stem != name:
        yield file.problem(("id",), f"the file is named {stem}, its id is {name}: make them the same")


def _dates(
    file: Parsed[SourceFile] | Parsed[RegionFile], at: At, start: dt.date, end: dt.date | None, horizon: dt.date | None
) -> Iterator[str]:
    if end is not None and end < start:
        yield file.problem((*at, "in_force_until"), f"{end} is before in_force_from {start}: turn them round")
    if horizon is not None and horizon < start:
        yield file.problem((*at, "horizon"), f"{horizon} is before in_force_from {start}: a horizon lies after it")


def _unknown(file: AnyFile, at: At, ids: Iterable[str], known: Collection[str], word: str) -> Iterator[str]:
    for one in ids:
        if one not in known:
            yield file.problem(at, f"no {word} has the id '{one}': {_near(one, known)}")


def _twice(file: AnyFile, at: At, names: list[str], word: str) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield file.problem(at, f"the {word} '{name}' stands twice: keep one")
        seen.add(name)


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 3, 0.4)
    return "did you mean " + " or ".join(f"'{one}'" for one in near) + "?" if near else "see the ids that exist"
