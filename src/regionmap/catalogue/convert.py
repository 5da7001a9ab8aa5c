"""Checked files to the frozen model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from regionmap.catalogue.schema import (
    BatchPart,
    DefinitionPart,
    IndustryPart,
    PilotFile,
    PilotPlacePart,
    PlacePart,
    ProvisionPart,
    RegionFile,
    SourceFile,
    TextPart,
    WherePart,
)
from regionmap.catalogue.yamlio import Document
from regionmap.model import WITH_HORIZON, Definition, Item, Number, Place, Provision, Region, Source, Text, Where
from regionmap.model.industry import Industry, IndustryCode
from regionmap.model.pilot import Batch, PilotPlace, Programme


def source(file: SourceFile, document: Document, shown: str, numbers: Mapping[str, str], *, bundled: bool) -> Source:
    """Make a Source; provisions take the dates of the source where they have none of their own.

    ``numbers`` are the document numbers of all sources by their ids.
    """
    return Source(
        id=file.id,
        title=text(file.title),
        number=file.number,
        issuers=tuple(text(one) for one in file.issuers),
        kind=file.kind,
        level=file.level,
        rank=file.rank,
        issued=file.issued,
        in_force_from=file.in_force_from,
        in_force_until=file.in_force_until,
        horizon=file.horizon,
        supersedes=tuple(file.supersedes),
        superseded_by=tuple(file.superseded_by),
        evidence=file.evidence,
        read=file.read,
        date_note=optional_text(file.date_note),
        note=optional_text(file.note),
        items=tuple(Item(one.item, one.heading) for one in file.items),
        provisions=tuple(
            _provision(one, file, shown, document.line(("provisions", index)), numbers)
            for index, one in enumerate(file.provisions)
        ),
        bundled=bundled,
        file=shown,
        place=file.place or "",
        version=file.version,
        articles=file.articles,
        known_until=file.known_until,
    )


def region(file: RegionFile, shown: str) -> Region:
    """Make a Region."""
    return Region(file.id, text(file.name), file.kind, tuple(_definition(one) for one in file.definitions), shown)


def industry(part: IndustryPart, *, bundled: bool) -> Industry:
    """Make an Industry."""
    return Industry(
        id=part.id,
        name=text(part.name),
        kind=part.kind,
        aliases=tuple(part.aliases),
        parents=tuple(part.parents),
        codes=tuple(IndustryCode(one.code, one.fit) for one in part.codes),
        wide=tuple(part.wide),
        members=tuple(part.members),
        note=optional_text(part.note),
        open=optional_text(part.open),
        bundled=bundled,
    )


def programme(file: PilotFile, shown: str, *, bundled: bool) -> Programme:
    """Make a Programme; places take the evidence of their batch where they have none of their own."""
    return Programme(
        id=file.id,
        name=text(file.name),
        industries=tuple(file.industries),
        note=optional_text(file.note),
        batches=tuple(_batch(one) for one in file.batches),
        bundled=bundled,
        file=shown,
    )


def _batch(part: BatchPart) -> Batch:
    return Batch(
        id=part.id,
        name=text(part.name),
        standing=part.standing,
        number=part.number,
        date_from=part.date_from,
        date_printed=part.date_printed,
        date_until=part.date_until,
        printed_count=part.printed_count,
        open=part.open,
        evidence=part.evidence,
        note=optional_text(part.note),
        places=tuple(_pilot_place(one, part) for one in part.places),
        not_before=part.not_before,
    )


def _pilot_place(part: PilotPlacePart, batch: BatchPart) -> PilotPlace:
    evidence = part.evidence or batch.evidence
    return PilotPlace(part.printed, part.area, tuple(part.codes), evidence, optional_text(part.note))


def _provision(part: ProvisionPart, file: SourceFile, shown: str, line: int, numbers: Mapping[str, str]) -> Provision:
    superseded_by = tuple(part.superseded_by or file.superseded_by)
    return Provision(
        id=f"{file.id}/{part.id}",
        source=file.id,
        item=part.item,
        effect=part.effect,
        industries=tuple(part.industries),
        industries_open=part.industries_open,
        actions=tuple(part.actions),
        where=_where(part.where),
        in_force_from=part.in_force_from or file.in_force_from,
        in_force_until=part.in_force_until or file.in_force_until,
        horizon=part.horizon or _horizon(file),
        superseded_by=superseded_by,
        quote=part.quote,
        summary=text(part.summary),
        numbers=tuple(
            Number(text(one.what), one.op, one.amount, one.unit, one.by, one.base_year) for one in part.numbers
        ),
        caveats=tuple(text(one) for one in part.caveats),
        addressee=optional_text(part.addressee),
        evidence=part.evidence,
        file=shown,
        line=line,
        ask=optional_text(part.ask),
        successors=tuple(numbers[one] for one in superseded_by),
    )


def _horizon(file: SourceFile) -> dt.date | None:
    """Return the horizon that every provision of a document takes: only plans and work points hand theirs on.

    A file of one's own that does not say what it is hands its horizon on as well.
    """
    return file.horizon if file.kind is None or file.kind in WITH_HORIZON else None


def _definition(part: DefinitionPart) -> Definition:
    return Definition(
        source=part.source,
        item=part.item,
        in_force_from=part.in_force_from,
        in_force_until=part.in_force_until,
        open=part.open,
        quote=part.quote,
        evidence=part.evidence,
        members=tuple(_place(one) for one in part.members),
        union_of=tuple(part.union_of),
        note=optional_text(part.note),
    )


def _where(part: WherePart) -> Where:
    return Where(
        national=part.national,
        regions=tuple(part.regions),
        pinned=part.pinned,
        places=tuple(_place(one) for one in part.places),
        undefined=optional_text(part.undefined),
        open=part.open,
        except_regions=tuple(part.except_regions),
        lists=tuple(part.lists),
        except_lists=tuple(part.except_lists),
        partly=part.partly,
        province_line_m=part.province_line_m,
    )


def _place(part: PlacePart) -> Place:
    return Place(part.printed, tuple(part.codes), optional_text(part.note))


def text(part: TextPart) -> Text:
    """Make a Text."""
    return Text(part.zh, part.en)


def optional_text(part: TextPart | None) -> Text | None:
    """Make a Text where there is one."""
    return None if part is None else text(part)
