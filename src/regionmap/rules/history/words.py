"""The history of a region in words, both languages: which list was in use, how many joined, who moved where."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import enumerated, joined, label, t, tn
from regionmap.model import Definition, Text, Unit
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.history.changes import Dissolved, Moved, is_city


def cited(catalogue: Catalogue, definition: Definition) -> Text:
    """Return document number (or title, where none is printed) and item of a list.

    Args:
        catalogue: what is loaded.
        definition: the dated list.
    """
    source = catalogue.sources[definition.source]
    number = Text(source.number, source.number) if source.number else source.title
    return Text(f"{number.zh} {definition.item}", f"{number.en} {definition.item}")


def list_in_use(catalogue: Catalogue, day: dt.date, definition: Definition | None) -> Text:
    """Return which list was in use on a day, or that none was.

    Args:
        catalogue: what is loaded.
        day: the day.
        definition: the list, None for none.
    """
    if definition is None:
        return t("{day}: no list was in use, or none is loaded.", day=day.isoformat())
    words = t(
        "{day}: the list of {document}, in use from {first}.",
        day=day.isoformat(),
        document=cited(catalogue, definition),
        first=definition.in_force_from.isoformat(),
    )
    if definition.open or any(part.open for part in catalogue.parts(definition)):
        ends = t("The printed list ends in 等: a place that it does not print is not named, which is not excluded.")
        return Text(words.zh + ends.zh, f"{words.en} {ends.en}")
    return words


def how_many(gazetteer: Gazetteer, units: Sequence[Unit]) -> Text:
    """Return the count of prefecture-level units, and by name the county-level units beyond them (济源).

    Args:
        gazetteer: the units.
        units: cities and counties, as a list names them.
    """
    count = sum(is_city(gazetteer, one) for one in units)
    cities = tn("{count} prefecture-level unit", "{count} prefecture-level units", count)
    counties = [Text(one.name, one.name_en) for one in units if not is_city(gazetteer, one)]
    if not counties:
        return cities
    return t(
        "{cities} and {count} at county level ({names})", cities=cities, count=len(counties), names=joined(counties)
    )


def dissolved_text(one: Dissolved) -> Text:
    """Return when a prefecture was dissolved and where its counties lie since, which the list still holds."""
    return t(
        "{unit} was dissolved on {day} and is part of {units}, still within the list",
        unit=Text(one.unit.name, one.unit.name_en),
        day=one.until.isoformat(),
        units=enumerated([Text(unit.name, unit.name_en) for unit in one.now]),
    )


def moved_text(one: Moved) -> Text:
    """Return from which part of a union to which a unit moved."""
    return t("Moved from {before} to {after}", before=label(one.before.name), after=label(one.after.name))


def told_apart(units: Sequence[Unit], gazetteer: Gazetteer) -> list[str]:
    """Return English names of units; where several of one level have the same, with the province behind it.

    台州 and 泰州 are both Taizhou: an answer that names one of them leaves no doubt which.
    """
    called = Counter((one.level, one.name_en) for one in gazetteer.units())
    return [
        f"{one.name_en} ({gazetteer.province(one.code).name_en})" if called[one.level, one.name_en] > 1 else one.name_en
        for one in units
    ]
