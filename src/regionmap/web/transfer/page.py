"""The transfer page: where an industry could go from a place, and which industries a place is guided to take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import streamlit as st

from regionmap.errors import InputError
from regionmap.model import Level
from regionmap.output.escape import escaped
from regionmap.output.maps import feature_group
from regionmap.rules.transfer.answers import Tier, TransferAnswer
from regionmap.rules.verdict.answers import CaveatKind
from regionmap.rules.verdict.explanation import meaning
from regionmap.rules.verdict.ruling import RESTRICTING
from regionmap.web import service, state
from regionmap.web.parts import cards, fold, folds, frame, leaflet, page_head, pickers, place_panel, style
from regionmap.web.parts.row_table import row_table
from regionmap.web.parts.shapes import name
from regionmap.web.transfer import compare as transfer_compare
from regionmap.web.transfer import files as transfer_files
from regionmap.web.transfer import reverse as transfer_reverse
from regionmap.web.transfer import views as transfer_views
from regionmap.web.transfer.views import Choice, Reached
from regionmap.words import LEVELS, TIERS, ruling_words

MAP_HEIGHT = 440
_TABLE_HEIGHT = 300
_DISTANCES = ("300", "500", "800", "1000", "1500", "2000")
_SHOWN_CARDS = 3
Words = Callable[..., str]


def page() -> None:
    """Write the page."""
    _ = state.words()
    frame.messages()
    page_head.title(
        "transfer",
        _("Where it could go"),
        _("What pushes an industry out of a place, where documents guide it to, and what stands against it there."),
    )
    ways = {"from": _("From a place: where could it go?"), "to": _("To a place: which industries?")}
    way = state.get("way")
    with st.container(key="rm-way"):
        st.segmented_control(
            _("Question"),
            list(ways),
            format_func=ways.__getitem__,
            label_visibility="collapsed",
            **state.bound("way", way),
        )
    if way == "to":
        transfer_reverse.page(_)
        return
    above = st.container()
    answer = _answer(_)
    # Without an answer there is nothing that the controls would be in the way of.
    with above, st.container(key="rm-fold" if answer is not None else "rm-open"):
        if answer is not None:
            fold.button(_head(answer), _)
        with st.container(key="rm-controls"):
            _question(_)
    if answer is not None:
        _show(answer, _)


@st.cache_resource(show_spinner=False, max_entries=32)
def _asked(origin: str, industry: str, on: dt.date) -> tuple[TransferAnswer, tuple[Reached, ...]]:
    answer = service.loaded().transfer(origin, industry=industry, on=on)
    return answer, transfer_views.reached(answer)


def _question(_: Words) -> None:
    first, second, third = st.columns([1.2, 1.6, 1], vertical_alignment="bottom")
    with first:
        st.text_input(
            _("Origin (name or code)"),
            placeholder=_("for example 上海, Shanghai or 310000"),
            max_chars=60,
            **state.bound("origin", state.get("origin"), to_text=lambda answer: answer.strip()[:60]),
        )
    with second:
        pickers.industry(_)
    with third:
        pickers.date(_)


def _filters(_: Words) -> None:
    language, rm = state.language(), service.loaded()
    areas = {one.code: name(one, language) for one in rm.gazetteer.units(Level.PROVINCE)}
    areas |= {one.id: one.name[language] for one in rm.regions()}
    tiers = {tier.value: TIERS[tier][language] for tier in (Tier.NAMED, Tier.CLASS)}
    levels = {level.value: LEVELS[level][language] for level in Level}
    into, tier, level, far, clear = st.columns([1.4, 1, 1, 1, 1.3], vertical_alignment="bottom")
    with into:
        _select("into", _("In province or region"), areas, _("the whole country"))
    with tier:
        _select("tier", _("Tier"), tiers, _("all"))
    with level:
        _select("level", _("Level"), levels, _("all"))
    with far:
        limits = dict.fromkeys(_DISTANCES, "") | ({state.get("km"): ""} if state.get("km") else {})
        kilometres = {one: f"≤ {one} km" for one in sorted(limits, key=int)}
        _select("km", _("Distance from the origin"), kilometres, _("any"))
    with clear:
        st.toggle(
            _("Only places without obstacles"),
            **state.bound("clear", bool(state.get("clear")), to_text=lambda answer: "1" if answer else ""),
        )


def _select(key: str, label: str, names: dict[str, str], every: str) -> None:
    chosen = state.get(key)
    st.selectbox(
        label,
        ["", *names],
        format_func=lambda one: names.get(one, every),
        **state.bound(key, chosen if chosen in names else ""),
    )


def _choice() -> Choice:
    rm, into, km = service.loaded(), state.get("into"), state.get("km")
    known = {one.id for one in rm.regions()}
    area = rm.region_area(into, state.date()) if into in known else frozenset()
    usable = into in known or (into.isdigit() and into in {one.code for one in rm.gazetteer.units(Level.PROVINCE)})
    return Choice(
        tier=state.get("tier"),
        level=state.get("level"),
        clear=bool(state.get("clear")),
        into=into if usable else "",
        area=area,
        km=float(km) if km else None,
        on=state.date(),
    )


def _answer(_: Words) -> TransferAnswer | None:
    origin, industry = state.get("origin"), state.get("industry")
    if not origin:
        _examples(_)
        return None
    try:
        service.loaded().subject(industry)
    except InputError as error:
        frame.refuse(error, asked=industry)
        return None
    try:
        return _asked(origin, industry, state.date())[0]
    except InputError as error:
        pickers.refused_place(error, _, lambda code: state.put(origin=code), asked=origin)
        return None


def _examples(_: Words) -> None:
    style.note(_("Name an origin, for example:"))
    with st.container(horizontal=True):
        for code in ("310000", "320500", "441900", "130200"):
            unit = service.loaded().gazetteer.unit(code)
            if st.button(name(unit, state.language()), key=f"example-{code}"):
                state.put(origin=code)
                st.rerun()


def _head(answer: TransferAnswer) -> str:
    language = state.language()
    return f"{name(answer.origin, language)} · {answer.subject.heading[language]} · {answer.date.isoformat()}"


def _show(answer: TransferAnswer, _: Words) -> None:
    st.html(f'<h2 class="rm-head" data-origin="{escaped(answer.origin.code)}">{style.said(_head(answer))}</h2>')
    _destinations(answer)
    _compare(answer)
    _not_drawn(answer, _)


@st.fragment
def _destinations(answer: TransferAnswer) -> None:
    """Write filters, map and table of the destinations: another filter runs, and sends, nothing else."""
    _, rm = state.words(), service.loaded()
    state.write()
    every = _asked(state.get("origin"), state.get("industry"), state.date())[1]
    if every:
        with st.container(key="rm-filters"):
            _filters(_)
    choice = _choice()
    if state.get("into") and not choice.into:
        st.warning(
            frame.escape_markdown(
                _("No province or region is called '{asked}': all are shown.", asked=state.get("into"))
            )
        )
    shown = transfer_views.narrowed(rm, every, choice)
    _told(answer, every, shown, _)
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        _map(answer, shown, _)
    with right:
        _push(answer, _)
    if shown:
        _table(answer, shown, _)


def _told(answer: TransferAnswer, every: Sequence[Reached], shown: Sequence[Reached], _: Words) -> None:
    clear = sum(not transfer_views.opposed(one.found) for one in shown)
    if not every:
        for one in answer.caveats:
            if one.kind in {CaveatKind.DATE_UNKNOWN, CaveatKind.READ_PART}:
                st.info(frame.escape_markdown(one.text[state.language()]))
    elif not shown:
        st.info(_("No destination passes the filters: widen them. Without them there are: {count}.", count=len(every)))
    else:
        style.note(
            _(
                "Destinations shown: {count} of {total}; without anything loaded against them: {clear}.",
                count=len(shown),
                total=len(every),
                clear=clear,
            )
        )


@st.fragment
def _compare(answer: TransferAnswer) -> None:
    """Write the comparison: another place in it runs, and sends, nothing else."""
    state.write()
    transfer_compare.section(answer, state.words())


def _map(answer: TransferAnswer, shown: Sequence[Reached], _: Words) -> None:
    language = state.language()
    layer = transfer_views.layer(service.loaded(), answer.origin, shown, language, answer.date)
    try:
        with st.container(key="rm-map"):
            base = service.national_base()
            leaflet.show_map(base, [feature_group(layer)], key="transfer", height=MAP_HEIGHT)
    except InputError as error:
        frame.refuse(error)
        return
    lines = "".join(
        f"<li>{style.swatch(one.fill, circle=one.circle)}<span>{style.in_language(one.words, language)} "
        f"<small>{style.said(_('destinations: {count}', count=one.count))}</small></span></li>"
        for one in transfer_views.legend(shown)
    )
    origin = f"<li>{style.swatch('#fff6d6')}<span>{style.said(_('The origin'))}</span></li>"
    st.html(f'<ul class="rm-legend" aria-label="{escaped(_("Legend"))}">{lines}{origin}</ul>')
    if shown:
        style.note(
            _(
                "Lines lead to the first {count}. A line joins two label points and is no route.",
                count=min(len(shown), transfer_views.BEST),
            )
        )


def _push(answer: TransferAnswer, _: Words) -> None:
    language = state.language()
    push = answer.push
    rules = [one for one in push.findings if one.decides and one.provision.effect in RESTRICTING]
    place = place_panel.full_name(answer.origin, answer.date, language)
    style.head(_("The push at the origin: rules in force against this industry in {place}", place=place), len(rules))
    asked = _("A new plant there on this date:")
    chip = style.chip(push.ruling.value, ruling_words(push.ruling, push.extent)[language])
    st.html(
        f'<p class="rm-lead" data-push="{push.ruling.value}">{style.said(asked)} {chip}</p>'
        + style.notes_html([meaning(push)[language]])
    )
    if not rules:
        style.note(_("No loaded rule in force pushes this industry out of here. Destinations are shown all the same."))
        return
    with st.container(height=MAP_HEIGHT - 60, border=False, key="rm-panel"):
        cards.findings(rules[:_SHOWN_CARDS], language, _, reasons=False)
        if rules[_SHOWN_CARDS:]:
            st.html(cards.lines_html(style.said(_("More rules at the origin")), rules[_SHOWN_CARDS:], language))


def _table(answer: TransferAnswer, shown: Sequence[Reached], _: Words) -> None:
    style.head(_("Destinations, best first"), len(shown))
    style.note(
        _(
            "Order: the tier, then the strictest rule against the place, then how many, then the evidence, then the "
            "code. Distance is geodesic, between label points."
        )
    )
    header, body = transfer_views.cells(shown, service.loaded(), state.language(), _)
    row_table(
        header,
        body,
        key="table-transfer",
        label=_("Destinations, best first"),
        widths=transfer_views.WIDTHS,
        height=_TABLE_HEIGHT,
    )
    stem = f"regionmap-transfer-{answer.origin.code}-{answer.subject.id}-{answer.date.isoformat()}"
    transfer_files.buttons(header, body, [one.found.place.code for one in shown], stem)


def _not_drawn(answer: TransferAnswer, _: Words) -> None:
    """Write what the map leaves out and what the reader must know, a line each to open."""
    language = state.language()
    lines = "".join(
        f"<li><b>{style.said(f'“{one.undefined[language]}”' if one.undefined else '')}</b> "
        f"{style.in_language(transfer_views.why(one), language)} "
        f'<q lang="zh-Hans">{escaped(one.provision.quote if one.provision else "")}</q></li>'
        for one in answer.undefined
    )
    opened = _(
        "Prefecture-level units that are open: {count}. Nothing loaded speaks for them or against them. That does not "
        "say that they are no destinations.",
        count=len(answer.open_places),
    )
    loaded = style.in_language(answer.coverage.statement, language)
    caveats = cards.caveats_html(answer.caveats, language)
    undrawn = _("Not drawn: classes of area that no loaded list defines")
    folds.write(
        [
            folds.fold(undrawn, len(answer.undefined), "", f'<ul class="rm-list">{lines}</ul>'),
            folds.fold(
                _("Open places"),
                len(answer.open_places),
                _("prefecture-level units of which nothing loaded speaks"),
                f"<p>{style.said(opened)}</p>",
            ),
            folds.fold(_("Remarks on these rules"), len(answer.caveats), "", caveats),
            folds.fold(_("What is loaded"), None, "", f"<p>{loaded}</p>"),
        ]
    )
