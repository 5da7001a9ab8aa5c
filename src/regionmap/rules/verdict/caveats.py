"""What the user must know beside the verdict: open lists, codes that hold more, lapsed rules, undefined words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import enumerated, joined, label, t
from regionmap.model import Caveat, CaveatKind, Definition, Region, Ruling, Status, Unit
from regionmap.model.industry import Industry
from regionmap.rules.matching.candidate import Mark
from regionmap.rules.matching.effects import RANK, STRICTNESS
from regionmap.rules.matching.explanation import units_text
from regionmap.rules.matching.finding import Finding
from regionmap.rules.matching.fits import IndustryFit, PlaceFit
from regionmap.rules.matching.places import PlaceMatcher
from regionmap.rules.matching.question import Evaluation, Question
from regionmap.rules.verdict.citations import citations, ids
from regionmap.rules.verdict.ruling import weight
from regionmap.rules.verdict.source_caveats import of_provisions, overlay, readings, reported, versions
from regionmap.words import RULINGS


def at_the_head(catalogue: Catalogue, question: Question) -> list[Caveat]:
    """Return what an answer must begin with: that its term is open, or that its date lies beyond what was collected.

    Args:
        catalogue: what is loaded.
        question: industry, action and date.
    """
    found = beyond_dates(catalogue, question.on)
    subject = question.subject
    if question.open_industry and subject is not None and subject.industry is not None:
        found.insert(
            0,
            Caveat(
                CaveatKind.OPEN_INDUSTRY,
                t(
                    "No list says which industries {name} means: {reason} Ask by the industry itself; by this name the "
                    "answer is unclear at best.",
                    name=label(subject.name),
                    reason=subject.industry.open or "",
                ),
            ),
        )
    return found


def beyond_dates(catalogue: Catalogue, on: dt.date) -> list[Caveat]:
    """Return a caveat for a date after the last day of collection, or before the first document.

    Args:
        catalogue: what is loaded.
        on: the date.
    """
    as_of = catalogue.as_of
    if as_of is not None and on > as_of:
        text = t("Documents were collected up to {as_of}; {on} is later, and what came since is not known.",
                 as_of=as_of.isoformat(), on=on.isoformat())  # fmt: skip
        return [Caveat(CaveatKind.AS_OF, text)]
    first = catalogue.first_day
    if first is not None and on < first:
        text = t("The earliest loaded document is of {first}; nothing loaded speaks of {on}.",
                 first=first.isoformat(), on=on.isoformat())  # fmt: skip
        return [Caveat(CaveatKind.BEFORE_FIRST, text)]
    national = catalogue.first_national_day
    if national is not None and on < national:
        text = t("The earliest loaded national document is of {first}; of {on} only local law can be loaded.",
                 first=national.isoformat(), on=on.isoformat())  # fmt: skip
        return [Caveat(CaveatKind.BEFORE_FIRST, text)]
    return []


def for_verdict(
    catalogue: Catalogue, question: Question, evaluation: Evaluation, places: Sequence[Unit]
) -> list[Caveat]:
    """Return the caveats of a verdict, the gravest first.

    Args:
        catalogue: what is loaded.
        question: industry, action and date.
        evaluation: what became of every provision.
        places: the units that were asked for.
    """
    subject, on, marks = question.subject, question.on, evaluation.parts.marks
    bound, asking = evaluation.bound, evaluation.asking
    found = [*_lapsed_stricter(evaluation), *_in_part(evaluation)]
    if marks.passed & Mark.MAY_HAVE_BEGUN:
        found += _date_unknown(evaluation.passed.marked(Mark.MAY_HAVE_BEGUN), on)
    if subject is not None and subject.note is not None:
        found.append(Caveat(CaveatKind.OLD_CODE, subject.note))
    found += _beyond_the_lists(question, evaluation, places)
    used = (one.definition for one in evaluation.used)
    # By identity: a list is long, and its value slow to hash.
    found += last_lists(catalogue, {id(one): one for one in used if one is not None}.values(), on)
    if evaluation.may_decide:
        found += _undefined_areas(evaluation)
    if marks.asking & Mark.UNDEFINED_CLASS:
        found += _undefined_industries(asking.marked(Mark.UNDEFINED_CLASS))
    shown = marks.bound | marks.asking
    if shown & Mark.OUR_READING:
        found += readings(subject, [*bound.marked(Mark.OUR_READING), *asking.marked(Mark.OUR_READING)], places)
    if shown & Mark.VERSION:
        found += versions([*bound.marked(Mark.VERSION), *asking.marked(Mark.VERSION)], on)
    if marks.bound & Mark.CAVEATS:
        found += of_provisions(bound.marked(Mark.CAVEATS))
    if marks.bound & Mark.SECOND_HAND:
        found += reported(bound.marked(Mark.SECOND_HAND))
    if marks.bound & Mark.OVERLAY:
        found += overlay(bound.marked(Mark.OVERLAY))
    return found


def _beyond_the_lists(question: Question, evaluation: Evaluation, places: Sequence[Unit]) -> Iterable[Caveat]:
    """Yield the caveats of lists that are open, and of industries that rules name in a wider or a narrower sense."""
    marks, near = evaluation.parts.marks, evaluation.near
    if evaluation.unlisted:
        yield from _open_lists(question.places, evaluation.unlisted, places)
    if marks.near & Mark.OPEN_LIST:
        yield from _open_industries(near.marked(Mark.OPEN_LIST))
    if marks.near & Mark.WIDER_READING:
        yield from _near_industries(near.marked(Mark.WIDER_READING))
    if (marks.bound | marks.not_in_force) & Mark.BY_CODE:
        by_code = [*evaluation.bound.marked(Mark.BY_CODE), *evaluation.not_in_force.marked(Mark.BY_CODE)]
        yield from _code_fit(question, by_code)


def for_place(matcher: PlaceMatcher, catalogue: Catalogue, place: Unit, findings: Sequence[Finding]) -> list[Caveat]:
    """Return the caveats of a look-up: open lists that do not print the place, and what the rules there carry.

    Args:
        matcher: compares places with areas on the date.
        catalogue: what is loaded.
        place: the unit.
        findings: what is in force there.
    """
    found = []
    for region in catalogue.regions.values():
        match = matcher.member_of(region.id, place)
        if (
            match.fit is PlaceFit.UNLISTED
            and match.definition is not None
            and not region_is_union(catalogue, region.id)
        ):
            found.append(_open_list(matcher, match.region or region, match.definition, [place], ()))
    restricting = [one for one in findings if one.decides]
    return [*found, *of_provisions(restricting), *reported(restricting)]


def region_is_union(catalogue: Catalogue, region: str) -> bool:
    """Tell whether a region is only the union of others."""
    return all(one.union_of for one in catalogue.regions[region].definitions)


def default_date(on: dt.date) -> Caveat:
    """Return the caveat for a question without a date."""
    return Caveat(CaveatKind.DEFAULT_DATE, t("No date was given: the answer is for today, {on}.", on=on.isoformat()))


def last_lists(catalogue: Catalogue, definitions: Iterable[Definition], on: dt.date) -> Iterable[Caveat]:
    """Yield a caveat for key regions whose list is the last one known, and whose document's goals have passed.

    Args:
        catalogue: what is loaded.
        definitions: the dated lists that an answer used.
        on: the date.
    """
    passed: dict[str, list[Definition]] = {}
    for one in definitions:
        horizon = catalogue.sources[one.source].horizon
        if horizon is not None and horizon < on and catalogue.region_of(one).kind == "key-region":
            passed.setdefault(one.source, []).append(one)
    for name, lists in passed.items():
        source = catalogue.sources[name]
        regions = dict.fromkeys(label(catalogue.region_of(one).name) for one in lists)
        yield Caveat(
            CaveatKind.HORIZON,
            t(
                "The list of {regions} in {number} is the last one known; the goals of that document ended on {day} "
                "and no successor list is loaded.",
                regions=enumerated(list(regions)),
                number=source.number,
                day=source.horizon or "",
            ),
        )


def _lapsed_stricter(evaluation: Evaluation) -> Iterable[Caveat]:
    worst = min((one.rank for one in evaluation.lapsing), default=RANK[Ruling.NO_RULE])
    if worst < RANK[evaluation.parts.strictest]:
        rules = [one for one in evaluation.lapsed if RANK[weight(one)] == worst]
        yield Caveat(
            CaveatKind.LAPSED_STRICTER,
            t(
                "A stricter rule ({ruling}) has passed the last day of its own targets and neither repeal nor "
                "successor is known: {rules}. It may still be applied; ask the authority.",
                ruling=RULINGS[STRICTNESS[worst]],
                rules=citations(rules),
            ),
            ids(rules),
        )


def _in_part(evaluation: Evaluation) -> Iterable[Caveat]:
    partly = [one for one in evaluation.findings if one.place.fit is PlaceFit.PART and one.decides]
    if partly:
        units = {unit.code: unit for one in partly for unit in one.part}
        yield Caveat(
            CaveatKind.IN_PART,
            t(
                "Some rules cover only a part of the place ({units}); the verdict takes the strictest. "
                "Ask for the exact unit or point.",
                units=units_text(tuple(units.values())),
            ),
            ids(partly),
        )
    if not evaluation.parts.marks.bound & Mark.INDUSTRY_IN_PART:
        return
    named = [one for one in evaluation.findings if one.industry.fit is IndustryFit.PART and one.decides]
    if named:
        names = {part.id: part.name for one in named for part in one.industry.parts}
        yield Caveat(
            CaveatKind.IN_PART,
            t(
                "Some rules name only a part of this industry ({names}); the verdict takes the strictest.",
                names=joined(list(map(label, names.values()))),
            ),
            ids(named),
        )


def _date_unknown(not_in_force: Sequence[Finding], on: dt.date) -> Iterable[Caveat]:
    """Yield a caveat where a rule whose first day is not printed may already bind: on a date within its year."""
    day = on.isoformat()
    early = [
        one
        for one in not_in_force
        if one.status is Status.NOT_YET
        and one.source.date_note is not None
        and one.source.issued is not None
        and day >= one.source.issued
    ]
    for source in {one.source.id: one.source for one in early}.values():
        yield Caveat(
            CaveatKind.DATE_UNKNOWN,
            t("{number} may already have been in force: {note}", number=source.number, note=source.date_note or ""),
            ids([one for one in early if one.source.id == source.id]),
        )


def _open_lists(matcher: PlaceMatcher, near: Sequence[Finding], places: Sequence[Unit]) -> Iterable[Caveat]:
    """Yield a caveat for places that a list ending in 等 does not print: "not named", not "excluded"."""
    lists: dict[str, tuple[Region, Definition]] = {}
    for one in near:
        for region, definition in matcher.open_lists(one.provision.where, places):
            known = lists.get(region.id)
            if known is None or known[1].in_force_from < definition.in_force_from:
                lists[region.id] = (region, definition)  # two documents that print the same list are told once
    for region, definition in lists.values():
        yield _open_list(matcher, region, definition, places, ids(near))


def _open_list(
    matcher: PlaceMatcher, region: Region, definition: Definition, places: Sequence[Unit], ids: tuple[str, ...]
) -> Caveat:
    return Caveat(
        CaveatKind.OPEN_LIST,
        t(
            "The list of {region} in {cited} ends in 等 and does not print {place}: not named, not excluded.",
            region=label(region.name),
            cited=f"{matcher.number(definition)} {definition.item}",
            place=units_text(tuple(places), 3),
        ),
        ids,
    )


def _open_industries(near: Sequence[Finding]) -> Iterable[Caveat]:
    yield Caveat(
        CaveatKind.OPEN_INDUSTRIES,
        t("Rules here whose list of industries ends in 等 do not name this one: {rules}.", rules=citations(near)),
        ids(near),
    )


def _near_industries(near: Sequence[Finding]) -> Iterable[Caveat]:
    for name, rules in _by_industry(near).items():
        via = rules[0].industry.via
        yield Caveat(
            CaveatKind.NEAR_INDUSTRY,
            t(
                "Rules here name “{name}”, which only a wider reading brings together with what was asked (GB/T 4754 "
                "code {code}): not counted, read them: {rules}.",
                code=rules[0].industry.code or "",
                name=via.name if via is not None else name,
                rules=citations(rules),
            ),
            ids(rules),
        )


def _code_fit(question: Question, by_code: Sequence[Finding]) -> Iterable[Caveat]:
    """Yield a caveat where a class asked by its code may hold more than the term of the document means."""
    subject = question.subject
    if subject is None or subject.code is None:
        return
    code = subject.code
    terms: dict[str, tuple[Industry, list[Finding]]] = {}
    for one in by_code:
        if one.industry.via is not None and one.decides:
            for industry in question.index.loose_terms(one.industry.via, code):
                terms.setdefault(industry.id, (industry, []))[1].append(one)
    for industry, rules in terms.values():
        yield Caveat(
            CaveatKind.CODE_FIT,
            t(
                "The documents print no codes: that {code} counts as “{name}” is our reading. {note}",
                code=subject.class_words,
                name=industry.name,
                note=industry.note or "",
            ),
            ids(rules),
        )


def _undefined_areas(evaluation: Evaluation) -> Iterable[Caveat]:
    vague = [one for one in evaluation.may_decide if one.place.fit is PlaceFit.UNDEFINED]
    words = {one.place.words.zh: one.place.words for one in vague if one.place.words is not None}
    if vague:
        yield Caveat(
            CaveatKind.UNDEFINED_AREA,
            t(
                "No loaded list says which places are meant by: {words}. Whether the site is one is not decided here.",
                words=joined(list(words.values())),
            ),
            ids(vague),
        )


def _undefined_industries(vague: Sequence[Finding]) -> Iterable[Caveat]:
    """Yield a caveat for restricting rules on undefined classes; helping ones stand with what depends on the site."""
    names = {one.industry.via.id: one.industry.via.name for one in vague if one.industry.via is not None}
    yield Caveat(
        CaveatKind.UNDEFINED_INDUSTRY,
        t(
            "Rules here speak of classes of industries that their texts do not define: {names}. "
            "Whether this industry belongs to them is not decided here.",
            names=joined(list(map(label, names.values()))),
        ),
        ids(vague),
    )


def _by_industry(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        if one.industry.via is not None:
            groups.setdefault(one.industry.via.id, []).append(one)
    return groups
