"""What would change a verdict: another day, another action, the other side of a boundary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from regionmap.api import Regionmap
from regionmap.i18n import joined, t
from regionmap.model import Action, Extent, Ruling, Text, Unit
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import Verdict
from regionmap.rules.verdict.explanation import boundary_text
from regionmap.web.parts.names import neighbours
from regionmap.web.parts.ruled import Ruled, ruled
from regionmap.words import ACTIONS, RULINGS, ruling_words

_DAY = dt.timedelta(days=1)
_MOST_NEIGHBOURS = 4


@dataclass(frozen=True)
class Alternative:
    """One line: what would be changed, and what the verdict would be then."""

    what: Text
    said: Text


def alternatives(rm: Regionmap, verdict: Verdict) -> tuple[Alternative, ...]:
    """Return what would change the verdict of one unit or point; nothing for a drawn area."""
    if verdict.shares:
        return ()
    made = (_days(rm, verdict), _boundary(rm, verdict), _actions(rm, verdict))
    return tuple(one for one in made if one is not None)


def _asked(rm: Regionmap, verdict: Verdict, *, action: Action | None = None, on: dt.date | None = None) -> Ruled:
    code = verdict.subject.code or verdict.subject.id
    question = rm.question(code, action or verdict.action, on or verdict.date)
    return ruled(question, verdict.place)


def _days(rm: Regionmap, verdict: Verdict) -> Alternative | None:
    """The day before the first deciding rule, and the day after the last one ends, where these are printed."""
    deciding = verdict.deciding
    if not deciding:
        return None
    told = []
    first = min(one.provision.in_force_from for one in deciding)
    if first <= verdict.date:
        before = _asked(rm, verdict, on=first - _DAY)
        if (before.ruling, before.extent) != (verdict.ruling, verdict.extent):
            told.append(t("before {day}: {ruling}", day=first.isoformat(), ruling=_word(before)))
    ends = [_ends(one) for one in deciding]
    printed = [one for one in ends if one is not None and one >= verdict.date]
    if len(printed) == len(ends):
        last = max(printed) + _DAY
        after = _asked(rm, verdict, on=last)
        if (after.ruling, after.extent) != (verdict.ruling, verdict.extent):
            told.append(t("from {day}: {ruling}", day=last.isoformat(), ruling=_word(after)))
    elif any(one is None for one in ends):
        told.append(t("no printed day ends what decides"))
    return Alternative(t("Date"), _listed(told)) if told else None


def _ends(one: Finding) -> dt.date | None:
    provision = one.provision
    return min((day for day in (provision.in_force_until, provision.horizon) if day is not None), default=None)


def _boundary(rm: Regionmap, verdict: Verdict) -> Alternative | None:
    """For a point the nearest place with another answer, for a unit the units around it with another one."""
    if verdict.point is not None:
        told = boundary_text(verdict)
        return None if told is None else Alternative(t("Boundary"), told)
    if verdict.part_units:
        return Alternative(t("Boundary"), t("holds only in {units}", units=_names(verdict.part_units)))
    question = rm.question(verdict.subject.code or verdict.subject.id, verdict.action, verdict.date)
    units = (rm.gazetteer.unit_ever(code) for code in neighbours(verdict.place.code, verdict.date))
    others = [one for one in (ruled(question, unit) for unit in units) if one.ruling is not verdict.ruling]
    if not others:
        return None
    told_of = [t("{place}: {ruling}", place=_name(one.unit), ruling=_word(one)) for one in others[:_MOST_NEIGHBOURS]]
    return Alternative(t("Next to it"), _listed(told_of))


def _actions(rm: Regionmap, verdict: Verdict) -> Alternative | None:
    """The other actions by the verdict that they would get."""
    groups: dict[Ruling, list[Text]] = {}
    for action in Action:
        if action is not verdict.action:
            groups.setdefault(_asked(rm, verdict, action=action).ruling, []).append(ACTIONS[action])
    if set(groups) == {verdict.ruling}:
        return Alternative(t("Action"), t("the same for every action"))
    told = [t("{place}: {ruling}", place=joined(names), ruling=RULINGS[ruling]) for ruling, names in groups.items()]
    return Alternative(t("Action"), _listed(told))


def _word(one: Ruled) -> Text:
    return ruling_words(one.ruling, one.extent if one.ruling is not Ruling.NO_RULE else Extent.WHOLE)


def _name(unit: Unit) -> Text:
    return Text(unit.name, unit.name_en)


def _names(units: Iterable[Unit]) -> Text:
    return joined([_name(one) for one in units])


def _listed(told: list[Text]) -> Text:
    return Text("；".join(one.zh for one in told), "; ".join(one.en for one in told))
