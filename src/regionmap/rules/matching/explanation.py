"""Why a provision applied or fell away: one sentence for each of place, industry, action and date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from regionmap.i18n import enumerated, joined, label, t, tn
from regionmap.model import Provision, Status, Text, Unit, Where
from regionmap.places.index.province_lines import MOST_M
from regionmap.rules.matching.fits import Asked, Explanation, IndustryFit, IndustryMatch, PlaceFit, PlaceMatch, Subject
from regionmap.unit_table import printed_name
from regionmap.words import ACTIONS, in_metres

MOST_UNITS = 12
"""Units that a sentence names before it counts the rest."""


class Explained(Protocol):
    """What is explained: a provision, how it stands to each question, and what was asked. ``Finding`` is one."""

    @property
    def provision(self) -> Provision: ...  # noqa: D102
    @property
    def status(self) -> Status: ...  # noqa: D102
    @property
    def place(self) -> PlaceMatch: ...  # noqa: D102
    @property
    def industry(self) -> IndustryMatch: ...  # noqa: D102
    @property
    def asked(self) -> Asked: ...  # noqa: D102
    @property
    def part(self) -> tuple[Unit, ...]: ...  # noqa: D102
    @property
    def successors(self) -> str: ...  # noqa: D102


def explain(finding: Explained) -> Explanation:
    """Return the four reasons of a finding."""
    return Explanation(place(finding), industry(finding), action(finding), date(finding))


def ask(finding: Explained) -> Text:
    """Return the question that a rule hangs on: the provision's own, or that of its undefined area or industry."""
    asked = [finding.provision.ask] if finding.provision.ask is not None else []
    if finding.place.fit is PlaceFit.UNDEFINED:
        asked.append(t("Does the site lie in: {words}?", words=finding.place.words or _raw("")))
    if finding.industry.fit is IndustryFit.UNDEFINED and finding.industry.via is not None:
        name = finding.industry.via.name
        asked.append(t("Does the project belong to “{name}”? The text does not define it.", name=name))
    return Text("".join(one.zh for one in asked), " ".join(one.en for one in asked))


def unit_text(unit: Unit) -> Text:
    """Return a unit's name in both languages."""
    return Text(unit.name, unit.name_en)


def units_text(units: Sequence[Unit], most: int | None = MOST_UNITS) -> Text:
    """Return the names of units, the rest counted after ``most``: A and B; A, B, C and 11 more. None: every name."""
    most = len(units) if most is None else most
    return enumerated([unit_text(one) for one in units[:most]], max(len(units) - most, 0))


def list_text(finding: Explained) -> Text:
    """Return which dated list was used: region, source and item, first day."""
    definition, region, listed = finding.place.definition, finding.place.region, finding.place.listed
    if listed is not None:
        return t("the list {name}", name=label(listed.name))
    if definition is None and region is not None:
        return label(region.name)
    if definition is None or region is None:
        return where_text(finding.provision.where)
    return t(
        "{region} ({cited}, list from {day})",
        region=label(region.name),
        cited=f"{finding.place.number} {definition.item}",
        day=definition.in_force_from.isoformat(),
    )


def where_text(where: Where) -> Text:
    """Return the places that a provision names itself, in words."""
    if where.national:
        rest = where.except_regions or where.except_lists
        return t("the rest of the country") if rest else t("the whole country")
    named = where.regions or where.lists
    return joined([printed_name(one.printed, one.codes) for one in where.places] or [_raw(one) for one in named])


def kilometres(metres: float) -> str:
    """Return metres as kilometres, no more digits than needed."""
    return f"{metres / 1000:g}"


def _raw(word: str) -> Text:
    return Text(word, word)


def place(finding: Explained, most: int | None = MOST_UNITS) -> Text:
    """Return the reason of the place question; it names so many units of a place that a rule reaches in part."""
    names = units_text(finding.asked.places, 3)
    told = _distance(finding, names, most)
    if told is None:
        return _area(finding, names, most)
    if finding.place.fit is PlaceFit.NONE or (
        _holds_everywhere(finding.provision.where) and finding.place.fit is not PlaceFit.UNDEFINED
    ):
        return told
    area = _area(finding, names, most)
    return Text(f"{area.zh}{told.zh}", f"{area.en} {told.en}")


