"""Lists of named places (parks, new areas, zones): from checked files to the model, and checks across files."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from regionmap.catalogue.convert import optional_text, text
from regionmap.catalogue.files import Parsed
from regionmap.catalogue.lines import dates_of_list, evidence_of_list, named_by_id, one_date, printed_count, unit_codes
from regionmap.catalogue.schema_parks import ParkFile, ParkPart
from regionmap.i18n import t
from regionmap.model.park import Park, ParkList


def park_list(file: ParkFile, shown: str, *, bundled: bool) -> ParkList:
    """Make a ParkList; places take from the list what they do not say themselves."""
    return ParkList(
        id=file.id,
        name=text(file.name),
        kind=file.kind,
        place=file.place or "",
        printed_count=file.printed_count,
        complete=file.complete,
        evidence=file.evidence,
        note=optional_text(file.note),
        parks=tuple(_park(one, file) for one in file.parks),
        bundled=bundled,
        file=shown,
    )


def check_parks(file: Parsed[ParkFile], units: Collection[str]) -> Iterator[str]:
    """Check one list: codes exist and agree with its province, dates are in order, counts and evidence hold."""
    data = file.data
    yield from named_by_id(file, data.id)
    yield from _dates(file)
    yield from _counts(file)
    yield from evidence_of_list(file, (), data.evidence, (one.evidence for one in data.parks))
    if data.place is not None and not _is_province(data.place, units):
        yield file.problem(
            ("place",), t("{place} is no province: give the adcode of one, such as 320000", place=data.place)
        )
    for index, one in enumerate(data.parks):
        yield from _check_park(file, index, one, units)


def _dates(file: Parsed[ParkFile]) -> Iterator[str]:
    yield from dates_of_list(file, (), file.data)
    for index, part in enumerate(file.data.parks):
        yield from one_date(file, ("parks", index), part)


def _counts(file: Parsed[ParkFile]) -> Iterator[str]:
    data = file.data
    seen: set[str] = set()
    for index, one in enumerate(data.parks):
        if one.printed in seen:
            yield file.problem(
                ("parks", index, "printed"), t("'{printed}' stands twice: keep one", printed=one.printed)
            )
        seen.add(one.printed)
    yield from printed_count(file, (), data.printed_count, len(seen))
    if data.printed_count is not None and data.complete and len(seen) < data.printed_count:
        yield file.problem(
            ("complete",),
            t(
                "{count} of {printed_count} names are here: set complete: false, or add the others",
                count=len(seen),
                printed_count=data.printed_count,
            ),
        )


def _check_park(file: Parsed[ParkFile], index: int, part: ParkPart, units: Collection[str]) -> Iterator[str]:
    at = ("parks", index)
    yield from unit_codes(file, (*at, "codes"), part.printed, part.codes, units)
    for code in part.codes:
        if code in units and file.data.place is not None and code[:2] != file.data.place[:2]:
            yield file.problem(
                (*at, "codes"),
                t(
                    "{code} ({printed}) is not in the province {place}",
                    code=code,
                    printed=part.printed,
                    place=file.data.place,
                ),
            )
    if not part.codes:
        for field, said in (("whole", part.whole), ("by_name", part.by_name)):
            if said:
                yield file.problem(
                    (*at, field), t("says something of codes, and {printed} has none: give them", printed=part.printed)
                )
    if part.province is not None and not _is_province(part.province, units):
        yield file.problem(
            (*at, "province"),
            t("{province} is no province: give the adcode of one, such as 320000", province=part.province),
        )


def _is_province(code: str, units: Collection[str]) -> bool:
    return code in units and code.endswith("0000")


def _park(part: ParkPart, file: ParkFile) -> Park:
    dated = part if part.date_from is not None or part.date_printed is not None else file
    return Park(
        printed=part.printed,
        aliases=tuple(part.aliases),
        standing=part.standing or file.standing,
        grade=part.grade or file.grade or "",
        codes=tuple(part.codes),
        province="" if part.codes else part.province or file.place or "",
        whole=part.whole,
        by_name=part.by_name,
        number=part.number or file.number,
        date_from=dated.date_from,
        date_printed=dated.date_printed,
        date_until=file.date_until,
        evidence=part.evidence or file.evidence,
        note=optional_text(part.note),
    )
