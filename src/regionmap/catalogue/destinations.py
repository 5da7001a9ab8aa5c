"""Destination lists and readings of industry classes: from checked files to the model, and checks across files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from regionmap.catalogue.convert import optional_text, text
from regionmap.catalogue.crosscheck import named_by_id
from regionmap.catalogue.files import Parsed
from regionmap.catalogue.schema import DestinationFile, DestinationRowPart, IndustryPart, ReadingsFile
from regionmap.catalogue.yamlio import Document
from regionmap.model import ClassReading, DestinationArea, DestinationList, DestinationRow


def destination_list(file: DestinationFile, document: Document, shown: str, *, bundled: bool) -> DestinationList:
    """Make a DestinationList."""
    return DestinationList(
        id=file.id,
        name=text(file.name),
        kind=file.kind,
        words=tuple(file.words),
        number=file.number,
        date_from=file.date_from,
        date_printed=file.date_printed,
        date_until=file.date_until,
        evidence=file.evidence,
        complete=file.complete,
        note=optional_text(file.note),
        rows=tuple(_row(one, document.line(("rows", number))) for number, one in enumerate(file.rows)),
        bundled=bundled,
        file=shown,
    )


def readings(file: ReadingsFile) -> Iterator[ClassReading]:
    """Make the readings of a file."""
    for one in file.readings:
        yield ClassReading(one.industry_class, tuple(one.members), text(one.reason))


def check_destinations(
    file: Parsed[DestinationFile], industries: Collection[str], units: Collection[str]
) -> Iterator[str]:
    """Check one destination list: ids and codes exist, dates are in order, a unit has a code."""
    data = file.data
    yield from named_by_id(file, data.id)
    if data.date_from and data.date_until and data.date_until < data.date_from:
        yield file.problem(("date_until",), f"{data.date_until} is before date_from {data.date_from}: turn them round")
    for index, row in enumerate(data.rows):
        for one in row.industries:
            if one not in industries:
                yield file.problem(
                    ("rows", index, "industries"), f"no industry has the id '{one}': see industries.yaml"
                )
        for code in row.codes:
            if code not in units:
                yield file.problem(
                    ("rows", index, "codes"),
                    f"no unit has the adcode {code} ({row.printed}): use a GB/T 2260 code of today",
                )
        if not row.codes and row.area is DestinationArea.UNIT:
            yield file.problem(("rows", index, "codes"), f"{row.printed} is a unit without a code: give it")


def check_readings(file: Parsed[ReadingsFile], industries: Mapping[str, IndustryPart]) -> Iterator[str]:
    """Check the readings: each is of a class, and its members exist."""
    for index, one in enumerate(file.data.readings):
        known = industries.get(one.industry_class)
        if known is None or known.kind != "class":
            yield file.problem(
                ("readings", index, "class"), f"'{one.industry_class}' is no industry of kind class: name one that is"
            )
        for name in one.members:
            if name not in industries:
                yield file.problem(
                    ("readings", index, "members"), f"no industry has the id '{name}': see industries.yaml"
                )


def _row(part: DestinationRowPart, line: int) -> DestinationRow:
    return DestinationRow(
        printed=part.printed,
        area=part.area,
        codes=tuple(part.codes),
        industries=tuple(part.industries),
        words=part.words,
        direction=part.direction,
        evidence=part.evidence,
        note=optional_text(part.note),
        line=line,
    )
