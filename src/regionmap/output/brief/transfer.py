"""Where an industry could go, in brief: the push, then some destinations, each with what stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from regionmap.api import Regionmap
from regionmap.i18n import t, tn, translator
from regionmap.model import Text
from regionmap.output.brief.check import caveat_lines, coverage_lines, headed, place_name, rule_line
from regionmap.output.brief.layout import Line, fit
from regionmap.rules.transfer.answers import Destination, TransferAnswer, guide_text
from regionmap.rules.verdict.ruling import restriction
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS, TIERS, ruling_words

TOP = 10
_MOST_PUSH = 3
_MOST_CAVEATS = 2


def transfer_lines(answer: TransferAnswer, rm: Regionmap, language: str, width: int, top: int = TOP) -> list[Line]:
    """Return the answer of ``transfer`` in brief: the best ``top`` destinations, two lines each.

    Args:
        answer: the answer of ``transfer``.
        rm: what gave the answer.
        language: ``zh`` or ``en``.
        width: cells of the terminal.
        top: how many destinations to show.
    """
    _ = translator(language)
    lines = [Line(fit(transfer_head(answer, rm, language), width), "head")]
    push = [one for one in answer.push.findings if one.decides and restriction(one.provision.effect) is not None]
    if push:
        head, word = _("The push at the origin"), ruling_words(answer.push.ruling, answer.push.extent)[language]
        lines.append(Line(fit(f"{headed(head, len(push), language)} · {word}", width), "head"))
    else:
        lines.append(Line(fit(_("Nothing loaded pushes it out of the origin."), width), "head"))
    lines += [rule_line(one, language, width) for one in push[:_MOST_PUSH]]
    count = len(answer.destinations)
    if not count:
        none = _("No loaded document or list guides it anywhere.")
        lines.append(Line(none, "head"))
    else:
        shown = tn(
            "{shown} of {count} destination", "{shown} of {count} destinations, best first", count,
            shown=f"{min(top, count):,}",
        )  # fmt: skip
        lines.append(Line(fit(shown[language], width), "head"))
        for number, one in enumerate(answer.destinations[:top], 1):
            lines += _destination(number, one, rm, language, width)
        if count > top:
            lines.append(Line("  " + _("more: --top {count}", count=count), "dim"))
    if answer.open_places:
        lines.append(Line(fit(open_words(len(answer.open_places))[language], width), "dim"))
    if answer.undefined:
        words = tn(
            "{count} more text guides it to an area that no list defines",
            "{count} more texts guide it to areas that no list defines",
            len(answer.undefined),
        )
        lines.append(Line(fit(words[language], width), "dim"))
    lines += caveat_lines(answer.caveats, language, width, _MOST_CAVEATS)
    lines += coverage_lines(answer.coverage, language, width)
    return [*lines, Line(fit(_("Everything: --full, or --json"), width), "dim")]


def transfer_head(answer: TransferAnswer, rm: Regionmap, language: str) -> str:
    """Return what was asked: the origin, the industry and the date."""
    origin = t("From {place}", place=place_name(answer.origin, rm, language))[language]
    return f"{origin} · {answer.subject.name[language]} · {answer.date.isoformat()}"


def open_words(count: int) -> Text:
    """Say of how many units nothing is loaded either way."""
    return tn(
        "{count} prefecture-level unit: nothing loaded for or against.",
        "{count} prefecture-level units: nothing loaded for or against.",
        count,
    )


def _destination(number: int, one: Destination, rm: Regionmap, language: str, width: int) -> Iterator[Line]:
    _ = translator(language)
    against = len(one.obstacles)
    stands = (
        tn("{count} rule against", "{count} rules against", against)[language]
        if against
        else _("nothing loaded against")
    )
    name = place_name(one.place, rm, language)
    yield Line(fit(f"{number:>3} {name} · {TIERS[one.tier][language]} · {stands}", width))
    guide = next((guide_text(guide)[language] for guide in one.guides), "")
    yield Line(fit(f"    {guide}", width), "dim")
    if one.obstacles:
        first = one.obstacles[0]
        effect, cited = EFFECTS[first.provision.effect][language], citation(first.provision, first.source.number)
        yield Line(fit(f"    ✕ {effect} · {cited}", width), "dim")
