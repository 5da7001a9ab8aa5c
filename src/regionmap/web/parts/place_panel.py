"""Everything about one place: its regions, the verdict for the chosen industry, the rules there by industry."""

from __future__ import annotations

from functools import partial

import streamlit as st

from regionmap.errors import InputError
from regionmap.model import Unit
from regionmap.output.escape import escaped
from regionmap.rules.pilots import PilotListing, PilotStatus
from regionmap.rules.verdict.answers import CaveatKind, PlaceAnswer, Verdict
from regionmap.web import service, state
from regionmap.web.parts import cards, coming, folds, frame, pickers, style
from regionmap.web.parts import parks as park_views
from regionmap.words import EVIDENCE, PILOT_STATUSES, STANDINGS, ruling_words


def chosen() -> PlaceAnswer | InputError | None:
    """Look the chosen place up; None where none is chosen, the error where it cannot be used."""
    try:
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
    """Write all about the place."""
    _, language = state.words(), state.language()
    if found is None:
        style.note(
            _(
                "Click anywhere on the map, choose a row of the table, or type a place: everything about it is "
                "shown here."
            )
        )
        return
    if isinstance(found, InputError):
        pickers.refused_place(found, _)
        return
    answer, verdict = found, _verdict(found.place)
    _heading(answer, language)
    cards.caveats([one for one in answer.caveats if one.kind is CaveatKind.PLACE_READING], language)
    first = state.show() is state.Show.PILOTS
    if first:
        _pilots(answer, language)
    if verdict is not None:
        chip = style.chip(verdict.ruling.value, ruling_words(verdict.ruling, verdict.extent)[language])
        st.html(
            f'<p class="rm-lead">{escaped(verdict.subject.name[language])} · {answer.date.isoformat()} &nbsp;{chip}</p>'
        )
        for one in verdict.deciding[:1]:
            st.html(cards.finding_html(one, language, _, reasons=False))
        if st.button(_("Open the site check for this place"), key="to-site", type="primary"):
            frame.go("site")
    _regions(answer, language)
    if not first:
        _pilots(answer, language)
    park_views.section(answer.parks, language, _)
    _industries(answer, language)
    coming.section(answer.place.code, answer.date, days=2)
    remarks = [one for one in answer.caveats if one.kind is not CaveatKind.PLACE_READING]
    passed = partial(cards.list_html, answer.not_in_force, language)
    head = _("Historic rules and rules whose target date has passed")
    folds.opened(head, len(answer.not_in_force), passed, f"fold-passed-{answer.place.code}")
    statement = f"<p>{style.in_language(answer.coverage.statement, language)}</p>"
    folds.write(
        [
            folds.fold(_("Remarks on these rules"), len(remarks), "", cards.caveats_html(remarks, language)),
            folds.fold(_("What is loaded"), None, "", statement),
        ]
    )


def full_name(unit: Unit, language: str) -> str:
    """Return a unit's name with the units above it."""
    above = service.loaded().gazetteer.ancestors(unit.code)
    if language == "en":
        return ", ".join(one.name_en for one in (unit, *above))
    return " › ".join(one.name for one in (*reversed(above), unit))


def _heading(answer: PlaceAnswer, language: str) -> None:
    point = answer.point
    where = f" · {point.lon:.5f}, {point.lat:.5f} ({point.datum})" if point is not None else ""
    st.html(
        f'<div class="rm-place" data-place="{escaped(answer.place.code)}">{escaped(full_name(answer.place, language))}'
        f"<small>{escaped(answer.place.code)}{escaped(where)}</small></div>"
    )


def _regions(answer: PlaceAnswer, language: str) -> None:
    _ = state.words()
    style.head(_("Regions that it lies in"), len(answer.regions))
    if not answer.regions:
        style.note(_("None of the loaded regions on this date."))
        return
    rm = service.loaded()
    lines = []
    for one in answer.regions:
        number = rm.source(one.definition.source).number
        part = _("only {units}", units=cards.unit_names(one.part, language)) if one.part else ""
        cited = " · ".join(filter(None, [f"{number} {one.definition.item}", part]))
        lines.append(f"<li>{style.in_language(one.region.name, language)} <small>{escaped(cited)}</small></li>")
    st.html(f'<ul class="rm-list">{"".join(lines)}</ul>')


def _pilots(answer: PlaceAnswer, language: str) -> None:
    _ = state.words()
    if not answer.pilots:
        return
    now = [one for one in answer.pilots if one.status is not PilotStatus.ENDED]
    over = [one for one in answer.pilots if one.status is PilotStatus.ENDED]
    style.head(_("Pilot lists"), len(now))
    if now:
        st.html(f'<ul class="rm-list">{_pilot_lines(now, language)}</ul>')
    if over:
        head = escaped(_("Pilot lists whose term is over"))
        st.html(
            f'<details class="rm-fold"><summary>{head} <small>{len(over)}</small></summary>'
            f'<ul class="rm-list">{_pilot_lines(over, language)}</ul></details>'
        )


def _pilot_lines(listed: list[PilotListing], language: str) -> str:
    lines = []
    for one in listed:
        words = [one.batch.name[language], one.batch.number, one.when[language], EVIDENCE[one.place.evidence][language]]
        if one.status is PilotStatus.DAY_UNKNOWN:
            words.append(PILOT_STATUSES[one.status][language])
        note = f" {one.place.note[language]}" if one.place.note is not None else ""
        lines.append(
            f"<li><b>{style.in_language(STANDINGS[one.batch.standing], language)}</b> "
            f"{style.in_language(one.programme.name, language)} · {escaped(one.says[language] + note)} "
            f"<small>{escaped(' · '.join(filter(None, words)))}</small></li>"
        )
    return "".join(lines)


def _industries(answer: PlaceAnswer, language: str) -> None:
    _ = state.words()
    if not answer.industries:
        style.note(_("The loaded documents have no rule in force here."))

    def made() -> str:
        lines = []
        for one in answer.industries:
            name = escaped(one.industry.name[language] if one.industry is not None else _("Every industry"))
            chip = style.chip(one.ruling.value, ruling_words(one.ruling, one.extent)[language])
            lines.append(cards.lines_html(f"{name} {chip}", one.findings, language))
        return "".join(lines)

    key = f"fold-industries-{answer.place.code}"
    folds.opened(_("Rules in force here, by industry"), len(answer.industries), made, key)
