"""How what an answer rests on is known: our readings, versions of a text, second sources, a user's own files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache

from regionmap.i18n import t
from regionmap.model import Caveat, CaveatKind, Evidence, Text, Unit
from regionmap.rules.matching.explanation import units_text
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import Subject
from regionmap.rules.verdict.citations import citation, citations, ids, named

__all__ = ["citation", "of_provisions", "overlay", "readings", "reported", "versions"]


def readings(subject: Subject | None, findings: Sequence[Finding], places: Sequence[Unit]) -> Iterable[Caveat]:
    """Yield a caveat for every reading of ours that a finding rests on: of a class of industries, or of areas.

    Args:
        subject: the industry that was asked for.
        findings: what the answer shows.
        places: the units that were asked for.
    """
    classes: dict[str, list[Finding]] = {}
    areas: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.industry.reading is not None:
            classes.setdefault(one.industry.reading.industry_class, []).append(one)
        words, listed = one.provision.where.undefined, one.place.listed
        if words is not None and listed is not None:
            areas.setdefault((words.zh, listed.id), []).append(one)
    for rules in classes.values():
        reading, via = rules[0].industry.reading, rules[0].industry.via
        if reading is not None and via is not None and subject is not None:
            text = t(
                "That “{subject}” counts as “{name}” is our reading: {reason}",
                subject=subject.name,
                name=via.name,
                reason=reading.reason,
            )
            yield Caveat(CaveatKind.READING, text, ids(rules))
    for rules in areas.values():
        words, listed = rules[0].provision.where.undefined, rules[0].place.listed
        text = t(
            "That “{words}” means the places of the list “{name}” is our reading; it names {place}.",
            words=words or "",
            name=listed.name if listed is not None else "",
            place=units_text(rules[0].part or tuple(places), 3),
        )
        yield Caveat(CaveatKind.READING, text, ids(rules))


def versions(findings: Sequence[Finding], on: dt.date) -> Iterable[Caveat]:
    """Yield a caveat where a rule was read in a version younger than the date, or in a copy that may be old."""
    day = on.isoformat()
    by_source: dict[str, list[Finding]] = {}
    for one in findings:
        if one.source.version is not None or one.source.known_until is not None:
            by_source.setdefault(one.source.id, []).append(one)
    for rules in by_source.values():
        source = rules[0].source
        if source.version is not None and day < source.version:
            yield Caveat(
                CaveatKind.VERSION,
                t(
                    "{number} was read in the version of {version}; what it said on {on} may differ.",
                    number=source.number,
                    version=source.version,
                    on=day,
                ),
                ids(rules),
            )
        if source.known_until is not None and on > source.known_until:
            yield Caveat(
                CaveatKind.VERSION,
                t(
                    "The copy of {number} is known to hold up to {until}; whether it was changed or repealed since is "
                    "not known.",
                    number=source.number,
                    until=source.known_until.isoformat(),
                ),
                ids(rules),
            )


def of_provisions(findings: Sequence[Finding]) -> Iterable[Caveat]:
    """Yield the caveats that each provision itself carries for the user."""
    for one in findings:
        for text in one.provision.caveats:
            yield _carried(one.provision.id, citation(one.provision, one.source.number), text)


@lru_cache(maxsize=2_048)
def _carried(provision: str, cited: str, text: Text) -> Caveat:
    """Return the caveat that a provision carries: the same in every answer."""
    return Caveat(CaveatKind.PROVISION, t("{rule}: {text}", rule=cited, text=text), (provision,))


def reported(findings: Sequence[Finding]) -> Iterable[Caveat]:
    """Yield a caveat for rules that are known from a second source only, and one for such lists behind others.

    Rules are named by what they say: another of the same item may have been read.
    """
    deciding = [one for one in findings if one.decides]
    second_hand = [one for one in deciding if one.provision.evidence is Evidence.REPORTED]
    by_list = [
        one
        for one in deciding
        if one.provision.evidence is not Evidence.REPORTED
        and one.definition is not None
        and one.definition.evidence is Evidence.REPORTED
    ]
    if second_hand:
        text = t("Known at second hand, text not seen: {rules}.", rules=named(second_hand))
        yield Caveat(CaveatKind.REPORTED, text, ids(second_hand))
    if by_list:
        text = t(
            "List of places known at second hand, behind: {rules}.",
            rules=named(by_list),
        )
        yield Caveat(CaveatKind.REPORTED, text, ids(by_list))


def overlay(findings: Sequence[Finding]) -> Iterable[Caveat]:
    """Yield a caveat for rules that come from a user's own folder."""
    if findings:
        yield Caveat(
            CaveatKind.OVERLAY,
            t("From your own catalogue folder, not bundled with regionmap: {rules}.", rules=citations(findings)),
            ids(findings),
        )
