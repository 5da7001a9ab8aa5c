"""What the effects of provisions weigh: which restrict, which encourage, which only inform."""

from __future__ import annotations

from regionmap.model import Effect, Provision, Ruling, Scope

ENCOURAGING = frozenset({Effect.GUIDE_IN, Effect.SUPPORT, Effect.PILOT})
SHOWN_ONLY = frozenset({Effect.TARGET, Effect.DUTY})
"""Effects that are shown and never decide."""

STRICTNESS = [
    Ruling.PROHIBITED,
    Ruling.RESTRICTED,
    Ruling.DISCOURAGED,
    Ruling.UNCLEAR,
    Ruling.ENCOURAGED,
    Ruling.NO_RULE,
]

RANK = {ruling: rank for rank, ruling in enumerate(STRICTNESS)}
"""The place of a ruling in ``STRICTNESS``: the smaller, the stricter."""

RESTRICTING = {
    Effect.PROHIBIT: Ruling.PROHIBITED,
    Effect.CAP: Ruling.RESTRICTED,
    Effect.REPLACE: Ruling.RESTRICTED,
    Effect.CONDITION: Ruling.RESTRICTED,
    Effect.PHASE_OUT: Ruling.RESTRICTED,
    Effect.RELOCATE: Ruling.RESTRICTED,
    Effect.STAGGER: Ruling.RESTRICTED,
    Effect.GUIDE_OUT: Ruling.DISCOURAGED,
}

WEIGHTS = {**dict.fromkeys(ENCOURAGING, Ruling.ENCOURAGED), **RESTRICTING}
"""The ruling that an effect gives where it binds; none for targets and duties."""


def restriction(effect: Effect) -> Ruling | None:
    """Return the ruling that an effect gives where it binds, None for effects that do not restrict."""
    return RESTRICTING.get(effect)


def scope(provision: Provision) -> Scope:
    """Return whether a rule holds everywhere on the mainland, or not."""
    where = provision.where
    everywhere = where.national and not (where.except_regions or where.except_lists or where.province_line_m)
    return Scope.NATIONAL if everywhere else Scope.PLACE
