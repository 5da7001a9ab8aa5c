"""Cards: a verdict, a rule with its citation and reasons, two rules in conflict. HTML with every value escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from regionmap.model import Rank, Ruling, Status, Text, Unit
from regionmap.output.escape import escaped
from regionmap.rules.matching.finding import Aspect, Finding
from regionmap.rules.search.browse import Rule
from regionmap.rules.verdict.answers import Caveat, Verdict
from regionmap.rules.verdict.asks import Asking
from regionmap.rules.verdict.explanation import boundary_text, local_text, meaning, other_province_text
from regionmap.rules.verdict.ruling import weight
from regionmap.web.parts import style
from regionmap.words import (
    ACTIONS,
    ASPECTS,
    DATUMS,
    EFFECTS,
    EVIDENCE,
    RANKS,
    SCOPES,
    STATUSES,
    ruling_words,
)

Words = Callable[..., str]
PLAIN = "plain"


def verdict(one: Verdict, language: str, place: str, _: Words) -> None:
    """Write the verdict: word, sign and colour, and what was asked."""
    subject = one.subject.heading[language]
    if one.subject.code:
        subject += f" (GB/T 4754 {one.subject.code})"
    asked = (place, subject, ACTIONS[one.action][language], one.date.isoformat())
    st.html(
        f'<section class="rm-verdict {one.ruling.value}" data-verdict="{one.ruling.value}">'
        f'<div class="word"><i aria-hidden="true">{style.MARKS[one.ruling.value]}</i>'
        f"<span>{style.in_language(ruling_words(one.ruling, one.extent), language)}</span></div>"
        f'<div class="what">{" · ".join(style.said(part) for part in asked)}</div>'
        f'<div class="means">{style.in_language(meaning(one), language)}</div>'
        f'<div class="means">{style.in_language(local_text(one), language)}</div>'
        f"{_point(one, language)}</section>"
    )


def _point(one: Verdict, language: str) -> str:
    if one.point is None:
        return ""
    told = [f"{one.point.lon:.5f}, {one.point.lat:.5f} ({DATUMS[one.point.datum][language]})"]
    told += [far[language] for far in (boundary_text(one), other_province_text(one)) if far is not None]
    return f'<div class="means">{style.said(" · ".join(told))}</div>'


def caveats(found: Sequence[Caveat], language: str) -> None:
    """Write what the user must know."""
    if found:
        st.html(caveats_html(found, language))


def caveats_html(found: Iterable[Caveat], language: str) -> str:
    """Return what the user must know as a list, each text once; empty for nothing."""
    texts = {one.text.zh: one.text for one in found}.values()
    if not texts:
        return ""
    lines = "".join(f"<li>{style.in_language(one, language)}</li>" for one in texts)
    return f'<ul class="rm-caveats">{lines}</ul>'


def findings(found: Iterable[Finding], language: str, words: Words, *, reasons: bool = True) -> None:
    """Write rules, each as a card."""
    made = "".join(finding_html(one, language, words, reasons=reasons) for one in found)
    if made:
        st.html(made)


def finding_html(one: Finding, language: str, _: Words, *, reasons: bool = True, told: set[str] | None = None) -> str:
    """Return a finding as a card: effect, citation, quote, summary, why, evidence and dates.

    ``told`` are caveats that stand on earlier cards of the page: they are not said again, and new ones are added.
    """
    kind = weight(one).value if one.status is Status.IN_FORCE and not one.fell_on else PLAIN
    part = ""
    if one.part:
        names = style.said(_("only {units}", units=unit_names(one.part, language)))
        part = f'<span class="rm-chip plain">{names}</span>'
    part += f'<span class="rm-chip plain">{style.in_language(SCOPES[one.scope], language)}</span>'
    ask = one.ask
    why = f'<p class="ask"><b>{style.in_language(ask, language)}</b></p>' if ask is not None else ""
    why += _reasons(one, language, _) if reasons else ""
    rule = Rule(one.provision, one.source, one.status)
    kind = PLAIN if kind == Ruling.NO_RULE.value else kind
    return _card(rule, language, _, kind=kind, part=part, why=why, told=told)


def rule_html(one: Rule, language: str, _: Words) -> str:
    """Return a provision by itself as a card."""
    return _card(one, language, _, kind=PLAIN)


def _card(
    one: Rule, language: str, _: Words, *, kind: str, part: str = "", why: str = "", told: set[str] | None = None
) -> str:
    """``part`` and ``why`` are HTML. Each language has its own words first: the quote is Chinese, the summary both."""
    provision, source, status = one.provision, one.source, one.status
    passed = status is not None and status is not Status.IN_FORCE
    dates = [_("In force from {day}", day=provision.in_force_from.isoformat())]
    if provision.in_force_until is not None:
        dates.append(_("until {day}", day=provision.in_force_until.isoformat()))
    if provision.horizon is not None:
        dates.append(_("its own targets run to {day}", day=provision.horizon.isoformat()))
    standing = style.chip("old", STATUSES[status][language]) if passed and status is not None else ""
    addressee = provision.addressee
    whom = _("Addressed to: {whom}", whom=addressee[language]) if addressee else ""
    to_whom = f"<p>{style.said(whom)}</p>" if whom else ""
    new = [text for text in provision.caveats if told is None or text.zh not in told]
    caveat = "".join(f"<p>※ {style.in_language(text, language)}</p>" for text in new)
    if told is not None:
        told.update(text.zh for text in new)
    quote = f'<blockquote lang="zh-Hans">「{escaped(provision.quote)}」</blockquote>'
    summary = f'<p class="summary">{style.in_language(provision.summary, language)}</p>'
    words = summary + quote if language == "en" else quote + summary
    return (
        f'<article class="rm-card{" old" if passed else ""}" data-provision="{escaped(provision.id)}">'
        f"<header>{style.chip(kind, EFFECTS[provision.effect][language])}{standing}"
        f'<span class="number">{style.said(source.number or source.title[language])}</span>'
        f"<span>{style.said(provision.item)}</span>{part}"
        f'<span class="title">{style.said(title(source.title, language))}</span></header>'
        f"{words}{to_whom}{caveat}{why}"
        f"<footer><span>{style.in_language(EVIDENCE[provision.evidence], language)}</span>"
        f"<span>{style.said(' · '.join(dates))}</span></footer></article>"
    )


def asked_html(found: Sequence[Asking], language: str, *, opened: bool = False) -> str:
    """Return questions, each with the rules that hang on it as a list to open."""
    return "".join(
        lines_html(style.in_language(one.ask, language), one.findings, language, opened=opened) for one in found
    )


def lines_html(head: str, found: Sequence[Finding], language: str, *, opened: bool = False) -> str:
    """Return rules as a list to open: effect, citation and quote of each. ``head`` is HTML."""
    return (
        f'<details class="rm-fold"{" open" if opened else ""}><summary>{head} <small>{len(found)}</small></summary>'
        f"{list_html(found, language)}</details>"
    )


def list_html(found: Iterable[Finding], language: str) -> str:
    """Return rules as a list: effect, citation and quote of each."""
    return f"<ul>{''.join(_line(one, language) for one in found)}</ul>"


def _line(one: Finding, language: str) -> str:
    """A rule on a line: in English its summary stands before the Chinese quote."""
    ruled = weight(one).value if one.status is Status.IN_FORCE else Ruling.NO_RULE.value
    kind = "plain" if ruled == Ruling.NO_RULE.value else ruled
    standing = "" if one.status is Status.IN_FORCE else style.chip("old", STATUSES[one.status][language])
    summary = f"<br>{style.in_language(one.provision.summary, language)}" if language == "en" else ""
    return (
        f'<li data-provision="{escaped(one.provision.id)}">{style.chip(kind, EFFECTS[one.provision.effect][language])}'
        f"{standing} <b>{style.said(one.source.number or one.source.title[language])}</b> "
        f"{style.said(one.provision.item)}"
        f'{summary}<q lang="zh-Hans">{escaped(one.provision.quote)}</q></li>'
    )


def title(text: Text, language: str) -> str:
    """Return a document's title: in 《》 in Chinese."""
    return f"《{text.zh}》" if language == "zh" and not text.zh.startswith("《") else text[language]


