"""Checks of regions: their dated lists, and unions that must not go round, deep or twice to the same part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regionmap.catalogue import graphs
from regionmap.catalogue.files import Parsed
from regionmap.catalogue.known import Known
from regionmap.catalogue.lines import At, Names, chain, codes_exist, in_order, named_by_id, references, twice, unknown
from regionmap.catalogue.schema import DefinitionPart, RegionFile
from regionmap.i18n import t

DEEPEST_UNION = 4
"""A union of unions of unions; the bundled ones are one deep."""

Node = tuple[str, str]
"""A region as one source defines it: by region id and source id."""


def check_region(file: Parsed[RegionFile], known: Known) -> Iterator[str]:
    """Check one region and its definitions."""
    yield from named_by_id(file, file.data.id)
    days = [f"{one.in_force_from} ({one.source})" for one in file.data.definitions]
    yield from twice(file, ("definitions",), days, "list of")
    for index, part in enumerate(file.data.definitions):
        at: At = ("definitions", index)
        yield from in_order(file, at, part.in_force_from, part.in_force_until)
        yield from unknown(file, (*at, "source"), [part.source], known.source_ids, "source")
        yield from _item(file, at, part, known)
        for number, place in enumerate(part.members):
            yield from codes_exist(file, (*at, "members", number, "codes"), place.printed, place.codes, known.units)
        yield from twice(file, (*at, "members"), [code for one in part.members for code in one.codes], "adcode")
        yield from _union(file, at, part, known)


def check_unions(regions: Mapping[str, Parsed[RegionFile]]) -> Iterator[str]:
    """Check that unions form no circle, are not deep, and reach no part twice."""
    where: dict[Node, tuple[Parsed[RegionFile], At]] = {}
    edges: dict[Node, list[Node]] = {}
    for file in regions.values():
        for index, part in enumerate(file.data.definitions):
            node = (file.data.id, part.source)
            where.setdefault(node, (file, ("definitions", index, "union_of")))
            # a region that names itself is told where it does
            parts = [(name, part.source) for name in part.union_of if name != file.data.id]
            edges[node] = [*edges.get(node, ()), *parts]
    edges = {node: list(dict.fromkeys(parts)) for node, parts in edges.items()}
    shape = graphs.shape(edges, DEEPEST_UNION)
    for circle in shape.circles:
        file, at = where[circle[0]]
        yield file.problem(
            at, t("the union goes round in a circle, {chain}: name the places of one of them", chain=_chain(circle))
        )
    for steps in shape.deep:
        file, at = where[steps[0]]
        yield file.problem(
            at,
            t(
                "a union of unions more than {most} deep, {chain}: name its last parts directly",
                most=DEEPEST_UNION,
                chain=_chain(steps),
            ),
        )
    for node, (file, at) in where.items():
        doubled = graphs.reached_twice(edges, edges[node]) if node in shape.sound else None
        if doubled is not None:
            yield file.problem(
                at,
                t("the union reaches {words}: name it once", words=graphs.twice_in_words(*(one for one, _ in doubled))),
            )


def _item(file: Parsed[RegionFile], at: At, part: DefinitionPart, known: Known) -> Iterator[str]:
    source = known.sources.get(part.source)
    items = Names(one.item for one in source.data.items) if source is not None and source.data.items else None
    if items is not None and part.item not in items:
        yield file.problem(
            (*at, "item"),
            t("{source} has no item {item}: {near}", source=part.source, item=part.item, near=items.near(part.item)),
        )


def _union(file: Parsed[RegionFile], at: At, part: DefinitionPart, known: Known) -> Iterator[str]:
    if bool(part.members) == bool(part.union_of):
        yield file.problem(at, t("a definition has either members or union_of: give one of the two"))
    yield from references(file, (*at, "union_of"), part.union_of, known.region_ids, "region")
    for name in dict.fromkeys(part.union_of):
        region = known.regions.get(name)
        if name == file.data.id:
            yield file.problem((*at, "union_of"), t("a region cannot be a part of itself: drop it"))
        elif region is not None and region.whole and part.source not in {one.source for one in region.data.definitions}:
            yield file.problem(
                (*at, "union_of"),
                t("the region {name} has no definition from {source}: add it", name=name, source=part.source),
            )


def _chain(nodes: tuple[Node, ...]) -> str:
    return chain([name for name, _ in nodes])
