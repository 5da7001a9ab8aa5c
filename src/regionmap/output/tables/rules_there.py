"""The rules at a place at a terminal: industries by what they may do, then every rule once, whatever it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regionmap.model import Effect, Text
from regionmap.output.brief.check import headed
from regionmap.output.tables.columns import Column
from regionmap.output.tables.questions import print_questions
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.matching import explanation
from regionmap.rules.matching.decision import decision_order
from regionmap.rules.matching.effects import SHOWN_ONLY
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import IndustryFindings, PlaceAnswer
from regionmap.rules.verdict.asks import by_question
from regionmap.words import ruling_words


def print_rules_there(out: Terminal, answer: PlaceAnswer) -> None:
    """Print the rulings of industries and the rules in force at a place, each rule once with the industries it names.

    Args:
        out: where to print.
        answer: of ``lookup``.
    """
    _, lang = out.words, out.language
    groups = list(answer.industries)
    _rulings(out, groups)
    named = _industries(groups, out)
    asking = {one.provision.id for one in answer.depends_on_site}
    once = {one.provision.id: one for group in groups for one in group.findings if one.provision.id not in asking}
    found = sorted(once.values(), key=decision_order)
    deciding = [one for one in found if one.provision.effect not in SHOWN_ONLY]
    _rules(out, _("Rules in force"), deciding, named)
    targets = [one for one in found if one.provision.effect is Effect.TARGET]
    _rules(out, _("Targets: shown, they decide nothing"), targets, named)
    duties = [one for one in found if one.provision.effect is Effect.DUTY]
    _rules(out, _("Duties of authorities: shown, they decide nothing"), duties, named)

    def beside(one: Finding) -> Sequence[str]:
        reasons = [_place(one)[lang], one.because.date[lang]]
        return [*([named[one.provision.id]] if one.provision.id in named else []), out.sentences(reasons)]

    print_questions(out, _("Depends on the site"), by_question(answer.depends_on_site), beside)


def _rulings(out: Terminal, groups: Iterable[IndustryFindings]) -> None:
    """Print the rulings of a new plant, the strictest first, each with its industries."""
    _, lang = out.words, out.language
    rows: dict[tuple[str, bool], list[str]] = {}
    for one in groups:
        word = ruling_words(one.ruling, one.extent)[lang]
        name = one.industry.name[lang] if one.industry is not None else _("By rules on every industry")
        rows.setdefault((word, one.industry is None), []).append(name)
    told = [
        [word if of_all else headed(word, len(names), lang), _joined(names, lang)]
        for (word, of_all), names in rows.items()
    ]
    columns = [Column(_("New plant"), 2), Column(_("Industries"), 7)]
    out.grid(columns, told, _("Industries that rules there name"))


def _rules(out: Terminal, title: str, findings: Sequence[Finding], named: dict[str, str]) -> None:
    """Print rules by why they hold there, the first day of each beside it."""
    _, lang = out.words, out.language
    columns = [Column(_("Effect"), most=14), Column(_("Document and item"), 2), Column(_("Words"), 5)]
    columns += [Column(_("Industries"), 2), Column(_("In force from"), most=12)]
    rows: dict[tuple[str, ...], list[list[str]]] = {}
    for one in findings:
        first = one.provision.in_force_from.isoformat()
        row = [*out.rule_cells(one), named[one.provision.id], first]
        rows.setdefault((_place(one)[lang],), []).append(row)
    out.groups(columns, out.counted(rows), headed(title, len(findings), lang))


def _place(one: Finding) -> Text:
    """Return why a rule holds there; every unit is named that it reaches of a place in part."""
    return explanation.place(one, None)


def _industries(groups: Iterable[IndustryFindings], out: Terminal) -> dict[str, str]:
    """Return the names of the industries that each rule speaks of, by its id."""
    _, lang = out.words, out.language
    found: dict[str, list[str]] = {}
    for group in groups:
        name = group.industry.name[lang] if group.industry is not None else _("Every industry")
        for one in group.findings:
            found.setdefault(one.provision.id, []).append(name)
    return {rule: _joined(names, lang) for rule, names in found.items()}


def _joined(names: Iterable[str], language: str) -> str:
    return (", " if language == "en" else "、").join(dict.fromkeys(names))
