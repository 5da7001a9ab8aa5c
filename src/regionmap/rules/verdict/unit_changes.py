"""Units that changed since a list was printed, or since the date that was asked for: what the lists named then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import as_printed, enumerated, label, t, tn
from regionmap.model import Caveat, CaveatKind, Definition, Evidence, Place, Provision, Region, Text, Unit, Where
from regionmap.places.changes import UnitChange
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.changed_units import touching
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Aspect
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.matching.question import Evaluation
from regionmap.unit_table import printed_name

_MOST_LISTS = 4


@dataclass(frozen=True)
class _List:
    """Places that a text names: a dated list of a region, or the places of one provision."""

    label: Text
    start: dt.date
    places: tuple[Place, ...]
    provision: str | None


def for_check(
    gazetteer: Gazetteer,
    matcher: PlaceMatcher,
    evaluation: Evaluation,
    places: Sequence[Unit],
    on: dt.date,
    told: Iterable[Caveat] = (),
) -> list[Caveat]:
    """Return a caveat for every change that may make the lists of a verdict mean another area than on their day.

    Args:
        gazetteer: the units.
        matcher: compares places with areas on the date.
        evaluation: what became of every provision.
        places: the units that were asked for.
        on: the date.
        told: the caveats that stand before these; what they tell of a change is not told again.
    """
    touched = touching(gazetteer, places)
    if not touched:
        return []
    fell_on_place = [one for one in evaluation.fell_away if one.fell_on == (Aspect.PLACE,)]
    findings = (*evaluation.findings, *evaluation.depends_on_site, *evaluation.not_in_force, *fell_on_place)
    return _caveats(gazetteer, touched, _lists_of(matcher, findings), places, on, told)


def for_lookup(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    matcher: PlaceMatcher,
    findings: Iterable[Finding],
    place: Unit,
    on: dt.date,
    told: Iterable[Caveat] = (),
) -> list[Caveat]:
    """Return a caveat for every change that may make the regions and rules of a look-up mean another area.

    Args:
        catalogue: what is loaded.
        gazetteer: the units.
        matcher: compares places with areas on the date.
        findings: the rules of the look-up, in force or not.
        place: the unit.
        on: the date.
        told: as in ``for_check``.
    """
    touched = touching(gazetteer, [place])
    if not touched:
        return []
    regions = [
        _of_definition(matcher, region, definition, None)
        for name in catalogue.regions
        for region, definition, _ in matcher.lists(Where(regions=(name,)))
    ]
    return _caveats(gazetteer, touched, [*regions, *_lists_of(matcher, findings)], [place], on, told)


def _lists_of(matcher: PlaceMatcher, findings: Iterable[Finding]) -> Iterator[_List]:
    for one in findings:
        provision, where = one.provision, one.provision.where
        excepted = Where(regions=where.except_regions, pinned=where.pinned)
        for region, definition, _ in (*matcher.lists(where), *matcher.lists(excepted)):
            yield _of_definition(matcher, region, definition, provision)
        if where.places:
            cited = f"{one.source.number} {provision.item}"
            yield _List(Text(cited, cited), provision.in_force_from, where.places, provision.id)


def _of_definition(matcher: PlaceMatcher, region: Region, definition: Definition, provision: Provision | None) -> _List:
    called = t(
        "{region} ({cited}, list from {day})",
        region=label(region.name),
        cited=f"{matcher.number(definition)} {definition.item}",
        day=definition.in_force_from.isoformat(),
    )
    return _List(called, definition.in_force_from, definition.members, provision.id if provision else None)


def _caveats(
    gazetteer: Gazetteer,
    touched: Sequence[UnitChange],
    lists: Iterable[_List],
    places: Sequence[Unit],
    on: dt.date,
    before_these: Iterable[Caveat],
) -> list[Caveat]:
    known = list(lists)
    heard = [one.text.en for one in before_these]
    own = {unit.code for one in places for unit in (one, *gazetteer.ancestors(one.code))}
    told: dict[tuple[str, str], Caveat] = {}
    for change in touched:
        if (change.date, change.number) in told:
            continue  # one approval, told once: 巢湖市 before its counties
        before = [one for one in known if one.start <= change.last_day]
        said, provisions = _said(gazetteer, change, before, on)
        if is_ahead(gazetteer, change, own, on):
            moves = gazetteer.past.is_move(change)
            said.append((_not_yet_there if moves else _codes_of_today)(gazetteer, change, on))
        if said:
            heard_of = any(change.what.en in one for one in heard)
            begins = [_rests_on(change)] if heard_of else [change.what, _known_from(change)]
            text = _sentences([*begins, *said])
            told[change.date, change.number] = Caveat(CaveatKind.UNIT_CHANGED, text, provisions)
    return list(told.values())


def _said(
    gazetteer: Gazetteer, change: UnitChange, lists: Sequence[_List], on: dt.date
) -> tuple[list[Text], tuple[str, ...]]:
    """Return what lists from before a change say of the unit on a date, and the provisions that use these lists."""
    printed: dict[str, dict[str, Text]] = {}
    joined_to: dict[str, Text] = {}
    left: dict[str, Text] = {}
    provisions: dict[str, None] = {}
    for one in lists:
        match naming(gazetteer, change, one.places):
            case Naming.ITSELF:
                direct = [place.printed for place in one.places if set(place.codes).intersection(change.new_codes)]
                printed.setdefault("、".join(dict.fromkeys(direct)), {})[one.label.en] = one.label
            case Naming.JOINED:
                joined_to[one.label.en] = one.label
            case Naming.LEFT:
                left[one.label.en] = one.label
            case Naming.NOT:
                continue
        if one.provision is not None:
            provisions[one.provision] = None
    said = [
        tn(
            "{lists} prints {names}.",
            "{lists} print {names}.",
            len(labels),
            names=as_printed(names),
            lists=_labels(labels),
        )
        for names, labels in printed.items()
    ]
    if joined_to and on < change.last_day:
        said.append(
            tn(
                "{parents} is named in {lists}; {old} did not belong to it then and is not printed.",
                "{parents} are named in {lists}; {old} did not belong to them then and is not printed.",
                len(change.new_parents),
                parents=_units(gazetteer, change.new_parents),
                lists=_labels(joined_to),
                old=printed_name(change.old_name, change.new_codes),
            )
        )
    elif joined_to:
        said.append(
            tn(
                "{parents} is named in {lists}; {old} did not belong to it then and is not printed: on the map of "
                "today the name covers it, and no loaded text extends the list to it.",
                "{parents} are named in {lists}; {old} did not belong to them then and is not printed: on the map of "
                "today the names cover it, and no loaded text extends the list to it.",
                len(change.new_parents),
                parents=_units(gazetteer, change.new_parents),
                lists=_labels(joined_to),
                old=printed_name(change.old_name, change.new_codes),
            )
        )
    if left and on < change.last_day:
        said.append(
            t(
                "{parents} is named in {lists}; {old} belonged to it then: the list covers it.",
                parents=_units(gazetteer, [change.old_parent]),
                lists=_labels(left),
                old=printed_name(change.old_name, change.new_codes),
            )
        )
    elif left:
        said.append(
            t(
                "{parents} is named in {lists}; {old} belonged to it then: the list covered it, and by the codes of "
                "today it lies outside.",
                parents=_units(gazetteer, [change.old_parent]),
                lists=_labels(left),
                old=printed_name(change.old_name, change.new_codes),
            )
        )
    return said, tuple(provisions)


class Naming(Enum):
    """How a list from before a change names the unit: itself, or only what it has joined or left since."""

    NOT = 0
    ITSELF = 1
    JOINED = 2
    LEFT = 3


def naming(gazetteer: Gazetteer, change: UnitChange, places: Iterable[Place]) -> Naming:
    """Return how places on a list from before a change stand to it; ``NOT`` where a verdict need not tell of it.

    Args:
        gazetteer: the units.
        change: a change of units.
        places: that the list names.
    """
    codes = {code for place in places for code in place.codes}
    if not codes.isdisjoint(change.new_codes):
        return Naming.ITSELF
    if not gazetteer.past.is_move(change):
        return Naming.NOT
    now = not codes.isdisjoint(_with_ancestors(gazetteer, change.new_parents))
    then = not codes.isdisjoint(_with_ancestors(gazetteer, [change.old_parent]))
    if now == then:
        return Naming.NOT
    return Naming.JOINED if now else Naming.LEFT


def is_ahead(gazetteer: Gazetteer, change: UnitChange, own: Collection[str], on: dt.date) -> bool:
    """Tell whether a change that a place must hear of was still ahead on a date.

    Args:
        gazetteer: the units.
        change: a change of units that touches the place.
        own: the codes of the place and those above it.
        on: the date.
    """
    if on >= change.last_day:
        return False
    return gazetteer.past.is_move(change) or not frozenset(own).isdisjoint(change.new_codes)


def _with_ancestors(gazetteer: Gazetteer, codes: Iterable[str]) -> set[str]:
    """Return codes and those above them; of a unit of the past, the province that its code begins with."""
    found: set[str] = set()
    for code in codes:
        above = gazetteer.ancestors(code) if code in gazetteer.by_code else ()
        found |= {code, code[:2] + "0000", *(one.code for one in above)}
    return found


def _codes_of_today(gazetteer: Gazetteer, change: UnitChange, on: dt.date) -> Text:
    return t(
        "The change is dated {date} and the question {on}: codes of today are used on all dates, so {old} is judged as "
        "{new}.",
        date=change.date,
        on=on.isoformat(),
        old=printed_name(change.old_name, change.new_codes),
        new=_units(gazetteer, change.new_codes),
    )


def _not_yet_there(gazetteer: Gazetteer, change: UnitChange, on: dt.date) -> Text:
    return t(
        "The change is dated {date} and the question {on}: {old} is judged by the units that it lay in then, not by "
        "{parents}.",
        date=change.date,
        on=on.isoformat(),
        old=printed_name(change.old_name, change.new_codes),
        parents=_units(gazetteer, change.new_parents),
    )


def _known_from(change: UnitChange) -> Text:
    if change.evidence is Evidence.VERBATIM:
        return t("({number}, {date}; its words were read in a copy.)", number=change.number, date=change.date)
    return t("({number}, {date}; known from a second source.)", number=change.number, date=change.date)


def _rests_on(change: UnitChange) -> Text:
    """Return what a change that was told before is known from."""
    called = printed_name(change.old_name, change.new_codes)
    unit = Text(f"{called.zh}{change.old_code}", f"{called.en} {change.old_code}".strip())
    if change.evidence is Evidence.VERBATIM:
        return t(
            "The change of {unit} rests on {number} ({date}), whose words were read in a copy.",
            unit=unit, number=change.number, date=change.date,
        )  # fmt: skip
    return t(
        "The change of {unit} rests on {number} ({date}), known from a second source.",
        unit=unit, number=change.number, date=change.date,
    )  # fmt: skip


def _sentences(parts: Sequence[Text]) -> Text:
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))


def _labels(labels: dict[str, Text]) -> Text:
    return enumerated(list(labels.values())[:_MOST_LISTS], max(len(labels) - _MOST_LISTS, 0))


def _units(gazetteer: Gazetteer, codes: Sequence[str]) -> Text:
    units = [gazetteer.by_code[code] for code in codes if code in gazetteer.by_code]
    return enumerated([Text(f"{one.name} {one.code}", f"{one.name_en} {one.code}") for one in units])
