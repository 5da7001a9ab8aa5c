"""Where an industry could go, in brief: the push, then some destinations, each with what stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from regionmap.api import Regionmap
from regionmap.i18n import t, tn, translator
from regionmap.model import CaveatKind, Text
from regionmap.output.brief.check import (
    caveat_lines,
    coverage_lines,
    headed,
    place_name,
    rule_lines,
    unaddressed,
)
from regionmap.output.brief.layout import Line
from regionmap.rules.transfer.answers import Destination, TransferAnswer, guide_text
from regionmap.rules.verdict.ruling import restriction
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import EFFECTS, TIERS, ruling_words
from regionmap.wrapping import clip, wrap

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
    lines = _wrapped(transfer_head(answer, rm, language), width, "head")
    push = [one for one in answer.push.findings if one.decides and restriction(one.provision.effect) is not None]
    if push:
        head, word = _("The push at the origin"), ruling_words(answer.push.ruling, answer.push.extent)[language]
        lines += _wrapped(f"{headed(head, len(push), language)} · {word}", width, "head")
    else:
        unknown = unaddressed(answer.caveats, language)
        for told in unknown or [_("Nothing loaded pushes it out of the origin.")]:
            lines += _wrapped(told, width, "head")
    lines += [line for one in push[:_MOST_PUSH] for line in rule_lines(one, language, width)]
    count = len(answer.destinations)
    if not count:
        lines += _wrapped(_("No loaded document or list guides it anywhere."), width, "head")
    else:
        shown = tn(
            "{shown} of {count} destination", "{shown} of {count} destinations, best first", count,
            shown=f"{min(top, count):,}",
        )  # fmt: skip
        lines += _wrapped(shown[language], width, "head")
        for number, one in enumerate(answer.destinations[:top], 1):
            lines += _destination(number, one, rm, answer.date, language, width)
        if count > top:
            lines.append(Line("  " + _("more: --top {count}", count=count), "dim"))
    if answer.open_places:
        lines += _wrapped(open_words(len(answer.open_places))[language], width, "dim")
    if answer.undefined:
        words = tn(
            "{count} more text guides it to an area that no list defines",
            "{count} more texts guide it to areas that no list defines",
            len(answer.undefined),
        )
        lines += _wrapped(words[language], width, "dim")
    below = [one for one in answer.caveats if one.kind is not CaveatKind.OUT_OF_SCOPE or push]
    lines += caveat_lines(below, language, width, _MOST_CAVEATS)
    lines += coverage_lines(answer.coverage, language, width)
    return [*lines, Line(_("Everything: --full, or --json"), "dim")]


def _wrapped(text: str, width: int, style: str) -> list[Line]:
    return [Line(line, style) for line in wrap(text, width, "", "  ")]


def transfer_head(answer: TransferAnswer, rm: Regionmap, language: str) -> str:
    """Return what was asked: the origin, the industry and the date."""
    origin = t("From {place}", place=place_name(answer.origin, rm, answer.date, language))[language]
    return f"{origin} · {answer.subject.heading[language]} · {answer.date.isoformat()}"


def open_words(count: int) -> Text:
    """Say of how many units nothing is loaded either way."""
    return tn(
        "{count} prefecture-level unit: nothing loaded for or against.",
        "{count} prefecture-level units: nothing loaded for or against.",
        count,
    )


def _destination(
    number: int, one: Destination, rm: Regionmap, on: dt.date, language: str, width: int
) -> Iterator[Line]:
    _ = translator(language)
    against = len(one.obstacles)
    stands = (
        tn("{count} rule against", "{count} rules against", against)[language]
        if against
        else _("nothing loaded against")
    )
    name = place_name(one.place, rm, on, language)
    head = f"{name} · {TIERS[one.tier][language]} · {stands}"
    yield from (Line(line) for line in wrap(head, width, f"{number:>3} "))
    guide = next((guide_text(guide)[language] for guide in one.guides), "")
    yield from (Line(line, "dim") for line in clip(guide, width, "    "))
    if one.obstacles:
        first = one.obstacles[0]
        effect, cited = EFFECTS[first.provision.effect][language], citation(first.provision, first.source.number)
        yield from (Line(line, "dim") for line in wrap(f"{effect} · {cited}", width, "    ✕ "))
