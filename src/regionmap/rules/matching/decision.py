"""The order of rules in an answer, by which the first of those that decide is named: the same wherever one is named."""

from __future__ import annotations

import datetime as dt

from regionmap.model import Evidence, Extent, Provision, Ruling, Scope
from regionmap.rules.matching.effects import RANK, WEIGHTS
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import NAMES_INDUSTRY

_DAYS = 1 << 22
"""Ordinals of days stay below it."""
REPORTED, BY_CLASS, NATIONWIDE, PART = (_DAYS << bit for bit in range(4))
"""What a rule's place falls back by, each more than all that stand before it: known second hand, speaks of the industry
by every industry or by a class that is left open, holds everywhere, reaches a part of the place or of the industry."""
_RANK = _DAYS << 4
BEYOND = _RANK << 3
"""More than any place in the order."""


def rank_of(provision: Provision) -> int:
    """Return the rank of the ruling that a provision gives where it binds; that of ``no_rule`` for targets, duties."""
    return RANK[WEIGHTS.get(provision.effect, Ruling.NO_RULE)]


def strict_and_new(rank: int, first: dt.date) -> int:
    """Return the place of a rule by how strict and how new it is alone.

    Args:
        rank: of the ruling that it gives: see ``rank_of``.
        first: the day from which it is in force.
    """
    return rank * _RANK - first.toordinal()


def decision_order(finding: Finding) -> int:
    """Return the place of a finding in the order: what comes first is what an answer names first.

    The strictest come first; of these, what reaches the whole place and industry, then what does not hold everywhere,
    then what names the industry, then what was read in the text itself, then the newest.
    """
    one = finding.provision
    return strict_and_new(rank_of(one), one.in_force_from) + _falls_back(finding)


def special_first(finding: Finding) -> tuple[int, int]:
    """Return the place of a finding among those that bind beside what decides: what is of the place comes first.

    The same order, but for how strict a rule is, which counts last: of many rules few are shown in brief, and those of
    the whole country say least of the place.
    """
    return _falls_back(finding), decision_order(finding)


def _falls_back(finding: Finding) -> int:
    return (
        PART * (finding.extent is Extent.PART)
        + NATIONWIDE * (finding.scope is Scope.NATIONAL)
        + BY_CLASS * (finding.industry.fit not in NAMES_INDUSTRY)
        + REPORTED * (finding.provision.evidence is Evidence.REPORTED)
    )
