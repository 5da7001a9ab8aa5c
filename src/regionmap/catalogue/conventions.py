"""The conventions of the data guide: one kind of sentence is written one way in all documents.

Answers rest on them, so that a file that breaks one does not load. What only a bundled file must say (its kind, the
place that a local document governs) is left open in a file of one's own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from regionmap.catalogue.files import Parsed
from regionmap.catalogue.folding import class_forms
from regionmap.catalogue.industries import class_names
from regionmap.catalogue.known import Known
from regionmap.catalogue.lines import At
from regionmap.catalogue.schema import IndustriesFile, IndustryPart, ProvisionPart, ReadingsFile, SourceFile
from regionmap.i18n import t
from regionmap.model import WITH_HORIZON, Action, Effect, Rank, SourceKind
from regionmap.model.partial_date import days

COMES_HERE = frozenset({Action.NEW, Action.EXPAND, Action.MOVE_IN})
"""What makes capacity at a place: what guides an industry to it speaks to all three, and to nothing else."""
GETS_RID = frozenset({Effect.PHASE_OUT, Effect.RELOCATE})
SHOWN_ONLY = frozenset({Effect.TARGET, Effect.DUTY})
CITED_BY_ARTICLE = frozenset({SourceKind.LAW, SourceKind.REGULATION})
LOCAL_RANKS = frozenset({Rank.LOCAL_REGULATION, Rank.PROVINCE})

_ARTICLE = re.compile("第([零〇一二三四五六七八九十百]+)条")
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


def check_source(file: Parsed[SourceFile], known: Known) -> Iterator[str]:
    """Check one document and its provisions."""
    if file.whole:
        yield from _kind(file)
        yield from _place(file, known)
        yield from _version(file)
        yield from _articles(file)
        yield from _succession(file, (), file.data.in_force_until, file.data.superseded_by, known)
    for index, part in enumerate(file.data.provisions):
        yield from _provision(file, ("provisions", index), part, known)


def check_readings(files: Sequence[Parsed[ReadingsFile]], known: Known) -> Iterator[str]:
    """Check that no class is read as a member of another: readings do not chain."""
    for file in files:
        for index, one in enumerate(file.data.readings):
            for name in one.members:
                part = known.industries.get(name)
                if part is not None and part.kind == "class":
                    yield file.problem(
                        ("readings", index, "members"),
                        t(
                            "'{name}' is a class itself, and readings do not chain: name the industries that you mean",
                            name=name,
                        ),
                    )


def check_class_names(files: Sequence[Parsed[IndustriesFile]], known: Known) -> Iterator[str]:
    """Check that a bundled industry that goes by the name of a class holds that class, or one above or below it."""
    classes = class_names(known.gbt)
    children: dict[str, list[str]] = {}
    for part in known.industries.values():
        for parent in part.parents:
            children.setdefault(parent, []).append(part.id)
    for file in files:
        for index, part in enumerate(file.data.industries if file.bundled else ()):
            codes: list[str] | None = None
            for word in (part.name.zh, *part.aliases):
                named = {classes[form] for form in class_forms(word) if form in classes}
                if not named:
                    continue
                codes = _codes(part, children, known) if codes is None else codes
                covers = known.gbt.covers
                if not any(covers(one, held) or covers(held, one) for one in named for held in codes):
                    code = min(named)
                    yield file.problem(
                        ("industries", index),
                        t(
                            "'{word}' is {code} {name} of GB/T 4754-2017, which is none of the codes of {id}: "
                            "add the code, or give the name to the industry that has it",
                            word=word,
                            code=code,
                            name=known.gbt[code].name,
                            id=part.id,
                        ),
                    )


def _codes(part: IndustryPart, children: dict[str, list[str]], known: Known) -> list[str]:
    """Return the codes of an industry, and of everything below it."""
    found: list[str] = []
    seen: set[str] = set()
    waiting = [part.id]
    while waiting:
        one = waiting.pop()
        if one not in seen and one in known.industries:
            seen.add(one)
            found += [code.code for code in known.industries[one].codes]
            waiting += [*known.industries[one].members, *children.get(one, ())]
    return found


def _kind(file: Parsed[SourceFile]) -> Iterator[str]:
    data = file.data
    if file.bundled and data.kind is None:
        yield file.problem(
            (), t("a bundled document says what it is: add kind, one of {kinds}", kinds=" ".join(SourceKind))
        )
    if data.kind is not None and data.kind not in WITH_HORIZON and data.horizon is not None:
        yield file.problem(
            ("horizon",),
            t(
                "only plans and work points have a horizon, this is a {kind}: set null, and give a "
                "rule that prints a goal day a horizon of its own",
                kind=data.kind,
            ),
        )


def _place(file: Parsed[SourceFile], known: Known) -> Iterator[str]:
    data, place = file.data, file.data.place
    if data.rank is not Rank.STANDARD and (data.rank in LOCAL_RANKS) is (data.level == "national"):
        yield file.problem(
            ("rank",),
            t("a document of level {level} cannot have the rank {rank}: mend one", level=data.level, rank=data.rank),
        )
    if place is None:
        if file.bundled and data.level != "national":
            yield file.problem(
                (), t("a bundled document of a {level} says which: add place, an adcode", level=data.level)
            )
        return
    is_province = place.endswith("0000")
    if data.level == "national":
        yield file.problem(("place",), t("a national document governs no one place: drop place, or mend level"))
    elif place not in known.units:
        yield file.problem(("place",), t("no unit has the adcode {place}: use a GB/T 2260 code of today", place=place))
    elif is_province is not (data.level == "province"):
        right = t("a code that ends in 0000") if data.level == "province" else t("the code of a city or a county")
        yield file.problem(
            ("place",),
            t(
                "{place} is no place of level {level}: give {right}, or mend level",
                place=place,
                level=data.level,
                right=right,
            ),
        )


def _version(file: Parsed[SourceFile]) -> Iterator[str]:
    data = file.data
    if data.version is not None and data.known_until is not None and data.version > data.known_until.isoformat():
        yield file.problem(
            ("known_until",),
            t(
                "{known_until} is before the version of {version}: it cannot be older",
                known_until=data.known_until,
                version=data.version,
            ),
        )
    if data.version is not None and data.issued is not None and days(data.version).first < days(data.issued).first:
        yield file.problem(
            ("version",),
            t(
                "{version} is before the document was issued, {issued}: mend one",
                version=data.version,
                issued=data.issued,
            ),
        )


def _articles(file: Parsed[SourceFile]) -> Iterator[str]:
    data = file.data
    if data.articles is None:
        return
    if data.kind is not None and data.kind not in CITED_BY_ARTICLE:
        yield file.problem(
            ("articles",), t("a {kind} has no articles, laws and regulations have: drop it", kind=data.kind)
        )
    for index, one in enumerate(data.items if data.read == "whole" else ()):
        number = article(one.item)
        if number is not None and number > data.articles:
            yield file.problem(
                ("items", index),
                t(
                    "{item} is beyond the {articles} articles of this file: mend articles",
                    item=one.item,
                    articles=data.articles,
                ),
            )


def _provision(file: Parsed[SourceFile], at: At, part: ProvisionPart, known: Known) -> Iterator[str]:
    where = part.where
    if part.effect in GETS_RID and Action.UPGRADE in part.actions:
        yield file.problem(
            (*at, "actions"),
            t(
                "a {effect} does not bind who upgrades: leave upgrade out, such as [expand, replace]",
                effect=part.effect,
            ),
        )
    if part.effect is Effect.GUIDE_IN and set(part.actions) != COMES_HERE:
        yield file.problem(
            (*at, "actions"), t("what guides an industry here speaks to [new, expand, move_in]: write these")
        )
    if part.ask is not None and part.effect in SHOWN_ONLY:
        yield file.problem(
            (*at, "ask"), t("a {effect} decides nothing that an answer could change: drop ask", effect=part.effect)
        )
    if part.addressee is not None and part.effect is not Effect.DUTY:
        yield file.problem(
            (*at, "addressee"), t("only a duty lies on somebody, this is a {effect}: write duty", effect=part.effect)
        )
    if part.industries_open and not part.industries:
        yield file.problem(
            (*at, "industries_open"), t("[] is every industry already, no list of them is open: drop it")
        )
    if where.partly and not where.places:
        yield file.problem(
            (*at, "where", "partly"), t("says that places are meant in part, and names none: add places")
        )
    yield from _succession(file, at, part.in_force_until, part.superseded_by, known)


def _succession(
    file: Parsed[SourceFile], at: At, until: dt.date | None, successors: Sequence[str], known: Known
) -> Iterator[str]:
    """Check that nothing is in force beside what has taken its place."""
    for name in successors if until is not None else ():
        successor = known.sources.get(name)
        if successor is not None and until is not None and until >= successor.data.in_force_from:
            yield file.problem(
                (*at, "in_force_until"),
                t(
                    "{name} takes its place from {in_force_from} on: write the day before",
                    name=name,
                    in_force_from=successor.data.in_force_from,
                ),
            )


def article(item: str) -> int | None:
    """Return the number of the article that an item names: 43 of 第四十三条第二款."""
    found = _ARTICLE.search(item)
    if found is None:
        return None
    total = number = 0
    for sign in found[1]:
        if sign in "十百":
            total += (number or 1) * (10 if sign == "十" else 100)
            number = 0
        else:
            number = number * 10 + _DIGITS[sign]
    return total + number
