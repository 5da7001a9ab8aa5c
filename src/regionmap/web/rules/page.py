"""The rules page: search in both languages, facets whose counts add up, and each rule with its words and its map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from regionmap.errors import InputError
from regionmap.model import Effect, Status
from regionmap.output.figures import number_text
from regionmap.output.maps import feature_group
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.rules.search.browse import Rule
from regionmap.web import service, state
from regionmap.web.parts import cards, error_report, fold, frame, leaflet, page_head, pickers, style, tables
from regionmap.web.parts.row_table import row_table
from regionmap.web.parts.rulings_view import listed
from regionmap.web.rules import views as rule_views
from regionmap.words import EFFECTS, STATUSES

Words = Callable[..., str]
ANY = ""
_FACETS: dict[str, Callable[[Rule], str]] = {
    "source": lambda one: one.source.id,
    "effect": lambda one: one.provision.effect.value,
    "status": lambda one: one.status.value if one.status is not None else ANY,
}


def page() -> None:
    """Write the page."""
    _ = state.words()
    frame.messages()
    page_head.title(
        "rules", _("Rules"), _("Every provision of every loaded document: search its words, narrow it down, open it.")
    )
    with st.container(key="rm-fold"):
        fold.button(_asked(), _)
        controls = st.container(border=True, key="rm-narrow")
    with controls:
        left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
        with left:
            st.text_input(
                _("Words (Chinese or English)"),
                placeholder=_("for example 错峰, 水泥 or replacement"),
                max_chars=100,
                **state.bound("text", state.get("text")),
            )
        with middle:
            _only_industry(_)
        with right:
            pickers.date(_)
        pickers.document(_)
    found = _found(_)  # what is wrong stands below, where it is seen while the controls are folded
    if found is None:
        return
    with controls:
        _facets(found, _)
    _say_unknown(_)
    chosen = narrowed(found, {name: state.get(name) for name in _FACETS})
    _list(chosen, _)


def narrowed(rules: Sequence[Rule], choice: dict[str, str], leave_out: str = "") -> list[Rule]:
    """Return the rules that pass every chosen facet but the one left out."""
    wanted = {name: value for name, value in choice.items() if value and name != leave_out}
    return [one for one in rules if all(_FACETS[name](one) == value for name, value in wanted.items())]


def counted(rules: Sequence[Rule], choice: dict[str, str], facet: str) -> Counter[str]:
    """Return how many rules each value of a facet would show; they add up to all that the other facets let through."""
    return Counter(_FACETS[facet](one) for one in narrowed(rules, choice, leave_out=facet))


def _asked() -> str:
    """Return what the controls say now, in short."""
    industry = service.industry_name(state.get("only"), state.language())
    chosen = (state.get(name) for name in ("text", "within", "source"))
    return " · ".join(filter(None, [*chosen, industry, state.date().isoformat()]))


def _only_industry(_: Words) -> None:
    labels = service.industry_labels(state.language())
    chosen = state.get("only")
    options = [ANY, *labels] if chosen in {ANY, *labels} else [ANY, chosen, *labels]
    st.selectbox(
        _("Industry"),
        options,
        format_func=lambda one: labels.get(one, one) or _("every industry"),
        accept_new_options=True,
        **state.bound("only", chosen, to_text=lambda answer: str(answer).strip()[:100]),
    )


def _found(_: Words) -> tuple[Rule, ...] | None:
    try:
        return service.loaded().rules(
            state.get("text").strip() or None,
            industry=state.get("only") or None,
            place=state.get("within").strip() or None,
            on=state.date(),
        )
    except InputError as error:
        of_place = isinstance(error, (AmbiguousPlaceError, UnknownPlaceError))
        frame.refuse(error, asked=state.get("within" if of_place else "only"))
        return None


def _facets(found: Sequence[Rule], _: Words) -> None:
    language, rm = state.language(), service.loaded()
    choice = {name: state.get(name) for name in _FACETS}
    names: dict[str, tuple[str, Callable[[str], str]]] = {
        "source": (_("Document"), lambda value: rm.source(value).number),
        "effect": (_("Effect"), lambda value: EFFECTS[Effect(value)][language]),
        "status": (_("Status on the date"), lambda value: STATUSES[Status(value)][language]),
    }
    place, *columns = st.columns([1, 1.4, 1, 1])
    with place:
        st.text_input(
            _("Reaching this place"), placeholder="保定", max_chars=60, **state.bound("within", state.get("within"))
        )
    for column, (name, (label, words)) in zip(columns, names.items(), strict=True):
        counts = counted(found, choice, name)
        options = _ordered(name, counts, choice[name])
        with column:
            st.selectbox(
                label,
                [ANY, *options],
                format_func=_option(words, counts, _("all")),
                **state.bound(name, choice[name]),
            )


def _ordered(name: str, counts: Counter[str], chosen: str) -> list[str]:
    """Return the values of a facet: documents by date, others by frequency; a chosen one stays to be taken back."""
    if name == "source":
        known: Iterable[str] = (one.id for one in service.loaded().sources())
        return [one for one in known if counts[one] or one == chosen]
    return [value for value, _count in counts.most_common()] + ([chosen] if chosen and not counts[chosen] else [])


def _option(words: Callable[[str], str], counts: Counter[str], every: str) -> Callable[[str], str]:
    def label(value: str) -> str:
        return f"{words(value)} ({counts[value]})" if value else f"{every} ({counts.total()})"

    return label


def _say_unknown(_: Words) -> None:
    """Say that the address asks for a rule that is not loaded: what is opened instead is another one."""
    asked = state.get("rule")
    if asked and all(one.id != asked for one in service.loaded().catalogue.provisions):
        frame.refuse_words(_("No rule is called '{asked}': the first of the list is opened.", asked=asked))


def _list(rules: Sequence[Rule], _: Words) -> None:
    language = state.language()
    english = language == "en"
    style.head(_("Provisions"), len(rules))
    if not rules:
        style.note(_("No loaded provision holds all of this. That does not mean that there is no such rule."))
        return
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        # The words are Chinese: who reads the page in English finds a rule by its summary.
        summary = [_("Summary")] if english else []
        header = [_("Document and item"), _("Effect"), *summary, _("Words"), _("Status on the date")]
        body = [
            [
                f"{one.source.number} {one.provision.item}",
                EFFECTS[one.provision.effect][language],
                *([one.provision.summary.en] if english else []),
                one.provision.quote,
                STATUSES[one.status][language] if one.status is not None else "",
            ]
            for one in rules
        ]
        picked = _table(header, body, [one.provision.id for one in rules])
        st.download_button(
            _("Download as CSV"), tables.to_csv(header, body), "regionmap-rules.csv", "text/csv", on_click="ignore"
        )
    by_id = {one.provision.id: one for one in rules}
    with right:
        _detail(by_id.get(picked) or rules[0], _)


def _table(header: list[str], body: list[list[str]], ids: Sequence[str]) -> str:
    """Write the list; return the id of the rule to open: the row chosen last, else the one in the address."""
    _, opened = state.words(), state.get("rule")
    row_table(
        header,
        body,
        key="rows-rules",
        label=_("Provisions: a chosen row is opened"),
        widths=(190, 92, *[330] * (len(header) - 3), 92),
        height=600,
        selected=ids.index(opened) if opened in ids else None,
        choose=lambda row: state.put(rule=ids[row]),
    )
    return opened


def _detail(one: Rule, _: Words) -> None:
    rm, language, on = service.loaded(), state.language(), state.date()
    provision = one.provision
    st.html(cards.rule_html(one, language, _))
    if provision.numbers:
        figures = listed((number_text(one)[language] for one in provision.numbers), language)
        style.note(_("Figures: {list}.", list=figures))
    where = rule_views.where_text(rm, provision, on)
    style.note(_("Where: {where}.", where=where[language]))
    layer = rule_views.where_layer(rm, provision, on, language)
    if layer is not None:
        leaflet.show_map(service.plain_base(), [feature_group(layer)], key="rule", height=300)
    known = f"{provision.id} · {provision.file}:{provision.line}"
    style.note(known if one.source.bundled else _("{known} · from your own folder, not bundled", known=known))
    error_report.link(provision.id, _)