def _holds_everywhere(where: Where) -> bool:
    return where.national and not (where.except_regions or where.except_lists)


def _distance(finding: Explained, names: Text, most: int | None) -> Text | None:
    """Return how the place stands to a boundary between provinces, None where that is not what it hangs on."""
    where, found = finding.provision.where, finding.place
    if where.province_line_m is None:
        return None
    km = kilometres(where.province_line_m)
    if found.line is not None:
        reach = t("the rule reaches sites within {km} km of a boundary between provinces.", km=km)
        if found.line.metres is None or found.line.beyond is None:
            far = kilometres(MOST_M)
            return t("The site lies more than {most} km from any other province; {reach}", most=far, reach=reach)
        return t(
            "The site lies {distance} from {province}; {reach}",
            distance=in_metres(found.line.metres),
            province=unit_text(found.line.beyond),
            reach=reach,
        )
    match found.fit:
        case PlaceFit.WHOLE:
            return t("The whole of {place} lies within {km} km of a boundary between provinces.", place=names, km=km)
        case PlaceFit.PART if not found.part:
            return t("Only a strip of {place} lies within {km} km of a boundary between provinces.", place=names, km=km)
        case PlaceFit.PART:
            units = units_text(found.part, most)
            return t(
                "Only a part of {place} lies within {km} km of a boundary between provinces: {units}.",
                place=names, km=km, units=units,
            )  # fmt: skip
        case PlaceFit.NONE if _holds_everywhere(where):
            return t("No part of {place} lies within {km} km of a boundary between provinces.", place=names, km=km)
        case PlaceFit.NONE:
            return t(
                "No part of {place} lies in {area} within {km} km of a boundary between provinces.",
                place=names, area=list_text(finding), km=km,
            )  # fmt: skip
        case _:
            return None


def _area(finding: Explained, names: Text, most: int | None) -> Text:
    count = len(finding.asked.places)
    match finding.place.fit:
        case PlaceFit.WHOLE if finding.place.region is None and finding.place.listed is None:
            area = where_text(finding.provision.where)
            return tn("{place} lies in {area}.", "{place} lie in {area}.", count, place=names, area=area)
        case PlaceFit.WHOLE:
            area = list_text(finding)
            return tn("{place} belongs to {list}.", "{place} belong to {list}.", count, place=names, list=area)
        case PlaceFit.PART if finding.provision.where.partly:
            words = where_text(finding.provision.where)
            return tn(
                "{words} lies in {place}; its limits are not loaded.",
                "{words} lie in {place}; their limits are not loaded.",
                len(finding.provision.where.places), words=words, place=names,
            )  # fmt: skip
        case PlaceFit.PART if count > 1:
            return t("Of what was asked, only this is in it: {units}.", units=units_text(finding.part, most))
        case PlaceFit.PART:
            return t("Only a part of {place} is in it: {units}.", place=names, units=units_text(finding.part, most))
        case PlaceFit.UNDEFINED:
            return tn(
                "The rule speaks of {words}; no loaded list says which places these are, so whether {place} is one "
                "of them is not decided.",
                "The rule speaks of {words}; no loaded list says which places these are, so whether {place} are among "
                "them is not decided.",
                count,
                words=finding.place.words or _raw(""),
                place=names,
            )
        case PlaceFit.UNLISTED:
            return tn(
                "{place} is not named by {list}, but the list ends in 等.",
                "{place} are not named by {list}, but the list ends in 等.",
                count, place=names, list=list_text(finding),
            )  # fmt: skip
        case PlaceFit.NO_LIST:
            return t("No list of this region was in use on the date.")
        case PlaceFit.OUT_OF_SCOPE:
            return t("The loaded documents do not speak for {place}.", place=names)
        case _:
            area = list_text(finding)
            return tn("{place} is not in {list}.", "{place} are not in {list}.", count, place=names, list=area)


