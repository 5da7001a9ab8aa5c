"""A verdict at a terminal: the word, what binds, what does not, caveats, coverage."""

from __future__ import annotations

from collections.abc import Sequence

from regionmap.api import Regionmap
from regionmap.i18n import tn
from regionmap.model import Effect, Status, Unit
from regionmap.output.brief.check import asked_places, headed, place_name, subject_words
from regionmap.output.palette import terminal_style
from regionmap.output.tables.columns import Column
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict import asks
from regionmap.rules.verdict.answers import Verdict
from regionmap.rules.verdict.asks import may_decide
from regionmap.rules.verdict.explanation import boundary_text, local_text, other_province_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import ACTIONS, EFFECTS, RULING_MEANINGS, UNCLEAR_BECAUSE, ruling_words

_MOST_ASKS = 8


def print_verdict(out: Terminal, verdict: Verdict, rm: Regionmap) -> None:
    """Print a verdict: the word, what binds, what does not, caveats, coverage."""
    _, lang = out.words, out.language
    place, subject = verdict.place, verdict.subject
    why = verdict.unclear_because
    means = UNCLEAR_BECAUSE[why] if why is not None else RULING_MEANINGS[verdict.ruling]
    far = (boundary_text(verdict), other_province_text(verdict))
    out.head(
        f"{asked_places(verdict.places, place_name(place, rm, lang), lang)} · {subject_words(subject, lang)} · "
        f"{ACTIONS[verdict.action][lang]} · {verdict.date.isoformat()}",
        *(one[lang] for one in (means, local_text(verdict), *far) if one is not None),
        word=ruling_words(verdict.ruling, verdict.extent)[lang],
        style=terminal_style(verdict.ruling),
    )
    out.caveats(verdict.caveats)
    out.findings(_("Binds"), [one for one in verdict.findings if one.decides])
    out.findings(_("Targets: shown, they decide nothing"), _targets(verdict.findings), brief=True)
    passed = [one for one in verdict.not_in_force if one.status is not Status.NOT_YET]
    out.findings(_("Would bind, but not in force on this date"), passed, status=True)
    _asks(out, verdict.depends_on_site)
    _fell(out, verdict.fell_away)
    duties = sum(one.provision.effect is Effect.DUTY for one in verdict.findings)
    if duties:
        words = tn("{count} duty of authorities: see --json.", "{count} duties of authorities: see --json.", duties)
        out.line(words[lang], "dim")
    later = len(verdict.not_in_force) - len(passed)
    if later:
        words = tn(
            "{count} provision starts after this date: see --json.",
            "{count} provisions start after this date: see --json.",
            later,
        )
        out.line(words[lang], "dim")
    if verdict.conflicts:
        out.line(
            _("Rules for and against stand beside each other; the program does not decide between them."), "yellow"
        )
    if verdict.shares:
        rows = [[_name(one.unit, lang), one.unit.code, f"{one.share:.1%}"] for one in verdict.shares]
        out.grid([_("Unit"), _("Code"), _("Share")], rows, _("Units that the area touches"), lines=False)
    out.coverage(verdict.coverage, verdict.catalogue)


def _fell(out: Terminal, findings: Sequence[Finding]) -> None:
    _, lang = out.words, out.language
    rows = []
    for one in findings:
        reasons = [getattr(one.because, aspect.value)[lang] for aspect in one.fell_on]
        rows.append(
            [EFFECTS[one.provision.effect][lang], citation(one.provision, one.source.number), out.sentences(reasons)]
        )
    columns = [Column(_("Effect"), most=14), Column(_("Document and item"), 2), Column(_("Why not"), 5)]
    out.grid(columns, rows, _("Checked and does not bind"), lines=False)


def _asks(out: Terminal, findings: Sequence[Finding]) -> None:
    """Print what depends on the site: rules that may decide, then other questions with how many hang on each."""
    _, lang = out.words, out.language
    deciding, others = may_decide(findings), asks.others(findings)
    if deciding:
        rows = []
        for one in deciding:
            cited = [citation(found.provision, found.source.number) for found in one.findings]
            words = dict.fromkeys(f"「{found.provision.quote}」" for found in one.findings)
            rows.append([one.ask[lang], "\n".join(cited), "\n".join(words)])
        columns = [Column(_("Ask"), 4), Column(_("Document and item"), 3), Column(_("Words"), 5)]
        out.grid(columns, rows, _("Depends on the site, and may decide"))
    if others:
        count = sum(len(one.findings) for one in others)
        head = tn("{count} other rule hangs on a question:", "{count} other rules hang on questions like these:", count)
        out.line(head[lang], "bold")
        for one in others[:_MOST_ASKS]:
            out.line(headed(one.ask[lang], len(one.findings), lang), mark="? ")
        if others[_MOST_ASKS:]:
            left = len(others) - _MOST_ASKS
            more = tn("{count} more question: see --json.", "{count} more questions: see --json.", left)
            out.line(more[lang], "dim")


def _name(unit: Unit, language: str) -> str:
    return unit.name_en if language == "en" else unit.name


def _targets(findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.provision.effect is Effect.TARGET]
