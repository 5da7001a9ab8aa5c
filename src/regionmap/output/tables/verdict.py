"""A whole verdict at a terminal: all that ``--json`` has, in one language."""

from __future__ import annotations

from collections.abc import Sequence

from regionmap.api import Regionmap
from regionmap.model import Effect, Unit
from regionmap.output.brief.check import all_places, decides_words, headed, subject_words
from regionmap.output.palette import terminal_style
from regionmap.output.tables.columns import Column
from regionmap.output.tables.questions import print_questions
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import Verdict
from regionmap.rules.verdict.asks import may_decide, others
from regionmap.rules.verdict.explanation import (
    beside_meaning,
    boundary_text,
    local_text,
    meaning,
    other_province_text,
)
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import ACTIONS, EFFECTS, ruling_words

MOST_NAMED = 5
"""Units that the headline names; of more it says how many, and a table has them all."""


def print_verdict(out: Terminal, verdict: Verdict, rm: Regionmap) -> None:
    """Print a verdict: the word, caveats, what binds, what does not or not yet, what it depends on, coverage."""
    _, lang = out.words, out.language
    subject = verdict.subject
    far = (boundary_text(verdict), other_province_text(verdict))
    out.head(
        f"{all_places(verdict.places, rm, verdict.date, lang, MOST_NAMED)} · {subject_words(subject, lang)} · "
        f"{ACTIONS[verdict.action][lang]} · {verdict.date.isoformat()}",
        *(one[lang] for one in (meaning(verdict), local_text(verdict, None)) if one is not None),
        *filter(None, [decides_words(verdict, lang)]),
        *(one[lang] for one in far if one is not None),
        word=ruling_words(verdict.ruling, verdict.extent)[lang],
        style=terminal_style(verdict.ruling),
    )
    out.caveats(beside_meaning(verdict))
    out.findings(_("Binds"), [one for one in verdict.findings if one.decides])
    out.findings(_("Targets: shown, they decide nothing"), _of(Effect.TARGET, verdict.findings), brief=True)
    out.findings(_("Duties of authorities: shown, they decide nothing"), _of(Effect.DUTY, verdict.findings), brief=True)
    out.not_in_force(verdict.not_in_force, _("Would bind, but not in force on this date"))
    print_questions(out, _("Depends on the site, and may decide"), may_decide(verdict.depends_on_site))
    print_questions(out, _("Other rules that hang on a question"), others(verdict.depends_on_site))
    _fell(out, verdict.fell_away)
    _conflicts(out, verdict)
    if verdict.shares:
        rows = [[_name(one.unit, lang), one.unit.code, f"{one.share:.1%}"] for one in verdict.shares]
        out.grid([_("Unit"), _("Code"), _("Share")], rows, _("Units that the area touches"), lines=False)
    elif len(verdict.places) > MOST_NAMED:
        named = [[_name(one, lang), one.code] for one in verdict.places]
        out.grid([_("Unit"), _("Code")], named, _("Units that the answer is for"), lines=False)
    out.coverage(verdict.coverage, rm.catalogue)


def _fell(out: Terminal, findings: Sequence[Finding]) -> None:
    _, lang = out.words, out.language
    rows = []
    for one in findings:
        reasons = [getattr(one.because, aspect.value)[lang] for aspect in one.fell_on]
        rows.append(
            [
                EFFECTS[one.provision.effect][lang],
                citation(one.provision, one.source.number),
                out.quoted(one.provision),
                out.sentences(reasons),
            ]
        )
    columns = [Column(_("Effect"), most=14), Column(_("Document and item"), 2), Column(_("Words"), 4)]
    out.grid([*columns, Column(_("Why not"), 4)], rows, headed(_("Checked and does not bind"), len(rows), lang))


def _conflicts(out: Terminal, verdict: Verdict) -> None:
    """Print which rules stand beside each other for and against, by document and item."""
    if not verdict.conflicts:
        return
    _ = out.words
    cited = {one.provision.id: citation(one.provision, one.source.number) for one in verdict.findings}
    beside: dict[str, list[str]] = {}
    for against, supporting in verdict.conflicts:
        beside.setdefault(cited[against], []).append(cited[supporting])
    out.line(_("Rules for and against stand beside each other; the program does not decide between them."), "yellow")
    rows = [[against, "\n".join(dict.fromkeys(supporting))] for against, supporting in beside.items()]
    out.grid([_("Against"), _("For")], rows, lines=False)


def _name(unit: Unit, language: str) -> str:
    return unit.name_en if language == "en" else unit.name


def _of(effect: Effect, findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.provision.effect is effect]
