"""What depends on the site, by the question to ask: many rules hang on the same one (does the site lie in …?)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regionmap.model import Text
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.ruling import undefined_areas


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to the investor, and the rules in force that hang on its answer."""

    ask: Text
    findings: tuple[Finding, ...]


def may_decide(findings: Sequence[Finding]) -> tuple[Asking, ...]:
    """Return the questions of rules that restrict, name the industry and hold in a part of the country."""
    return by_question(undefined_areas(findings))


def others(findings: Sequence[Finding]) -> tuple[Asking, ...]:
    """Return the questions of the other rules: those that hold anywhere, are for any industry, or help."""
    deciding = {one.provision.id for one in undefined_areas(findings)}
    return by_question(one for one in findings if one.provision.id not in deciding)


def by_question(findings: Iterable[Finding]) -> tuple[Asking, ...]:
    """Return the findings by the question that they hang on, in their order."""
    groups: dict[Text, list[Finding]] = {}
    for one in findings:
        ask = one.ask
        if ask is not None:
            groups.setdefault(ask, []).append(one)
    return tuple(Asking(ask, tuple(found)) for ask, found in groups.items())
