"""A verdict in brief: the word, the rule that decides, what else binds, what is open, and how to see the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from regionmap.api import Regionmap
from regionmap.i18n import t, tn, translator
from regionmap.model import Extent, Ruling, Scope, Status, Text, Unit
from regionmap.output.brief.layout import Line
from regionmap.rules.matching.decision import special_first
from regionmap.rules.matching.finding import Finding, PlaceFit
from regionmap.rules.matching.fits import Subject
from regionmap.rules.verdict.answers import Caveat, CaveatKind, Coverage, Verdict
from regionmap.rules.verdict.asks import may_decide, others
from regionmap.rules.verdict.explanation import beside_meaning, boundary_text, local_word, meaning, part_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import ACTIONS, EFFECTS, EVIDENCE, STATUSES, ruling_words
from regionmap.wrapping import clip, fit, wrap

MOST_RULES = 5
MOST_QUESTIONS = 4
MOST_CAVEATS = 3
MOST_LINES = 3
FIRST_LINES = 6
"""Lines of a terminal of 80 cells in which the document that decides is named."""
_LEAST_OF_A_QUOTE = 14
# What a reader must know first; what one rule carries, or how a document was read, stands with that rule in full.
_FIRST_CAVEATS = (
    CaveatKind.OUTSIDE,
    CaveatKind.OUT_OF_SCOPE,
    CaveatKind.PLACE_READING,
    CaveatKind.DEFAULT_DATE,
    CaveatKind.BEFORE_FIRST,
    CaveatKind.AS_OF,
    CaveatKind.NEAR_BOUNDARY,
    CaveatKind.NEAR_LIMIT,
    CaveatKind.LAPSED_STRICTER,
    CaveatKind.UNIT_CHANGED,
    CaveatKind.OVERLAY,
    CaveatKind.OLD_CODE,
    CaveatKind.READING,
    CaveatKind.REPORTED,
    CaveatKind.CODE_FIT,
)


def check_lines(verdict: Verdict, rm: Regionmap, language: str, width: int) -> list[Line]:
    """Return a verdict in brief: at most some forty lines at 80 cells.

    Args:
        verdict: the answer of ``check``.
        rm: what gave the answer.
        language: ``zh`` or ``en``.
        width: cells of the terminal.
    """
    _ = translator(language)
    deciding = verdict.deciding
    lines, beside = [*_head(verdict, rm, language, width)], [*_of_the_place(verdict, language, width)]
    decides = [*_deciding(deciding, verdict, language, width)]
    # The document that decides stands in the first lines: units and distances stand before it where there is room.
    fits = len(lines) + len(beside) + len(_decides(verdict, language, width)) <= FIRST_LINES
    lines += [*beside, *decides] if fits else [*decides, *beside]
    rest = [*deciding[1:], *(one for one in _speaking(verdict.findings) if one not in deciding)]
    lines += _rules(_("Also binds"), rest, language, width)
    lines += _questions(verdict, language, width)
    lines += caveat_lines(beside_meaning(verdict), language, width)
    lines += coverage_lines(verdict.coverage, language, width)
    return [*lines, *_closing(verdict, language, width)]


def check_line(verdict: Verdict, rm: Regionmap, language: str) -> str:
    """Return a verdict on one line: the word, the question, and the document that decides."""
    deciding = verdict.deciding
    cited = citation(deciding[0].provision, deciding[0].source.number).strip() if deciding else ""
    word = ruling_words(verdict.ruling, verdict.extent)[language]
    asked = _asked(verdict, rm, language)
    # Where another place was named than is answered for, the line says so; and why nothing was found.
    said = [one.text[language] for one in verdict.caveats if one.kind is CaveatKind.PLACE_READING]
    if verdict.ruling is Ruling.NO_RULE:
        said.append(meaning(verdict)[language])
    return " · ".join((word, asked, *([cited] if cited else []), *said))


def place_name(unit: Unit, rm: Regionmap, on: dt.date, language: str) -> str:
    """Return the name of a unit with the units around it on a day and its adcode."""
    around = rm.gazetteer.ancestors(unit.code, on)
    if language == "en":
        return ", ".join(one.name_en for one in (unit, *around)) + f" ({unit.code})"
    return "".join(one.name for one in (*reversed(around), unit)) + f"（{unit.code}）"


def unaddressed(caveats: Iterable[Caveat], language: str) -> list[str]:
    """Return the words for a place that no loaded document addresses; none for any other place."""
    return [one.text[language] for one in caveats if one.kind is CaveatKind.OUT_OF_SCOPE]


def coverage_lines(coverage: Coverage, language: str, width: int) -> Iterator[Line]:
    """Write what was looked at: how many documents, which local law is not loaded, the last day."""
    _ = translator(language)
    told = []
    if coverage.missing:
        names = (", " if language == "en" else "、").join(
            one.name_en if language == "en" else one.name for one in coverage.missing
        )
        told.append(_("No local law of {places} loaded", places=names))
    told.append(
        _(
            "looked at: {sources}, {provisions}",
            sources=tn(
                "{count} document and the lists of places",
                "{count} documents and the lists of places",
                coverage.sources,
            ),
            provisions=tn("{count} provision", "{count} provisions", coverage.provisions),
        )
    )
    if coverage.as_of is not None:
        told.append(_("up to {day}", day=coverage.as_of.isoformat()))
    line = ("; " if language == "en" else "；").join(told)
    yield from (Line(one, "dim") for one in wrap(line[:1].upper() + line[1:], width, "", "  "))


def rule_lines(finding: Finding, language: str, width: int) -> Iterator[Line]:
    """Write a rule: effect, document and item whole, and as much of its words as there is room for."""
    effect = EFFECTS[finding.provision.effect][language]
    cited = citation(finding.provision, finding.source.number).strip()
    if finding.status is not Status.IN_FORCE:
        cited = t("{what} ({status})", what=cited, status=STATUSES[finding.status])[language]
    head, quote = f"{effect} · {cited}", f"「{finding.provision.quote}」"
    if cell_len(head) + _LEAST_OF_A_QUOTE <= width:
        yield Line(fit(f"  {head} {quote}", width))
        return
    yield from (Line(one) for one in wrap(head, width, "  ", "    "))
    yield Line(fit(f"    {quote}", width))


def headed(head: str, count: int, language: str) -> str:
    """Return a head with the number of what stands under it."""
    return t("{head} ({count})", head=Text(head, head), count=f"{count:,}")[language]


def questions_line(rules: int, questions: int, language: str) -> str:
    """Say how many rules depend on the site, and on how many questions."""
    words = t(
        "Depends on the site: {rules}, {questions}",
        rules=tn("{count} rule", "{count} rules", rules),
        questions=tn("{count} question", "{count} questions", questions),
    )
    return words[language]


def all_places(places: Sequence[Unit], rm: Regionmap, on: dt.date, language: str, most: int) -> str:
    """Return the units that were asked about, each as on a day and with its code; counts those after ``most``."""
    names = ("; " if language == "en" else "、").join(place_name(one, rm, on, language) for one in places[:most])
    left = len(places) - most
    if left <= 0:
        return names
    return tn("{name} and {count} more unit", "{name} and {count} more units", left, name=Text(names, names))[language]


def subject_words(subject: Subject, language: str) -> str:
    """Return the industry that was asked about, with its class of GB/T 4754 where a code was given."""
    return subject.words[language]


def _asked(verdict: Verdict, rm: Regionmap, language: str) -> str:
    names = all_places(verdict.places, rm, verdict.date, language, 1)
    subject, action = subject_words(verdict.subject, language), ACTIONS[verdict.action][language]
    return " · ".join((names, subject, action, verdict.date.isoformat()))


def _head(verdict: Verdict, rm: Regionmap, language: str, width: int) -> Iterator[Line]:
    _ = translator(language)
    word = ruling_words(verdict.ruling, verdict.extent)[language]
    first, *more = wrap(f"{word} · {_asked(verdict, rm, language)}", width, "", "  ")
    yield Line(first, verdict.ruling.value)
    yield from (Line(one) for one in more)
    space = "" if language == "zh" else " "
    told = meaning(verdict)[language]
    if verdict.local is not verdict.ruling or verdict.extent is Extent.PART:
        told += space + local_word(verdict)[language]
    yield from (Line(one, "dim") for one in wrap(told, width, "  "))


def _of_the_place(verdict: Verdict, language: str, width: int) -> Iterator[Line]:
    """Write which part of the place or industry is meant, how far other rules hold, and the units of an area."""
    told = part_text(verdict)
    if told is not None:
        yield from (Line(one, "dim") for one in wrap(told[language], width, "  "))
    far = boundary_text(verdict)
    if far is not None:
        yield from (Line(one, "dim") for one in wrap(far[language], width, "  "))
    for share in verdict.shares[:3]:
        unit = share.unit.name_en if language == "en" else share.unit.name
        yield from (
            Line(one, "dim") for one in wrap(f"{share.share:.1%} {unit} {share.unit.code}", width, "  ", "    ")
        )
    if len(verdict.shares) > 3:
        left = tn("and {count} more unit", "and {count} more units", len(verdict.shares) - 3)
        yield Line(f"  {left[language]}", "dim")


def _deciding(deciding: Sequence[Finding], verdict: Verdict, language: str, width: int) -> Iterator[Line]:
    if not deciding:
        return
    _ = translator(language)
    one = deciding[0]
    yield from (Line(line, "head") for line in _decides(verdict, language, width))
    yield from (Line(line) for line in wrap(f"「{one.provision.quote}」", width, "  "))
    if language == "en":
        yield from (Line(line) for line in wrap(one.provision.summary.en, width, "  "))
    if one.scope is Scope.PLACE or one.place.fit is not PlaceFit.WHOLE:  # that it lies in the country goes unsaid
        lies = clip(one.because.place[language], width, "  ", room=MOST_LINES)
        yield from (Line(line, "dim") for line in lies)
    dates = _("{sentence} {evidence}.", sentence=one.because.date, evidence=EVIDENCE[one.provision.evidence])
    yield from (Line(one, "dim") for one in wrap(dates, width, "  "))


def decides_words(verdict: Verdict, language: str) -> str:
    """Return a line that names the first of the rules that decide; empty where none does."""
    if not verdict.deciding:
        return ""
    _ = translator(language)
    one = verdict.deciding[0]
    head = _("Would decide") if verdict.ruling is Ruling.UNCLEAR else _("Decides")
    effect, cited = EFFECTS[one.provision.effect][language], citation(one.provision, one.source.number).strip()
    return _("{head}: {what}", head=head, what=f"{effect} · {cited}")


def _decides(verdict: Verdict, language: str, width: int) -> list[str]:
    words = decides_words(verdict, language)
    return wrap(words, width, "", "  ") if words else []


def _speaking(findings: Iterable[Finding]) -> list[Finding]:
    """Keep what speaks to an investor: neither targets nor duties of authorities."""
    return sorted((one for one in findings if one.decides and one.provision.actions), key=special_first)


def _rules(head: str, findings: Sequence[Finding], language: str, width: int) -> Iterator[Line]:
    if not findings:
        return
    _ = translator(language)
    yield Line(headed(head, len(findings), language), "head")
    for one in findings[:MOST_RULES]:
        yield from rule_lines(one, language, width)
    if len(findings) > MOST_RULES:
        yield Line("  " + _("and {count} more", count=len(findings) - MOST_RULES), "dim")


def _questions(verdict: Verdict, language: str, width: int) -> Iterator[Line]:
    """Write the questions that the site must answer: those first that may decide."""
    asked = [*may_decide(verdict.depends_on_site), *others(verdict.depends_on_site)]
    if not asked:
        return
    _ = translator(language)
    head = questions_line(len(verdict.depends_on_site), len(asked), language)
    yield from (Line(line, "head") for line in wrap(head, width, "", "  "))
    for one in asked[:MOST_QUESTIONS]:
        yield from (Line(line) for line in clip(one.ask[language], width, "  ? "))
    if len(asked) > MOST_QUESTIONS:
        yield Line("  " + _("and {count} more", count=len(asked) - MOST_QUESTIONS), "dim")


def caveat_lines(caveats: Sequence[Caveat], language: str, width: int, most: int = MOST_CAVEATS) -> Iterator[Line]:
    """Write the caveats that a reader must know first on a line each, and how many more there are."""
    known = [one for one in caveats if one.kind in _FIRST_CAVEATS]
    first = _distinct(sorted(known, key=lambda one: _FIRST_CAVEATS.index(one.kind)), language)[:most]
    for one in first:
        yield from (Line(line, "caveat") for line in clip(one.text[language], width, "! "))
    left = len(caveats) - len(first)
    if left:
        more = tn("and {count} more caveat", "and {count} more caveats", left)
        yield Line((more if first else tn("{count} caveat", "{count} caveats", left))[language], "dim")


def _distinct(caveats: Iterable[Caveat], language: str) -> list[Caveat]:
    """Leave out what begins with the words of one before it: cut to a line, both would read alike."""
    kept: list[Caveat] = []
    for one in caveats:
        if not any(one.text[language].startswith(before.text[language].rstrip("。.")) for before in kept):
            kept.append(one)
    return kept


def _closing(verdict: Verdict, language: str, width: int) -> Iterator[Line]:
    _ = translator(language)
    told = []
    passed = sum(one.status is not Status.NOT_YET for one in verdict.not_in_force)
    if passed:
        told.append(tn("{count} rule no longer in force", "{count} rules no longer in force", passed)[language])
    if verdict.fell_away:
        near = len(verdict.fell_away)
        told.append(tn("{count} rule near but not binding", "{count} rules near but not binding", near)[language])
    if told:
        words = ("; " if language == "en" else "；").join(told)
        yield from (Line(one, "dim") for one in wrap(words, width, "", "  "))
    yield Line(_("Everything: --full, or --json"), "dim")
