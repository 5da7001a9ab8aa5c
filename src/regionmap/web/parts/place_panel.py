"""Everything about one place: its regions, the verdict for the chosen industry, the rules there by industry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import streamlit as st

from regionmap.errors import InputError
from regionmap.model import Unit
from regionmap.output.escape import escaped
from regionmap.places.coordinates import check_coordinates
from regionmap.rules.pilots import PilotListing, PilotStatus
from regionmap.rules.verdict.answers import CaveatKind, PlaceAnswer, Verdict
from regionmap.web import service, state
from regionmap.web.parts import cards, coming, folds, frame, pickers, style
from regionmap.web.parts import parks as park_views
from regionmap.words import DATUMS, EVIDENCE, PILOT_STATUSES, STANDINGS, ruling_words


def chosen() -> PlaceAnswer | InputError | None:
    """Look the chosen place up; None where none is chosen, the error where it cannot be used."""
    lon, lat = state.get("lon"), state.get("lat")
    try:
        if bool(lon) != bool(lat):
            check_coordinates(lon or None, lat or None)  # says which of the two is missing
        return service.place_answer(state.get("place"), state.point(), state.date())
    except InputError as error:
        return error


def _verdict(place: Unit) -> Verdict | None:
    try:
        return service.loaded().check(
            place.code, industry=state.get("industry"), action=state.action(), on=state.date()
        )
    except InputError:
        return None  # the industry cannot be used: the page says so elsewhere


def show(found: PlaceAnswer | InputError | None) -> None:
    """Write all about the place: what decides, and where it lies, at once; the rest when it is asked for."""
    _, language = state.words(), state.language()
    if found is None:
        style.note(
            _(
                "Click anywhere on the map, choose a row of the table, or search for a place: everything about it is "
                "shown here."
            )
        )
        return
    if isinstance(found, InputError):
        pickers.refused_place(found, _)
        return
    answer, verdict = found, _verdict(found.place)
    pilots = _pilots(answer, language)
    first = state.show() is state.Show.PILOTS
    st.html(
        _heading(answer, language)
        + cards.caveats_html([one for one in answer.caveats if one.kind is CaveatKind.PLACE_READING], language)
        + (pilots if first else "")
        + (_deciding(verdict, language) if verdict is not None else "")
    )
    if verdict is not None and st.button(_("Open the site check for this place"), key="to-site", type="primary"):
        frame.go("site")
    nothing = _("The loaded documents have no rule in force here.")
    st.html(
        _regions(answer, language)
        + ("" if first else pilots)
        + park_views.section_html(answer.parks, language, _)
        + ("" if answer.industries else f'<p class="rm-note">{style.said(nothing)}</p>')
    )
    _more(answer, language)
    statement = f"<p>{style.in_language(answer.coverage.statement, language)}</p>"
    folds.write([folds.fold(_("What is loaded"), None, "", statement)])


def _deciding(verdict: Verdict, language: str) -> str:
    """The verdict for the chosen industry, and the rule that decides it."""
    _, chip = state.words(), style.chip(verdict.ruling.value, ruling_words(verdict.ruling, verdict.extent)[language])
    asked = f"{style.said(verdict.subject.heading[language])} · {verdict.date.isoformat()}"
    card = "".join(cards.finding_html(one, language, _, reasons=False) for one in verdict.deciding[:1])
    return f'<p class="rm-lead">{asked} &nbsp;{chip}</p>{card}'


def _more(answer: PlaceAnswer, language: str) -> None:
    """Write lines to open: they hold most of what there is to say, and few are read."""
    _, code = state.words(), answer.place.code
    later = service.loaded().coming(code, answer.date)
    remarks = [one for one in answer.caveats if one.kind is not CaveatKind.PLACE_READING]
    lines: list[tuple[str, str, int, Callable[[], str]]] = [
        ("industries", _("Rules in force here, by industry"), len(answer.industries), partial(_industries, answer)),
        ("coming", _("What changes next here"), len(later), partial(coming.section_html, later, days=2)),
        (
            "passed",
            _("Historic rules and rules whose target date has passed"),
            len(answer.not_in_force),
            partial(cards.list_html, answer.not_in_force, language),
        ),
        (
            "remarks",
            _("Remarks on these rules"),
            len({one.text.zh for one in remarks}),
            partial(cards.caveats_html, remarks, language),
        ),
    ]
    for name, head, count, made in lines:
        folds.opened(head, count, made, f"fold-{name}-{code}")


def full_name(unit: Unit, on: dt.date, language: str) -> str:
    """Return a unit's name with the units above it on a day."""
    above = service.loaded().gazetteer.ancestors(unit.code, on)
    if language == "en":
        return ", ".join(one.name_en for one in (unit, *above))
    return " › ".join(one.name for one in (*reversed(above), unit))


