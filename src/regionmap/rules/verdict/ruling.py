"""From findings to the word of the verdict: the strictest restricting effect in force decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from typing import NamedTuple

from regionmap.model import Extent, Ruling, Scope, Status, UnclearBecause
from regionmap.rules.matching.decision import decision_order
from regionmap.rules.matching.effects import RANK, RESTRICTING, STRICTNESS, WEIGHTS, restriction
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import NAMES_INDUSTRY
from regionmap.rules.matching.validity import status

__all__ = [
    "RANK", "RESTRICTING", "STRICTNESS", "WEIGHTS", "Ruled", "decide", "extent", "extent_of", "lapsed", "local",
    "of_place", "restriction", "rests_on", "rule", "status", "strictest", "undefined_areas", "weight",
]  # fmt: skip


def weight(finding: Finding) -> Ruling:
    """Return the ruling that a finding alone would give."""
    found = WEIGHTS.get(finding.provision.effect)
    return Ruling.NO_RULE if found is None or finding.depends else found


def strictest(findings: Iterable[Finding]) -> Ruling:
    """Return the strictest ruling that the findings give, ``no_rule`` for none.

    Args:
        findings: what binds.
    """
    return min((weight(one) for one in findings), key=RANK.__getitem__, default=Ruling.NO_RULE)


def lapsed(not_in_force: Sequence[Finding]) -> list[Finding]:
    """Return the restricting findings whose horizon has passed and of which no repeal or successor is known."""
    return [
        one
        for one in not_in_force
        if one.status is Status.HORIZON_PASSED and one.provision.effect in RESTRICTING and not one.depends
    ]


def undefined_areas(depends_on_site: Sequence[Finding]) -> list[Finding]:
    """Return the restricting findings that name the industry and a part of the country, and depend on the site.

    What holds anywhere (red lines, water sources) or for any industry is not among them: it would make every answer
    unclear.
    """
    return [
        one
        for one in depends_on_site
        if one.provision.effect in RESTRICTING and one.scope is Scope.PLACE and one.industry.fit in NAMES_INDUSTRY
    ]


class Ruled(NamedTuple):
    """The word of a verdict, and why where it is ``unclear``."""

    ruling: Ruling
    unclear_because: UnclearBecause | None = None


def rule(
    findings: Iterable[Finding],
    not_in_force: Sequence[Finding],
    depends_on_site: Sequence[Finding] = (),
    *,
    open_industry: bool = False,
) -> Ruled:
    """Return the verdict's word for what binds, what would have bound, and what depends on the site.

    Args:
        findings: what binds.
        not_in_force: what would bind but for the date.
        depends_on_site: what is in force and hangs on a question to the investor.
        open_industry: no list says what the term asked for means, so that the word is ``unclear`` at best.
    """
    passed, asking = lapsed(not_in_force), undefined_areas(depends_on_site)
    return decide(strictest(findings), passed, asking, open_industry=open_industry)


def decide(binding: Ruling, passed: Sized | bool, asking: Sized, *, open_industry: bool = False) -> Ruled:
    """Return the word for the strictest of what binds, beside what has ``lapsed`` and the ``undefined_areas``.

    Args:
        binding: the strictest ruling of what binds: see ``strictest``.
        passed: what has lapsed, or whether anything has.
        asking: what depends on the site and may decide.
        open_industry: no list says what the term asked for means.
    """
    if RANK[binding] <= RANK[Ruling.DISCOURAGED]:
        return Ruled(binding)
    if passed:
        return Ruled(Ruling.UNCLEAR, UnclearBecause.LAPSED)
    if asking:
        return Ruled(Ruling.UNCLEAR, UnclearBecause.UNDEFINED_AREA)
    if open_industry:
        return Ruled(Ruling.UNCLEAR, UnclearBecause.OPEN_INDUSTRY)
    return Ruled(binding)


def local(findings: Iterable[Finding], not_in_force: Iterable[Finding], depends_on_site: Iterable[Finding]) -> Ruling:
    """Return the word that only the rules give which do not hold everywhere.

    Args:
        findings: what binds.
        not_in_force: what would bind but for the date.
        depends_on_site: what hangs on a question to the investor.
    """
    here = (
        of_place(one for one in found if one.provision.effect in WEIGHTS)
        for found in (findings, not_in_force, depends_on_site)
    )
    return rule(*here).ruling


def of_place(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of rules that do not hold everywhere."""
    return [one for one in findings if one.scope is Scope.PLACE]


def extent(resting_on: Iterable[Finding]) -> Extent:
    """Return whether a ruling holds for the whole place and industry: whether one finding that it rests on does."""
    return extent_of([one.extent is Extent.PART for one in resting_on])


def extent_of(partly: Sequence[bool]) -> Extent:
    """Return the extent of a ruling by whether each of what it rests on reaches only a part."""
    return Extent.PART if partly and all(partly) else Extent.WHOLE


def rests_on(
    ruled: Ruled, findings: Iterable[Finding], not_in_force: Sequence[Finding], depends_on_site: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Return the findings that a ruling rests on: for ``unclear`` those that have lapsed or depend on the site.

    They stand in the order of ``decision_order``, so that the first is the one to name where one is named.

    Args:
        ruled: the word, and why where it is ``unclear``.
        findings: what binds.
        not_in_force: what would bind but for the date.
        depends_on_site: what hangs on a question to the investor.
    """
    if ruled.ruling is Ruling.UNCLEAR:
        if ruled.unclear_because is UnclearBecause.LAPSED:
            return _ordered(lapsed(not_in_force))
        return _ordered(undefined_areas(depends_on_site))
    if ruled.ruling is Ruling.NO_RULE:
        return ()
    return _ordered(one for one in findings if weight(one) is ruled.ruling)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=decision_order))