def _reasons(one: Finding, language: str, _: Words) -> str:
    because = one.because
    told = {
        Aspect.PLACE: because.place,
        Aspect.INDUSTRY: because.industry,
        Aspect.ACTION: because.action,
        Aspect.DATE: because.date,
    }
    rows = "".join(
        f'<dt>{style.in_language(ASPECTS[aspect], language)}</dt><dd class="{"fell" if aspect in one.fell_on else ""}">'
        f"{style.in_language(text, language)}</dd>"
        for aspect, text in told.items()
    )
    why = _("Why")
    return f"<details><summary>{style.said(why)}</summary><dl>{rows}</dl></details>"


def conflicts_html(one: Verdict, language: str, _: Words) -> str:
    """Return rules that disagree side by side, with what is known of rank and date. Nothing is decided here."""
    by_id = {finding.provision.id: finding for finding in one.findings}
    pairs = [(by_id[against], by_id[favour]) for against, favour in one.conflicts]
    if not pairs:
        return ""
    note = _("Both are in force. The program shows rank and date and does not decide between them.")
    # Every rule against stands in conflict with every rule in favour: each is written once.
    sides = [list({finding.provision.id: finding for finding in side}.values()) for side in zip(*pairs, strict=True)]
    made = "".join(f"<div>{_column(side, language, _)}</div>" for side in sides)
    return f'<p class="rm-note">{style.said(note)}</p><div class="rm-pair">{made}</div>'


def _column(side: Sequence[Finding], language: str, _: Words) -> str:
    cards = "".join(_side(finding, language, _) for finding in side[:2])
    more = _("More on this side")
    return cards + (lines_html(style.said(more), side[2:], language) if side[2:] else "")


def _side(one: Finding, language: str, _: Words) -> str:
    rank: Rank = one.source.rank
    known = _("Rank: {rank} · issued {day}", rank=RANKS[rank][language], day=one.source.issued or _("day not printed"))
    return (
        f'<article class="rm-card"><header>{style.chip(weight(one).value, EFFECTS[one.provision.effect][language])}'
        f'<span class="number">{style.said(one.source.number)}</span>'
        f"<span>{style.said(one.provision.item)}</span></header>"
        f'<blockquote lang="zh-Hans">「{escaped(one.provision.quote)}」</blockquote>'
        f"<footer><span>{style.said(known)}</span></footer></article>"
    )


def unit_text(unit: Unit) -> Text:
    """Return the name of a unit in both languages."""
    return Text(unit.name, unit.name_en)


def unit_names(units: Iterable[Unit], language: str) -> str:
    """Return the names of units in one language."""
    return ", ".join(one.name_en for one in units) if language == "en" else "、".join(one.name for one in units)