def _heading(answer: PlaceAnswer, language: str) -> str:
    point = answer.point
    where = f" · {point.lon:.5f}, {point.lat:.5f} ({DATUMS[point.datum][language]})" if point is not None else ""
    return (
        f'<div class="rm-place" data-place="{escaped(answer.place.code)}">'
        f"{style.said(full_name(answer.place, answer.date, language))}"
        f"<small>{style.said(answer.place.code)}{style.said(where)}</small></div>"
    )


def _regions(answer: PlaceAnswer, language: str) -> str:
    _ = state.words()
    head = style.head_html(_("Regions that it lies in"), len(answer.regions))
    if not answer.regions:
        none = _("None of the loaded regions on this date.")
        return f'{head}<p class="rm-note">{style.said(none)}</p>'
    rm = service.loaded()
    lines = []
    for one in answer.regions:
        number = rm.source(one.definition.source).number
        part = _("only {units}", units=cards.unit_names(one.part, language)) if one.part else ""
        cited = " · ".join(filter(None, [f"{number} {one.definition.item}", part]))
        lines.append(f"<li>{style.in_language(one.region.name, language)} <small>{style.said(cited)}</small></li>")
    return f'{head}<ul class="rm-list">{"".join(lines)}</ul>'


def _pilots(answer: PlaceAnswer, language: str) -> str:
    _ = state.words()
    if not answer.pilots:
        return ""
    now = [one for one in answer.pilots if one.status is not PilotStatus.ENDED]
    over = [one for one in answer.pilots if one.status is PilotStatus.ENDED]
    made = style.head_html(_("Pilot lists"), len(now))
    if now:
        made += f'<ul class="rm-list">{_pilot_lines(now, language)}</ul>'
    if over:
        head = style.said(_("Pilot lists whose term is over"))
        made += (
            f'<details class="rm-fold"><summary>{head} <small>{len(over)}</small></summary>'
            f'<ul class="rm-list">{_pilot_lines(over, language)}</ul></details>'
        )
    return made


def _pilot_lines(listed: list[PilotListing], language: str) -> str:
    lines = []
    for one in listed:
        words = [one.batch.name[language], one.batch.number, one.when[language], EVIDENCE[one.place.evidence][language]]
        if one.status is PilotStatus.DAY_UNKNOWN:
            words.append(PILOT_STATUSES[one.status][language])
        note = f" {one.place.note[language]}" if one.place.note is not None else ""
        lines.append(
            f"<li><b>{style.in_language(STANDINGS[one.batch.standing], language)}</b> "
            f"{style.in_language(one.programme.name, language)} · {style.said(one.says[language] + note)} "
            f"<small>{style.said(' · '.join(filter(None, words)))}</small></li>"
        )
    return "".join(lines)


def _industries(answer: PlaceAnswer) -> str:
    _, language = state.words(), state.language()
    lines = []
    for one in answer.industries:
        name = style.said(one.industry.name[language] if one.industry is not None else _("Every industry"))
        chip = style.chip(one.ruling.value, ruling_words(one.ruling, one.extent)[language])
        lines.append(cards.lines_html(f"{name} {chip}", one.findings, language))
    return "".join(lines)
