"""Why a provision applied or fell away: one sentence for each of place, industry, action and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from regionmap.i18n import enumerated, joined, label, t, tn
from regionmap.model import Action, Provision, Status, Text, Unit, Where
from regionmap.places.index.province_lines import MOST_M
from regionmap.rules.matching.fits import (
    Asked,
    Explanation,
    IndustryFit,
    IndustryMatch,
    PlaceFit,
    PlaceMatch,
    class_words,
)
from regionmap.unit_table import printed_name
from regionmap.words import ACTIONS, in_metres

MOST_UNITS = 12
"""Units that a sentence names before it counts the rest."""
_MOST_KEPT = 4_096
"""Sentences of one kind that are kept: the rules of an answer, and of answers alike, share most of theirs."""


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
        asked.append(_is_in(finding.place.words or _raw("")))
    if finding.industry.fit is IndustryFit.UNDEFINED and finding.industry.via is not None:
        asked.append(_belongs(finding.industry.via.name))
    if len(asked) == 1:
        return asked[0]
    return Text("".join(one.zh for one in asked), " ".join(one.en for one in asked))


@lru_cache(maxsize=_MOST_KEPT)
def _is_in(words: Text) -> Text:
    return t("Does the site lie in: {words}?", words=words)


@lru_cache(maxsize=_MOST_KEPT)
def _belongs(name: Text) -> Text:
    return t("Does the project belong to “{name}”? The text does not define it.", name=name)


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
    return _dated_list(region.name, f"{finding.place.number} {definition.item}", definition.in_force_from)


@lru_cache(maxsize=_MOST_KEPT)
def _dated_list(region: Text, cited: str, day: dt.date) -> Text:
    return t("{region} ({cited}, list from {day})", region=label(region), cited=cited, day=day.isoformat())


def where_text(where: Where) -> Text:
    """Return the places that a provision names itself, in words."""
    if where.national:
        return _of_country(bool(where.except_regions or where.except_lists))
    if not where.places:
        return joined([_raw(one) for one in where.regions or where.lists])
    return _printed(tuple((one.printed, one.codes) for one in where.places))


@lru_cache(maxsize=1_024)
def _printed(places: tuple[tuple[str, tuple[str, ...]], ...]) -> Text:
    return joined([printed_name(*one) for one in places])


@lru_cache(maxsize=2)
def _of_country(rest: bool) -> Text:
    return t("the rest of the country") if rest else t("the whole country")


def kilometres(metres: float) -> str:
    """Return metres as kilometres, no more digits than needed."""
    return f"{metres / 1000:g}"


def _raw(word: str) -> Text:
    return Text(word, word)


def place(finding: Explained, most: int | None = MOST_UNITS) -> Text:
    """Return the reason of the place question; it names so many units of a place that a rule reaches in part."""
    names = _named(finding.asked.places)
    told = _distance(finding, names, most)
    if told is None:
        return _area(finding, names, most)
    if finding.place.fit is PlaceFit.NONE or (
        _holds_everywhere(finding.provision.where) and finding.place.fit is not PlaceFit.UNDEFINED
    ):
        return told
    area = _area(finding, names, most)
    return Text(f"{area.zh}{told.zh}", f"{area.en} {told.en}")


@lru_cache(maxsize=_MOST_KEPT)
def _named(places: tuple[Unit, ...]) -> Text:
    return units_text(places, 3)


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
            return _lies_in(count, names, where_text(finding.provision.where))
        case PlaceFit.WHOLE:
            return _belongs_to(count, names, list_text(finding))
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
            return _is_undecided(count, names, finding.place.words or _raw(""))
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
            return _is_not_in(count, names, list_text(finding))


@lru_cache(maxsize=_MOST_KEPT)
def _lies_in(count: int, names: Text, area: Text) -> Text:
    return tn("{place} lies in {area}.", "{place} lie in {area}.", count, place=names, area=area)


@lru_cache(maxsize=_MOST_KEPT)
def _belongs_to(count: int, names: Text, area: Text) -> Text:
    return tn("{place} belongs to {list}.", "{place} belong to {list}.", count, place=names, list=area)


@lru_cache(maxsize=_MOST_KEPT)
def _is_undecided(count: int, names: Text, words: Text) -> Text:
    return tn(
        "The rule speaks of {words}; no loaded list says which places these are, so whether {place} is one of them is "
        "not decided.",
        "The rule speaks of {words}; no loaded list says which places these are, so whether {place} are among them is "
        "not decided.",
        count, words=words, place=names,
    )  # fmt: skip


@lru_cache(maxsize=_MOST_KEPT)
def _is_not_in(count: int, names: Text, area: Text) -> Text:
    return tn("{place} is not in {list}.", "{place} are not in {list}.", count, place=names, list=area)


def industry(finding: Explained) -> Text:
    """Return the reason of the industry question."""
    subject, found = finding.asked.subject, finding.industry
    if subject is None:
        return t("All industries were asked for.")
    via = found.via
    return _industry(
        found.fit,
        via.name if via is not None else _raw(""),
        via is not None and subject.industry is not None and via.id == subject.industry.id,
        found.code or "",
        subject.name,
        (subject.code or "", subject.code_name or ""),
        tuple([one.name for one in found.parts]),
        via in found.parts,
    )


@lru_cache(maxsize=_MOST_KEPT)
def _industry(
    fit: IndustryFit, via: Text, itself: bool, code: str, subject: Text, asked_class: tuple[str, str],
    parts: tuple[Text, ...], among_parts: bool,
) -> Text:  # fmt: skip
    """Say how a rule stands to an industry.

    Args:
        fit: how it does.
        via: the name of the industry through which it does; ``itself``: it is the one that was asked for.
        itself: see ``via``.
        code: the code of GB/T 4754 through which it does, empty for none.
        subject: the name of what was asked for.
        asked_class: code and name of the class that was asked for, both empty for none.
        parts: the names of the parts of what was asked for that the rule names.
        among_parts: whether ``via`` is one of these.
    """
    name, asked = label(via), class_words(*asked_class) if asked_class[0] else label(subject)
    match fit:
        case IndustryFit.ALL:
            return t("The rule speaks of every industry.")
        case IndustryFit.NAMED if itself:
            return t("The rule names {name}.", name=name)
        case IndustryFit.NAMED:
            return t("The rule names {name}, which holds {subject}.", name=name, subject=label(subject))
        case IndustryFit.CODE:
            return t("The rule names {name}, which we read as holding GB/T 4754 code {code}.", name=name, code=code)
        case IndustryFit.PART if code:
            return t(
                "The rule names {name}, which we read as holding GB/T 4754 code {code}, a part of {subject}.",
                name=name, code=code, subject=asked,
            )  # fmt: skip
        case IndustryFit.PART if among_parts:
            names = joined([label(one) for one in parts])
            return t("The rule names {name}, which is a part of {subject}.", name=names, subject=asked)
        case IndustryFit.PART:
            names = joined([label(one) for one in parts])
            return t(
                "The rule names {name}, which holds {parts}, a part of {subject}.",
                name=name, parts=names, subject=asked,
            )  # fmt: skip
        case IndustryFit.READING:
            return t(
                "The rule speaks of {name}, which no text defines; that {subject} belongs to it is our reading.",
                name=name, subject=asked,
            )  # fmt: skip
        case IndustryFit.NEAR:
            return t("The rule names {name}; only a wider reading of it holds code {code}.", name=name, code=code)
        case IndustryFit.UNDEFINED:
            return t("The rule speaks of {name}, a class of industries that the text does not define.", name=name)
        case IndustryFit.OPEN:
            return t("The rule does not name {subject}, but its list of industries ends in 等.", subject=label(subject))
        case _:
            return t("The rule does not name {subject}.", subject=label(subject))


def action(finding: Explained) -> Text:
    """Return the reason of the action question."""
    return _action(finding.provision.actions, finding.asked.action)


@lru_cache(maxsize=_MOST_KEPT)
def _action(actions: tuple[Action, ...], asked: Action) -> Text:
    if not actions:
        return t("It is a target or a duty: it speaks to no investor's action.")
    if asked in actions:
        return t("The rule speaks to: {named}.", named=joined([ACTIONS[one] for one in actions]))
    named = joined([label(ACTIONS[one]) for one in actions])
    return t("The rule speaks to {named}, not to {asked}.", named=named, asked=label(ACTIONS[asked]))


def date(finding: Explained) -> Text:
    """Return the reason of the date question."""
    one, last, by = finding.provision, None, ""
    match finding.status:
        case Status.ENDED:
            last = one.in_force_until
        case Status.SUPERSEDED:
            by = finding.successors
        case Status.HORIZON_PASSED:
            last = one.horizon
    return _date(finding.status, finding.asked.on, one.in_force_from, last, by)


@lru_cache(maxsize=_MOST_KEPT)
def _date(status: Status, asked: dt.date, first: dt.date, last: dt.date | None, by: str) -> Text:
    on, start, end = asked.isoformat(), first.isoformat(), last.isoformat() if last is not None else ""
    match status:
        case Status.NOT_YET:
            return t("On {on} it was not yet in force: it starts on {start}.", on=on, start=start)
        case Status.ENDED:
            return t("On {on} it was no longer in force: its last day as printed was {end}.", on=on, end=end)
        case Status.SUPERSEDED:
            return t("On {on} it was no longer in force: repealed or replaced by {by}.", on=on, by=by)
        case Status.HORIZON_PASSED:
            return t("The last day of its own targets, {end}, had passed on {on}; no repeal is known.", end=end, on=on)
        case _:
            return t("In force on {on}, since {start}.", on=on, start=start)
