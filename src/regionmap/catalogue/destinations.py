"""Destination lists and readings of industry classes: from checked files to the model, and checks across files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regionmap.catalogue.convert import optional_text, text
from regionmap.catalogue.files import Parsed
from regionmap.catalogue.known import Known
from regionmap.catalogue.lines import At, dates_of_list, named_by_id, references, unit_codes
from regionmap.catalogue.schema import DestinationFile, DestinationRowPart, ReadingsFile
from regionmap.catalogue.yamlio import Document
from regionmap.i18n import t
from regionmap.model.destination import DestinationArea, DestinationList, DestinationRow
from regionmap.model.industry import ClassReading


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


def check_destinations(file: Parsed[DestinationFile], known: Known) -> Iterator[str]:
    """Check one destination list: ids and codes exist, dates are in order, a unit has a code."""
    data = file.data
    yield from named_by_id(file, data.id)
    yield from dates_of_list(file, (), data)
    if not file.bundled:
        yield from _words_of_others(file, known)
    for index, row in enumerate(data.rows):
        at: At = ("rows", index)
        yield from references(file, (*at, "industries"), row.industries, known.industry_ids, "industry")
        yield from unit_codes(file, (*at, "codes"), row.printed, row.codes, known.units)
        if not row.codes and row.area is DestinationArea.UNIT:
            yield file.problem((*at, "codes"), t("{printed} is a unit without a code: give it", printed=row.printed))


def check_readings(files: Sequence[Parsed[ReadingsFile]], known: Known) -> Iterator[str]:
    """Check the readings: each is of a class, stands once, and its members exist."""
    first: dict[str, str] = {}
    for file in files:
        for index, one in enumerate(file.data.readings):
            at: At = ("readings", index)
            name = one.industry_class
            part = known.industries.get(name)
            if name in first:
                yield file.problem(
                    (*at, "class"),
                    t(
                        "a reading of '{name}' stands already in {place}: keep one of the two",
                        name=name,
                        place=first[name],
                    ),
                )
            elif name not in known.industry_ids or (part is not None and part.kind != "class"):
                yield file.problem(
                    (*at, "class"), t("'{name}' is no industry of kind class: name one that is", name=name)
                )
            elif not file.bundled and name in known.bundled_industries:
                yield file.problem(
                    (*at, "class"),
                    t(
                        "'{name}' is a bundled class, and to read it changes what bundled documents say: "
                        "add a class of your own to industries.yaml",
                        name=name,
                    ),
                )
            first.setdefault(name, file.line_of(*at))
            yield from references(file, (*at, "members"), one.members, known.industry_ids, "industry")


def _words_of_others(file: Parsed[DestinationFile], known: Known) -> Iterator[str]:
    """Check that a list of one's own stands for no words of bundled documents: it would move what they guide to."""
    for index, word in enumerate(file.data.words):
        for other in known.sources.values():
            if other.bundled and any(
                one.where.undefined is not None and word in one.where.undefined.zh for one in other.data.provisions
            ):
                yield file.problem(
                    ("words", index),
                    t(
                        "'{word}' stands in {id}, which is bundled, and would change where it guides to: "
                        "write the words of a document of your own",
                        word=word,
                        id=other.data.id,
                    ),
                )
                break


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
