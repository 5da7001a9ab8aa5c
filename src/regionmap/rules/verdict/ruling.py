"""From findings to the word of the verdict: the strictest restricting effect in force decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Effect, Extent, Ruling, Scope, Source, Status, UnclearBecause
from regionmap.places.changes import all_changes
from regionmap.rules.matching.finding import ENCOURAGING, NAMES_INDUSTRY, Finding
from regionmap.rules.verdict.answers import Verdict

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


class Dated(Protocol):
    """What has dates: a provision or a whole source."""

    @property
    def in_force_from(self) -> dt.date: ...  # noqa: D102
    @property
    def in_force_until(self) -> dt.date | None: ...  # noqa: D102
    @property
    def horizon(self) -> dt.date | None: ...  # noqa: D102
    @property
    def superseded_by(self) -> tuple[str, ...]: ...  # noqa: D102


def status(dated: Dated, on: dt.date, catalogue: Catalogue) -> Status:
    """Return the standing of a provision or a source on a date; all last days are inclusive.

    A horizon that has passed is no repeal: ``horizon_passed`` is weaker than ``superseded``.
    """
    if on < dated.in_force_from:
        return Status.NOT_YET
    if any(catalogue.sources[name].in_force_from <= on for name in dated.superseded_by):
        return Status.SUPERSEDED
    if dated.in_force_until is not None and on > dated.in_force_until:
        return Status.ENDED
    if dated.horizon is not None and on > dated.horizon:
        return Status.HORIZON_PASSED
    return Status.IN_FORCE


def turns(dated: Dated, catalogue: Catalogue) -> list[dt.date]:
    """Return the days on which the standing may change, in order: a first day, the day after a last one, a successor's.

    Nothing changes on a day before its own first one.
    """
    after = [last + dt.timedelta(days=1) for last in (dated.horizon, dated.in_force_until) if last is not None]
    successors = [catalogue.sources[name].in_force_from for name in dated.superseded_by]
    return sorted({dated.in_force_from} | {day for day in (*after, *successors) if day > dated.in_force_from})


def all_change_dates(catalogue: Catalogue) -> tuple[dt.date, ...]:
    """Return the days on which the answer of a check may change, in order; between two of them it stays the same.

    That is for any place, industry and action: rulings, what became of each provision and why, kinds of caveats. Texts
    may print the date. ``Catalogue.change_dates`` has the days of provisions and lists alone, as a timeline shows them.
    """
    days = set(catalogue.change_dates())
    for source in catalogue.sources.values():
        days.update(turns(source, catalogue))  # a list is called the last one known once its document's goals are over
        if source.issued is not None:
            days.add(_first_day(source.issued))  # from then on a rule without a printed day may be in force
        for provision in source.provisions:
            days.update(turns(provision, catalogue))
        days.update(_caveat_days(source))
    if catalogue.as_of is not None:
        days.add(catalogue.as_of + dt.timedelta(days=1))
    days.update(one.last_day + dt.timedelta(days=1) for one in all_changes())
    return tuple(sorted(days))


def _caveat_days(source: Source) -> list[dt.date]:
    """The days from which a document's words are those that were read, and from which a copy may be out of date."""
    known = [dt.date.fromisoformat(source.version)] if source.version is not None else []
    return [*known, source.known_until + dt.timedelta(days=1)] if source.known_until is not None else known


def restriction(effect: Effect) -> Ruling | None:
    """Return the ruling that an effect gives where it binds, None for effects that do not restrict."""
    return RESTRICTING.get(effect)


def weight(finding: Finding) -> Ruling:
    """Return the ruling that a finding alone would give."""
    found = WEIGHTS.get(finding.provision.effect)
    return Ruling.NO_RULE if found is None or finding.depends else found


def strictest(findings: Iterable[Finding]) -> Ruling:
    """Return the strictest ruling that the findings give, ``no_rule`` for none."""
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

    ``open_industry``: no list says what the term asked for means, so that the word is ``unclear`` at best.
    """
    passed, asking = lapsed(not_in_force), undefined_areas(depends_on_site)
    return decide(strictest(findings), passed, asking, open_industry=open_industry)


def decide(
    binding: Ruling, passed: Sequence[Finding], asking: Sequence[Finding], *, open_industry: bool = False
) -> Ruled:
    """Return the word for the strictest of what binds, beside what has ``lapsed`` and the ``undefined_areas``."""
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
    """Return the word that only the rules give which do not hold everywhere."""
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
    parts = [one.extent for one in resting_on]
    return Extent.PART if parts and all(one is Extent.PART for one in parts) else Extent.WHOLE


def rests_on(
    ruled: Ruled, findings: Iterable[Finding], not_in_force: Sequence[Finding], depends_on_site: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Return the findings that a ruling rests on: for ``unclear`` those that have lapsed or depend on the site."""
    if ruled.ruling is Ruling.UNCLEAR:
        if ruled.unclear_because is UnclearBecause.LAPSED:
            return tuple(lapsed(not_in_force))
        return tuple(undefined_areas(depends_on_site))
    if ruled.ruling is Ruling.NO_RULE:
        return ()
    return tuple(one for one in findings if weight(one) is ruled.ruling)


def conflicts(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a restricting and an encouraging provision that both bind."""
    against = [one for one in findings if one.provision.effect in RESTRICTING and not one.depends]
    favour = [one for one in findings if one.provision.effect in ENCOURAGING and not one.depends]
    return tuple((one.provision.id, other.provision.id) for one in against for other in favour)


def deciding(verdict: Verdict) -> tuple[Finding, ...]:
    """Return the findings that a verdict rests on: see ``rests_on``."""
    ruled = Ruled(verdict.ruling, verdict.unclear_because)
    return rests_on(ruled, verdict.findings, verdict.not_in_force, verdict.depends_on_site)


def _first_day(issued: str) -> dt.date:
    """The first day that is not before a printed day, month or year."""
    year, month, day = (*(int(part) for part in issued.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)
