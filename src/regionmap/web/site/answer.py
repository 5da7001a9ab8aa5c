"""The answer of a site check: read in five seconds, everything else a line that opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import streamlit as st

from regionmap.i18n import joined, tn
from regionmap.model import Status
from regionmap.rules.matching.finding import Aspect, Finding
from regionmap.rules.parks import ParkListing, parks_at
from regionmap.rules.verdict import asks
from regionmap.rules.verdict.answers import Caveat, CaveatKind, Verdict
from regionmap.rules.verdict.explanation import beside_meaning
from regionmap.rules.verdict.ruling import lapsed
from regionmap.web import service, state
from regionmap.web.parts import cards, style
from regionmap.web.parts import parks as park_views
from regionmap.web.parts.folds import opened
from regionmap.web.site.alternatives import Alternative, alternatives
from regionmap.words import ASPECTS, EFFECTS, STATUSES

Words = Callable[..., str]
# What changes how the verdict itself is read, and so stands under it; the rest is beside its rule or in a fold.
_GRAVE = frozenset(
    {
        CaveatKind.LAPSED_STRICTER,
        CaveatKind.AS_OF,
        CaveatKind.BEFORE_FIRST,
        CaveatKind.OPEN_INDUSTRY,
        CaveatKind.OLD_CODE,
        CaveatKind.OUT_OF_SCOPE,
        CaveatKind.OUTSIDE,
        CaveatKind.PLACE_READING,
        CaveatKind.UNIT_CHANGED,
        CaveatKind.NEAR_BOUNDARY,
        CaveatKind.NEAR_LIMIT,
        CaveatKind.DATE_UNKNOWN,
    }
)


def headline(found: Verdict, language: str, place: str, _: Words) -> None:
    """Write the verdict, the rule that decides it with its words, and what would change it."""
    cards.verdict(found, language, place, _)
    cards.caveats([one for one in beside_meaning(found) if one.kind in _GRAVE], language)
    if found.deciding:
        cards.findings(found.deciding[:1], language, _, reasons=False)
    asked = (found.place.code, found.point, found.subject.id, found.subject.code, found.action, found.date)
    _changes(_alternatives(repr(asked), found), language, _)


@st.cache_data(show_spinner=False, max_entries=256)
def _alternatives(asked: str, _found: Verdict) -> tuple[Alternative, ...]:
    """Kept by what was asked: other days and other places are judged for it, which takes longer than the verdict."""
    return alternatives(service.loaded(), _found)


def _changes(found: Sequence[Alternative], language: str, _: Words) -> None:
    if found:
        rows = "".join(
            f"<dt>{style.in_language(one.what, language)}</dt><dd>{style.in_language(one.said, language)}</dd>"
            for one in found
        )
        head = style.said(_("What would change it"))
        st.html(f'<section class="rm-changes"><h2>{head}</h2><dl>{rows}</dl></section>')


def folds(found: Verdict, language: str, _: Words) -> None:
    """Write the rest of the answer, a line each: what else binds, what hangs on the site, what fell away, and so on.

    What a line holds is made and sent when it is opened: together they are many times the rest of the page.
    """
    binding = [one for one in found.findings if one.decides and one.provision.actions]
    deciding = {one.provision.id for one in found.deciding[:1]}
    also = [one for one in binding if one.provision.id not in deciding]
    speaking = [one for one in found.findings if one not in binding]
    parks, remarks = _parks(found), _remarks(found)
    lines: list[tuple[str, str, int | None, str, Callable[[], str]]] = [
        (
            "conflicts",
            _("Rules that disagree"),
            len(found.conflicts),
            _("nothing is decided between them"),
            partial(cards.conflicts_html, found, language, _),
        ),
        ("also", _("Also binds"), len(also), _effects(also, language), partial(_cards, also, language, _)),
        (
            "asks",
            _("Depends on the site"),
            len(found.depends_on_site),
            _first_ask(found, language),
            partial(_asks, found, language, _),
        ),
        (
            "near",
            _("Near, but does not bind"),
            len(found.fell_away),
            _checked(found, _),
            partial(_near, found, language, _),
        ),
        (
            "passed",
            _("Not in force on this date"),
            len(found.not_in_force),
            _passed(found, language, _),
            partial(_cards, found.not_in_force, language, _),
        ),
        (
            "duties",
            _("Targets and duties of authorities"),
            len(speaking),
            _effects(speaking, language),
            partial(_cards, speaking, language, _),
        ),
        ("parks", _("Parks, new areas and zones"), len(parks), "", partial(park_views.folds_html, parks, language)),
        (
            "remarks",
            _("Remarks on these rules"),
            len({one.text.zh for one in remarks}),
            "",
            partial(cards.caveats_html, remarks, language),
        ),
        ("loaded", _("What is loaded"), None, _loaded(found, _), partial(_statement, found, language)),
    ]
    with st.container(key="rm-lines"):
        for name, head, count, line, make in lines:
            opened(head, count, make, f"fold-site-{name}", line)


def _statement(found: Verdict, language: str) -> str:
    return f"<p>{style.in_language(found.coverage.statement, language)}</p>"


def _cards(found: Iterable[Finding], language: str, _: Words) -> str:
    told: set[str] = set()
    return "".join(cards.finding_html(one, language, _, told=told) for one in found)


def _effects(found: Iterable[Finding], language: str) -> str:
    counted = Counter(EFFECTS[one.provision.effect][language] for one in found)
    return " · ".join(f"{words} {count}" for words, count in counted.most_common())


def _first_ask(found: Verdict, language: str) -> str:
    groups = asks.may_decide(found.depends_on_site)
    return groups[0].ask[language] if groups else ""


def _asks(found: Verdict, language: str, _: Words) -> str:
    may, anywhere = asks.may_decide(found.depends_on_site), asks.others(found.depends_on_site)
    words = style.said(_("Questions that may matter anywhere ({count})", count=len(anywhere)))
    head = f"<h3>{words}</h3>" if anywhere else ""
    return cards.asked_html(may, language, opened=True) + head + cards.asked_html(anywhere, language)


def _checked(found: Verdict, _: Words) -> str:
    return tn("{count} provision was checked", "{count} provisions were checked", found.coverage.provisions)[
        state.language()
    ]


def _near(found: Verdict, language: str, _: Words) -> str:
    told = [
        _("{aspect}: {count}", aspect=ASPECTS[Aspect(aspect)][language], count=number)
        for aspect, number in found.fell_counts
    ]
    rest = ""
    if told:
        words = _("Other provisions, counted by the first question that they fail: {counts}.", counts=" · ".join(told))
        rest = f'<p class="rm-note">{style.said(words)}</p>'
    return rest + _cards(found.fell_away, language, _)


def _passed(found: Verdict, language: str, _: Words) -> str:
    counted = Counter(STATUSES[one.status][language] for one in found.not_in_force)
    told = [f"{words} {count}" for words, count in counted.most_common()]
    if any(one.status is Status.HORIZON_PASSED for one in lapsed(found.not_in_force)):
        told.append(_("no repeal known"))
    return " · ".join(told)


def _remarks(found: Verdict) -> list[Caveat]:
    """The caveats that speak of single rules, and stand on no card."""
    on_cards = CaveatKind.PROVISION  # stands on the card of its rule
    return [one for one in found.caveats if one.kind not in _GRAVE and one.kind is not on_cards]


def _parks(found: Verdict) -> tuple[ParkListing, ...]:
    """The parks of the places that were asked for, each once."""
    rm = service.loaded()
    listed = (one for unit in found.places for one in parks_at(rm.catalogue, rm.gazetteer, unit, found.date))
    return tuple({(one.listed.id, one.park.printed): one for one in listed}.values())


def _loaded(found: Verdict, _: Words) -> str:
    one = found.coverage
    counts = [
        tn("{count} document", "{count} documents", one.sources),
        tn("{count} list of places", "{count} lists of places", len(service.loaded().catalogue.lists)),
        tn("{count} provision", "{count} provisions", one.provisions),
    ]
    words = joined(counts)[state.language()]
    if one.missing:
        missing = joined([cards.unit_text(unit) for unit in one.missing])
        words += " · " + _("no local law loaded for {places}", places=missing)
    return words