def industry(finding: Explained) -> Text:
    """Return the reason of the industry question."""
    subject, via = finding.asked.subject, finding.industry.via
    if subject is None:
        return t("All industries were asked for.")
    name = label(via.name) if via is not None else _raw("")
    code = finding.industry.code or ""
    match finding.industry.fit:
        case IndustryFit.ALL:
            return t("The rule speaks of every industry.")
        case IndustryFit.NAMED if via is not None and subject.industry is not None and via.id == subject.industry.id:
            return t("The rule names {name}.", name=name)
        case IndustryFit.NAMED:
            return t("The rule names {name}, which holds {subject}.", name=name, subject=label(subject.name))
        case IndustryFit.CODE:
            return t("The rule names {name}, which we read as holding GB/T 4754 code {code}.", name=name, code=code)
        case IndustryFit.PART:
            return _in_part(finding, name, _asked_name(subject))
        case IndustryFit.READING:
            return t(
                "The rule speaks of {name}, which no text defines; that {subject} belongs to it is our reading.",
                name=name,
                subject=_asked_name(subject),
            )
        case IndustryFit.NEAR:
            return t("The rule names {name}; only a wider reading of it holds code {code}.", name=name, code=code)
        case IndustryFit.UNDEFINED:
            return t("The rule speaks of {name}, a class of industries that the text does not define.", name=name)
        case IndustryFit.OPEN:
            return t(
                "The rule does not name {subject}, but its list of industries ends in 等.", subject=label(subject.name)
            )
        case _:
            return t("The rule does not name {subject}.", subject=label(subject.name))


def _in_part(finding: Explained, name: Text, asked: Text) -> Text:
    """Return the reason of a rule that reaches only a part of what was asked."""
    code, parts = finding.industry.code or "", finding.industry.parts
    if code:
        return t(
            "The rule names {name}, which we read as holding GB/T 4754 code {code}, a part of {subject}.",
            name=name,
            code=code,
            subject=asked,
        )
    names = joined([label(one.name) for one in parts])
    if finding.industry.via not in parts:
        return t(
            "The rule names {name}, which holds {parts}, a part of {subject}.", name=name, parts=names, subject=asked
        )
    return t("The rule names {name}, which is a part of {subject}.", name=names, subject=asked)


def _asked_name(subject: Subject) -> Text:
    return subject.class_words if subject.code else label(subject.name)


def action(finding: Explained) -> Text:
    """Return the reason of the action question."""
    provision, asked = finding.provision, ACTIONS[finding.asked.action]
    if not provision.actions:
        return t("It is a target or a duty: it speaks to no investor's action.")
    named = joined([ACTIONS[one] for one in provision.actions])
    if finding.asked.action in provision.actions:
        return t("The rule speaks to: {named}.", named=named)
    named = joined([label(ACTIONS[one]) for one in provision.actions])
    return t("The rule speaks to {named}, not to {asked}.", named=named, asked=label(asked))


def date(finding: Explained) -> Text:
    """Return the reason of the date question."""
    one, on = finding.provision, finding.asked.on.isoformat()
    start = one.in_force_from.isoformat()
    match finding.status:
        case Status.NOT_YET:
            return t("On {on} it was not yet in force: it starts on {start}.", on=on, start=start)
        case Status.ENDED:
            end = one.in_force_until.isoformat() if one.in_force_until else ""
            return t("On {on} it was no longer in force: its last day as printed was {end}.", on=on, end=end)
        case Status.SUPERSEDED:
            return t("On {on} it was no longer in force: repealed or replaced by {by}.", on=on, by=finding.successors)
        case Status.HORIZON_PASSED:
            end = one.horizon.isoformat() if one.horizon else ""
            return t("The last day of its own targets, {end}, had passed on {on}; no repeal is known.", end=end, on=on)
        case _:
            return t("In force on {on}, since {start}.", on=on, start=start)
