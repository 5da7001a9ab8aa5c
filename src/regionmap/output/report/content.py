"""What a site report says, in one language: the question, the verdict, every rule, and what the answer rests on.

Made once; the HTML page and the Word file only lay it out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from regionmap.api import Regionmap
from regionmap.i18n import translator
from regionmap.model import Status, Unit
from regionmap.output.json.answers import verdict_json
from regionmap.resources import ATTRIBUTION
from regionmap.rules.matching.finding import Aspect, Finding
from regionmap.rules.verdict.answers import CaveatKind, Verdict
from regionmap.rules.verdict.asks import by_question
from regionmap.rules.verdict.explanation import beside_meaning, local_text, meaning
from regionmap.rules.verdict.ruling import weight
from regionmap.version import __version__
from regionmap.words import (
    ACTIONS,
    DATUMS,
    EFFECTS,
    EVIDENCE,
    STATUSES,
    in_metres,
    ruling_words,
)

ANSWER_PART = "regionmap/answer.json"
"""Where the JSON lies in the package of a Word file."""

Why = Callable[[Finding], tuple[Aspect, ...]]
"""Which reasons of a finding a section gives."""


@dataclass(frozen=True)
class RuleEntry:
    """One rule of the report. ``kind`` is the ruling that its effect gives; ``notes`` are caveats and reasons."""

    provision: str
    kind: str
    effect: str
    number: str
    item: str
    title: str
    quote: str
    summary: str
    basis: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Rules under one heading; ``ask`` is the question that all of them hang on, if any."""

    rules: tuple[RuleEntry, ...]
    ask: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the report. ``full``: rules with their summaries and reasons, else a line or two for each."""

    heading: str
    note: str
    groups: tuple[Group, ...]
    full: bool = False


@dataclass(frozen=True)
class Report:
    """A site report in one language.

    ``facts`` are label and value of the question; ``answer`` is the JSON of ``check --json`` and ``digest`` its
    SHA-256 over UTF-8, in hexadecimal; ``link`` opens the same question in the app, empty for a drawn area, which no
    address holds; ``words`` are the headings and captions that the layouts add.
    """

    language: str
    title: str
    word: str
    kind: str
    meanings: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    decides: Section | None
    sections: tuple[Section, ...]
    shares: tuple[tuple[str, str, str], ...]
    coverage: str
    basis: tuple[tuple[str, str], ...]
    link: str
    answer: str
    digest: str
    words: Mapping[str, str]


def report_of(verdict: Verdict, rm: Regionmap, language: str, address: str = "") -> Report:
    """Return the report of a verdict.

    Args:
        verdict: the answer of ``check``.
        rm: what gave the answer.
        language: ``zh`` or ``en``.
        address: where the app is served (``https://example.org/regionmap``), for the link to the same question;
            without it the link begins at ``site``.
    """
    _ = translator(language)
    answer = json.dumps(verdict_json(verdict, rm), ensure_ascii=False, indent=1)
    digest = hashlib.sha256(answer.encode()).hexdigest()
    as_of = verdict.coverage.as_of
    return Report(
        language=language,
        title=_("Site report"),
        word=ruling_words(verdict.ruling, verdict.extent)[language],
        kind=verdict.ruling.value,
        meanings=(meaning(verdict)[language], local_text(verdict)[language]),
        facts=tuple(_facts(verdict, rm, language)),
        # What a single rule carries stands beside that rule.
        caveats=tuple(one.text[language] for one in beside_meaning(verdict) if one.kind is not CaveatKind.PROVISION),
        decides=_decides(verdict, language),
        sections=tuple(one for one in _sections(verdict, language) if one.groups),
        shares=tuple((one.unit.code, _name(one.unit, language), f"{one.share:.1%}") for one in verdict.shares),
        coverage=verdict.coverage.statement[language],
        basis=(
            (_("Program"), f"regionmap {__version__}"),
            (_("Catalogue"), verdict.catalogue),
            (_("Documents collected up to"), as_of.isoformat() if as_of is not None else _("not stated")),
            (_("SHA-256 of the answer"), digest),
        ),
        link=_link(verdict, language, address),
        answer=answer,
        digest=digest,
        words=_words(language),
    )


def _words(language: str) -> Mapping[str, str]:
    """What the layouts write of their own: headings and captions."""
    _ = translator(language)
    return {
        "map": _("Map of the place and its neighbours"),
        "caption": _(
            "Boundaries: {source}. The map shows where the place lies; the answer comes from the rules.",
            source=ATTRIBUTION.replace(", ", "，") if language == "zh" else ATTRIBUTION,
        ),
        "shares": _("Units that the area touches"),
        "caveats": _("What must be known beside the verdict"),
        "coverage": _("What was looked at"),
        "link": _("The same question in the app"),
        "data": _("The answer as data"),
        "json": _("JSON of regionmap check --json; its SHA-256 stands above"),
        "part": _(
            "The JSON of regionmap check --json is enclosed in this file (which is a ZIP) as {part}.",
            part=ANSWER_PART,
        ),
    }


def _facts(verdict: Verdict, rm: Regionmap, language: str) -> Iterable[tuple[str, str]]:
    _ = translator(language)
    yield (
        _("Place"),
        ("; " if language == "en" else "；").join(
            _full_name(one, rm, verdict.date, language) for one in verdict.places[:12]
        )
        + (_(" and {count} more", count=f"{len(verdict.places) - 12:,}") if len(verdict.places) > 12 else ""),
    )
    point = verdict.point
    if point is not None:
        yield (
            _("Point"),
            _("{lon}, {lat}; {datum}", lon=f"{point.lon:.6f}", lat=f"{point.lat:.6f}", datum=DATUMS[point.datum]),
        )
        if point.boundary_m is not None and point.beyond is not None:
            yield (
                _("Nearest other answer"),
                _("{distance}, in {place}", distance=in_metres(point.boundary_m), place=_name(point.beyond, language)),
            )
        if point.province_line_m is not None and point.other_province is not None:
            far, other = in_metres(point.province_line_m), _name(point.other_province, language)
            yield _("Nearest other province"), _("{distance}, {province}", distance=far, province=other)
    yield _("Industry"), verdict.subject.words[language]
    yield _("Action"), ACTIONS[verdict.action][language]
    yield _("Date"), verdict.date.isoformat()


def _decides(verdict: Verdict, language: str) -> Section | None:
    """The rules in force that the verdict rests on: none for ``no_rule``, and none where it rests on what is open."""
    held = {one.provision.id for one in verdict.findings}
    deciding = [one for one in verdict.deciding if one.provision.id in held]
    _ = translator(language)
    return Section(_("What decides"), "", _one_group(deciding, language, _every), full=True) if deciding else None


def _sections(verdict: Verdict, language: str) -> Iterable[Section]:
    _ = translator(language)
    decided = {one.provision.id for one in verdict.deciding}
    binding = [one for one in verdict.findings if one.provision.id not in decided]
    speaking = [one for one in binding if one.decides and one.provision.actions]
    shown = [one for one in binding if not (one.decides and one.provision.actions)]
    disagree = _("Rules for and against stand beside each other; the program does not decide between them.")
    yield Section(
        _("Also binds"), disagree if verdict.conflicts else "", _one_group(speaking, language, _every), full=True
    )
    yield Section(
        _("Targets and duties of authorities that also speak of this"), "", _one_group(shown, language, _nothing)
    )
    asked = tuple(
        Group(tuple(_entry(finding, language, _nothing) for finding in one.findings), one.ask[language])
        for one in by_question(verdict.depends_on_site)
    )
    note = _("These rules are in force. Whether they bind hangs on what nothing loaded tells: answer each question.")
    yield Section(_("Depends on the site"), note, asked)
    yield Section(_("Near, and why each fell away"), "", _one_group(verdict.fell_away, language, _failed))
    yield Section(_("Not in force on this date"), "", _one_group(verdict.not_in_force, language, _failed))


def _every(_finding: Finding) -> tuple[Aspect, ...]:
    """Give all reasons: for rules that bind."""
    return tuple(Aspect)


def _failed(finding: Finding) -> tuple[Aspect, ...]:
    """Give the reasons by which a rule fell away, or the date where only that is against it."""
    return finding.fell_on or (Aspect.DATE,)


def _nothing(_finding: Finding) -> tuple[Aspect, ...]:
    return ()


def _one_group(findings: Iterable[Finding], language: str, why: Why) -> tuple[Group, ...]:
    rules = tuple(_entry(one, language, why) for one in findings)
    return (Group(rules),) if rules else ()


def _entry(finding: Finding, language: str, why: Why) -> RuleEntry:
    _ = translator(language)
    one, source, because = finding.provision, finding.source, finding.because
    told = {
        Aspect.PLACE: because.place,
        Aspect.INDUSTRY: because.industry,
        Aspect.ACTION: because.action,
        Aspect.DATE: because.date,
    }
    notes = [told[aspect][language] for aspect in why(finding)]
    if finding.part:
        names = (", " if language == "en" else "、").join(_name(unit, language) for unit in finding.part)
        notes.insert(0, _("only {units}", units=names))
    notes += [f"※ {text[language]}" for text in one.caveats]
    dates = [_("In force from {day}", day=one.in_force_from.isoformat())]
    if one.in_force_until is not None:
        dates.append(_("until {day}", day=one.in_force_until.isoformat()))
    if one.horizon is not None:
        dates.append(_("its own targets run to {day}", day=one.horizon.isoformat()))
    standing = [] if finding.status is Status.IN_FORCE else [STATUSES[finding.status][language]]
    title = source.title[language]
    return RuleEntry(
        provision=one.id,
        kind=weight(finding).value if finding.status is Status.IN_FORCE and not finding.fell_on else "plain",
        effect=EFFECTS[one.effect][language],
        number=source.number,
        item=one.item,
        title=f"《{title}》" if language == "zh" and not title.startswith("《") else title,
        quote=one.quote,
        summary=one.summary[language],
        basis=" · ".join([*standing, EVIDENCE[one.evidence][language], *dates]),
        notes=tuple(notes),
    )


def _name(unit: Unit, language: str) -> str:
    return f"{unit.name_en} {unit.name}" if language == "en" else unit.name


def _full_name(unit: Unit, rm: Regionmap, on: dt.date, language: str) -> str:
    above = list(reversed(rm.gazetteer.ancestors(unit.code, on)))
    if language == "en":
        names = ", ".join(one.name_en for one in (unit, *reversed(above)))
        return f"{names} ({''.join(one.name for one in (*above, unit))}, {unit.code})"
    return f"{''.join(one.name for one in (*above, unit))}（{unit.code}）"


def _link(verdict: Verdict, language: str, address: str) -> str:
    """The address of the same question in the app: a drawn area has none."""
    if verdict.shares:
        return ""
    point = verdict.point
    asked = {"lang": language, "date": verdict.date.isoformat(), "action": verdict.action.value}
    asked |= {"industry": verdict.subject.code or verdict.subject.id}
    if point is not None:
        asked |= {"lon": f"{point.lon:.12g}", "lat": f"{point.lat:.12g}", "datum": point.datum}
    else:
        asked |= {"place": verdict.place.code}
    start = f"{address.rstrip('/')}/site" if address else "site"
    return f"{start}?{urlencode(asked)}"
