"""What one file alone cannot tell of documents and pilot lists: ids that must exist, dates in order, items covered.

Every check yields problem lines; none of them stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from regionmap.catalogue import graphs
from regionmap.catalogue.files import Parsed, problem
from regionmap.catalogue.folding import number_key
from regionmap.catalogue.known import Known
from regionmap.catalogue.lines import (
    KINDS,
    At,
    Names,
    chain,
    codes_exist,
    dates_of_list,
    evidence_of_list,
    in_order,
    named_by_id,
    printed_count,
    references,
    twice,
    unknown,
)
from regionmap.catalogue.schema import (
    BatchPart,
    CatalogueFile,
    PilotFile,
    PilotPlacePart,
    ProvisionPart,
    SourceFile,
    WherePart,
)
from regionmap.i18n import t
from regionmap.model import Effect, PilotArea, Text
from regionmap.model.partial_date import days

SPEAKS_TO_NOBODY = {Effect.TARGET, Effect.DUTY}


def check_source(file: Parsed[SourceFile], known: Known) -> Iterator[str]:
    """Check one source and its provisions."""
    data = file.data
    yield from named_by_id(file, data.id)
    yield from in_order(file, (), data.in_force_from, data.in_force_until, data.horizon)
    if data.issued and file.whole and days(data.issued).first > data.in_force_from:
        yield file.problem(
            ("issued",),
            t(
                "{issued} is later than in_force_from {in_force_from}: one is wrong",
                issued=data.issued,
                in_force_from=data.in_force_from,
            ),
        )
    for field, ids in (("supersedes", data.supersedes), ("superseded_by", data.superseded_by)):
        yield from references(file, (field,), ids, known.source_ids, "source")
        if data.id in ids:
            yield file.problem((field,), t("{id} cannot take its own place: drop it", id=data.id))
    yield from twice(file, ("items",), [one.item for one in data.items], "item")
    yield from twice(file, ("provisions",), [one.id for one in data.provisions], "provision id")
    items = Names((one.item for one in data.items), all_unread=not file.whole and not data.items)
    for index, part in enumerate(data.provisions):
        yield from _check_provision(file, ("provisions", index), part, items, known)
    covered = {one.item for one in data.provisions}
    for index, one in enumerate(data.items):
        if data.provisions and one.item not in covered and file.whole:
            yield file.problem(
                ("items", index), t("no provision comes from the item {item}: add one, or a duty", item=one.item)
            )


def check_succession(sources: Mapping[str, Parsed[SourceFile]]) -> Iterator[str]:
    """Check that sources do not take each other's place in a circle."""
    later: dict[str, list[str]] = {name: list(file.data.superseded_by) for name, file in sources.items()}
    for name, file in sources.items():
        for old in file.data.supersedes:
            if old in later and name not in later[old]:
                later[old].append(name)
    edges = {name: [one for one in ids if one != name] for name, ids in later.items()}
    for circle in graphs.shape(edges, len(edges)).circles:
        names = set(circle)
        file = next((sources[one] for one in circle if names & {*sources[one].data.superseded_by}), sources[circle[0]])
        field = "superseded_by" if names & {*file.data.superseded_by} else "supersedes"
        yield file.problem(
            (field,),
            t(
                "sources take each other's place in a circle, {chain}: cut it where the older one is",
                chain=chain(circle),
            ),
        )


def check_copies(files: Sequence[Parsed[SourceFile]]) -> Iterator[str]:
    """Check that a file of one's own is no second copy of a document: its rules would count twice.

    The number tells; where a document has none and its title stands for it, the first day as well: the amended version
    of a law is another document.
    """
    first: dict[tuple[str, str], Parsed[SourceFile]] = {}
    for file in files:
        data = file.data
        key = number_key(data.number)
        day = data.in_force_from.isoformat() if key == number_key(data.title.zh) else ""
        other = first.setdefault((key, day), file) if file.whole else file
        if other is not file and not file.bundled and other.data.id != data.id:
            yield file.problem(
                ("number",), t("{number} is {id} already, in {where}: its rules would count twice, leave this "
"file out", number=data.number, id=other.data.id, where=other.line_of('number'))
            )  # fmt: skip


def check_as_of(files: Sequence[Parsed[CatalogueFile]], sources: Sequence[Parsed[SourceFile]]) -> Iterator[str]:
    """Check that the bundled catalogue says as of which day it is, and holds nothing that is later."""
    for file in files:
        day = file.data.as_of.isoformat()
        for source in sources:
            issued, known_until = source.data.issued or "", str(source.data.known_until or "")
            if source.bundled and file.whole and max(issued, source.data.version or "", known_until) > day:
                yield source.problem(
                    ("issued",),
                    t(
                        "issued, version or known_until is later than as_of {day} of {shown}: move that on",
                        day=day,
                        shown=file.shown,
                    ),
                )


def check_pilot(file: Parsed[PilotFile], known: Known) -> Iterator[str]:
    """Check one pilot programme and its dated lists."""
    yield from named_by_id(file, file.data.id)
    yield from unknown(file, ("industries",), file.data.industries, known.industry_ids, "industry")
    yield from twice(file, ("batches",), [one.id for one in file.data.batches], "batch id")
    for index, part in enumerate(file.data.batches):
        yield from _check_batch(file, ("batches", index), part, known)


