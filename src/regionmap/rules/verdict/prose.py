"""A verdict as plain text, for print() in Python."""

from __future__ import annotations

from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import Verdict
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import ACTIONS, EFFECTS, ruling_words


def verdict_text(verdict: Verdict, language: str = "zh") -> str:
    """Return the verdict in lines: the word, each rule with its document, item and words, caveats, coverage."""
    places = "、".join(one.name for one in verdict.places[:3])
    lines = [
        f"{ruling_words(verdict.ruling, verdict.extent)[language]} — {places} · {verdict.subject.name[language]} · "
        f"{ACTIONS[verdict.action][language]} · {verdict.date.isoformat()}"
    ]
    lines += [_line(one, language) for one in verdict.findings]
    lines += [f"（{one.status}）{_line(one, language)}" for one in verdict.not_in_force]
    for one in verdict.depends_on_site:
        ask = one.ask
        lines.append(f"? {ask[language] if ask is not None else ''} {_line(one, language)}")
    lines += [f"! {one.text[language]}" for one in verdict.caveats]
    lines.append(verdict.coverage.statement[language])
    return "\n".join(lines)


def _line(finding: Finding, language: str) -> str:
    one = finding.provision
    return f"- [{EFFECTS[one.effect][language]}] {citation(one, finding.source.number)}「{one.quote}」"
