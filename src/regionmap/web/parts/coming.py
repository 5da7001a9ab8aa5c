"""What changes next at a place: the days ahead that the loaded documents print, and what begins, passes or ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from regionmap.i18n import t, tn
from regionmap.model import Ruling, Status, Text
from regionmap.output.escape import escaped
from regionmap.rules.history.changes import Coming
from regionmap.rules.verdict.ruling import STRICTNESS, restriction
from regionmap.web import service, state
from regionmap.web.parts import folds, style
from regionmap.words import EFFECTS

WHAT: dict[Status, Text] = {
    Status.IN_FORCE: t("Starts"),
    Status.HORIZON_PASSED: t("Target date passes"),
    Status.ENDED: t("Ends on its printed last day"),
    Status.SUPERSEDED: t("Repealed or replaced from this day"),
}
"""What happens to a provision on a day, by its status from that day."""


_NOTHING = t("The loaded documents print no later day on which a rule here would change.")
_KNOWN = t(
    "Only days that the loaded documents print can be known: rules that are still to be issued, and repeals still to "
    "come, are not."
)
_SHOWN_DAYS = 8


def section(code: str, on: dt.date) -> None:
    """Write what changes next at a place after a date: the first days, and a line to open that holds the others."""
    _, language, found = state.words(), state.language(), service.loaded().coming(code, on)
    style.head(_("What changes next here"), len(found))
    groups = _groups(found)
    shown = _first_days(groups, _SHOWN_DAYS)
    later = groups[len(shown) :]
    if not found:
        style.note(_NOTHING[language])
    else:
        st.html(_folds(shown, language))
        count = sum(len(same) for _key, same in later)
        folds.opened(_("Later changes"), count, partial(_folds, later, language), f"later-{code}-{on.isoformat()}")
    style.note(_KNOWN[language])


def section_html(found: Sequence[Coming], *, days: int) -> str:
    """Return what changes on the next days on which it does, so many of them."""
    _, language = state.words(), state.language()
    made, notes = "", []
    if found:
        groups = _groups(found)
        shown = _first_days(groups, days)
        made = _folds(shown, language)
        left = len(found) - sum(len(same) for _key, same in shown)
        if left:
            notes.append(
                tn(
                    "{count} later change is on the page History.",
                    "{count} later changes are on the page History.",
                    left,
                )[language]
            )
    else:
        notes.append(_NOTHING[language])
    notes.append(_KNOWN[language])
    return made + style.notes_html(notes)


Key = tuple[dt.date, Status]
Group = tuple[Key, list[Coming]]


def _groups(found: Iterable[Coming]) -> list[Group]:
    return [(key, list(same)) for key, same in groupby(sorted(found, key=_order), key=_day)]


def _folds(groups: Iterable[Group], language: str) -> str:
    return "".join(_fold(day, what, same, language) for (day, what), same in groups)


def _day(one: Coming) -> Key:
    return one.day, one.after


def _order(one: Coming) -> tuple[dt.date, int, int, str]:
    ruling = restriction(one.provision.effect) or Ruling.NO_RULE
    return one.day, list(WHAT).index(one.after), STRICTNESS.index(ruling), one.provision.id


def _first_days(groups: list[Group], days: int) -> list[Group]:
    wanted = sorted({day for (day, _what), _same in groups})[:days]
    return [one for one in groups if one[0][0] in wanted]


def _fold(day: dt.date, what: Status, same: Iterable[Coming], language: str) -> str:
    listed = list(same)
    numbers = dict.fromkeys(_number(one) for one in listed)
    lines = "".join(_line(one, language) for one in listed)
    return (
        f'<details class="rm-fold" data-day="{day.isoformat()}"><summary><b>{day.isoformat()}</b> '
        f"{style.chip('old' if what is not Status.IN_FORCE else 'plain', WHAT[what][language])} "
        f"{style.said('、'.join(numbers) if language == 'zh' else ', '.join(numbers))} <small>{len(listed)}</small>"
        f"</summary><ul>{lines}</ul></details>"
    )


def _number(one: Coming) -> str:
    source = service.loaded().source(one.provision.source)
    return source.number or source.title[state.language()]


def _line(one: Coming, language: str) -> str:
    ruling = restriction(one.provision.effect)
    chip = style.chip(ruling.value if ruling is not None else "plain", EFFECTS[one.provision.effect][language])
    return (
        f'<li data-provision="{escaped(one.provision.id)}">{chip} <b>{style.said(_number(one))}</b> '
        f"{style.said(one.provision.item)}<br>{style.in_language(one.provision.summary, language)}"
        f'<q lang="zh-Hans">{escaped(one.provision.quote)}</q></li>'
    )