def check_unique(names: Iterable[tuple[str, str, str]], word: str, fold: Callable[[str], str] = str) -> Iterator[str]:
    """Check that no (name, shown file line) stands twice; ``names`` gives name, place and what to say there."""
    first: dict[str, str] = {}
    for name, place, says in names:
        key = fold(name)
        if key in first:
            told = t(
                "the {word} '{name}' stands already in {place}: choose another",
                word=KINDS[word], name=name, place=first[key],
            )  # fmt: skip
            yield problem(Text(f"{place}: {says}: {told.zh}", f"{place}: {says}: {told.en}"))
        else:
            first[key] = place


def _check_provision(
    file: Parsed[SourceFile], at: At, part: ProvisionPart, items: Names, known: Known
) -> Iterator[str]:
    data = file.data
    if part.item not in items:
        yield file.problem(
            (*at, "item"),
            t("'{item}' is not among the items of this file: {near}", item=part.item, near=items.near(part.item)),
        )
    if part.in_force_from or part.in_force_until or part.horizon:  # else they are those of the source, told there
        end = part.in_force_until or data.in_force_until
        yield from in_order(file, at, part.in_force_from or data.in_force_from, end, part.horizon or data.horizon)
    yield from references(file, (*at, "industries"), part.industries, known.industry_ids, "industry")
    yield from twice(file, (*at, "actions"), part.actions, "action")
    yield from unknown(file, (*at, "superseded_by"), part.superseded_by, known.source_ids, "source")
    if data.id in part.superseded_by:
        yield file.problem((*at, "superseded_by"), t("{id} cannot take the place of its own rule: drop it", id=data.id))
    if part.effect in SPEAKS_TO_NOBODY and part.actions:
        yield file.problem(
            (*at, "actions"), t("a {effect} decides nothing about an investor: set actions: []", effect=part.effect)
        )
    if part.effect not in SPEAKS_TO_NOBODY and not part.actions:
        yield file.problem(
            (*at, "actions"),
            t("a rule that does '{effect}' needs the actions that it speaks to: new, expand, …", effect=part.effect),
        )
    if part.effect is Effect.DUTY and part.addressee is None:
        yield file.problem(at, t("a duty lies on somebody: add addressee: {{zh: …, en: …}}"))
    yield from _where(file, (*at, "where"), part.where, known)


def _where(file: Parsed[SourceFile], at: At, where: WherePart, known: Known) -> Iterator[str]:
    named = where.regions or where.places or where.lists
    if where.national and named:
        yield file.problem(
            at, t("national: true already holds every place: drop regions, places and lists, or national")
        )
    if not (where.national or named):
        yield file.problem(at, t("says no place: set national: true, or regions, or places, or lists"))
    for field, ids in (("except_regions", where.except_regions), ("except_lists", where.except_lists)):
        if ids and not where.national:
            yield file.problem((*at, field), t("only a national rule has exceptions: set national: true"))
    for field, ids in (("regions", where.regions), ("except_regions", where.except_regions)):
        yield from references(file, (*at, field), ids, known.region_ids, "region")
    for field, ids in (("lists", where.lists), ("except_lists", where.except_lists)):
        yield from references(file, (*at, field), ids, known.list_ids, "destination list", called="list")
    for index, place in enumerate(where.places):
        yield from codes_exist(file, (*at, "places", index, "codes"), place.printed, place.codes, known.units)
    yield from twice(file, (*at, "places"), [code for place in where.places for code in place.codes], "adcode")
    if where.pinned is None:
        return
    pinned = (*where.regions, *where.except_regions)
    if not pinned:
        yield file.problem((*at, "pinned"), t("pins no region: name the regions that this source defines, or drop it"))
    yield from unknown(file, (*at, "pinned"), [where.pinned], known.source_ids, "source")
    for name in pinned:
        region = known.regions.get(name)
        defined = region is None or not region.whole or where.pinned in {one.source for one in region.data.definitions}
        if where.pinned in known.source_ids and not defined:
            yield file.problem(
                (*at, "pinned"),
                t("the region {name} has no definition from {pinned}: add it", name=name, pinned=where.pinned),
            )


def _check_batch(file: Parsed[PilotFile], at: At, part: BatchPart, known: Known) -> Iterator[str]:
    yield from dates_of_list(file, at, part)
    if part.not_before is not None and (part.date_from is not None or part.date_printed is not None):
        yield file.problem(
            (*at, "not_before"), t("only where no date is known: leave it out beside date_from or date_printed")
        )
    if part.not_before is None and part.date_from is None and part.date_printed is None:
        yield file.problem(
            (*at, "id"),
            t("no date is known: set not_before to the earliest day that a document cited in its note allows"),
        )
    yield from evidence_of_list(file, at, part.evidence, (one.evidence for one in part.places))
    yield from printed_count(file, at, part.printed_count, len({one.printed for one in part.places}))
    for index, place in enumerate(part.places):
        yield from _pilot_place(file, (*at, "places", index), place, known)
    units = [code for one in part.places if one.area is PilotArea.UNIT for code in one.codes]
    yield from twice(file, (*at, "places"), units, "adcode")


def _pilot_place(file: Parsed[PilotFile], at: At, place: PilotPlacePart, known: Known) -> Iterator[str]:
    if place.area is PilotArea.UNIT and not place.codes:
        yield file.problem(
            (*at, "codes"),
            t(
                "{printed} is a unit without a code: give it, or set area: park, new_area, region or firm",
                printed=place.printed,
            ),
        )
    yield from codes_exist(file, (*at, "codes"), place.printed, place.codes, known.units)
    if place.area is not PilotArea.UNIT:
        yield from twice(file, (*at, "codes"), place.codes, "adcode")
