"""Checks of industries: parents and members that must not go round, deep or twice, codes, and names that are taken.

A file of one's own may add industries, and may not change what the bundled ones mean: it takes no name that has a
meaning already, and joins no two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from regionmap.catalogue import graphs
from regionmap.catalogue.files import Parsed
from regionmap.catalogue.folding import class_forms, code_in, folded
from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.catalogue.known import Known
from regionmap.catalogue.lines import At, chain, references, twice
from regionmap.catalogue.schema import IndustriesFile, IndustryPart
from regionmap.errors import Problem
from regionmap.i18n import t, word_list
from regionmap.model import Text

DEEPEST = 12
"""Steps from an industry up through parents and groups; the bundled ones take three."""

CODE_BESIDE_A_NAME = re.compile(r"[a-t]?(?P<code>[0-9]{2,4})(?P<name>[^0-9].*)")
SEVERAL_CODES = re.compile(r"[a-t]?[0-9]{2,4}(\+[a-t]?[0-9]{2,4})+")
Place = tuple[Parsed[IndustriesFile], int]


def check_industries(file: Parsed[IndustriesFile], known: Known) -> Iterator[str]:
    """Check the industries of one file."""
    for index, part in enumerate(file.data.industries):
        at: At = ("industries", index)
        codes = [one.code for one in part.codes]
        for field, ids in (("parents", part.parents), ("members", part.members)):
            yield from references(file, (*at, field), ids, known.industry_ids, "industry")
            if part.id in ids:
                yield file.problem(
                    (*at, field), t("{id} cannot stand among its own {field}: drop it", id=part.id, field=field)
                )
        for field, wanted in (("codes", codes), ("wide", part.wide)):
            yield from twice(file, (*at, field), wanted, "code")
            for code in wanted:
                if code not in known.gbt:
                    yield file.problem(
                        (*at, field),
                        t("GB/T 4754-2017 has no code {code}: {near}", code=code, near=known.gbt_codes.near(code)),
                    )
        if part.members and part.kind != "group":
            yield file.problem(
                (*at, "members"), t("only a group has members, this is a {kind}: set kind: group", kind=part.kind)
            )
        if part.kind == "group" and not part.members:
            yield file.problem((*at, "members"), t("a group without members: list them, or set kind: class"))


class Order:
    """Who stands above whom: an industry's parents, and the groups that have it as a member."""

    def __init__(self, files: Sequence[Parsed[IndustriesFile]], known: Known) -> None:
        """Gather it from all files."""
        self._known = known
        self.where: dict[str, Place] = {}
        for file in files:
            for index, part in enumerate(file.data.industries):
                self.where.setdefault(part.id, (file, index))
        parts = known.industries
        self.parents = {name: [one for one in part.parents if one != name] for name, part in parts.items()}
        self.members = {name: [one for one in part.members if one != name] for name, part in parts.items()}
        self.up = {name: list(ids) for name, ids in self.parents.items()}
        self.down = {name: list(ids) for name, ids in self.members.items()}
        for name in parts:
            for group_member in self.members[name]:
                self.up.setdefault(group_member, []).append(name)
            for parent in self.parents[name]:
                self.down.setdefault(parent, []).append(name)
        self._above: dict[str, frozenset[str]] = {}
        self._shape = graphs.shape(self.up, DEEPEST)

    def check(self) -> Iterator[str]:
        """Check that parents and members form no circle, are not deep, and that a group holds nothing twice."""
        deep = 0
        for field, edges in (("parents", self.parents), ("members", self.members)):
            shape = graphs.shape(edges, DEEPEST)
            deep += len(shape.deep)
            for circle in shape.circles:
                yield self._problem(
                    circle,
                    field,
                    t("the {field} go round in a circle, {chain}: cut one of them", field=field, chain=chain(circle)),
                )
            for steps in shape.deep:
                yield self._problem(
                    steps,
                    field,
                    t(
                        "{field} of {field}, more than {most} deep, {chain}: leave some out",
                        field=field,
                        most=DEEPEST,
                        chain=chain(steps),
                    ),
                )
            for name, (file, index) in self.where.items() if field == "members" else ():
                doubled = graphs.reached_twice(edges, edges[name]) if name in shape.sound else None
                if doubled is not None:
                    words = graphs.twice_in_words(*doubled)
                    yield file.problem(
                        ("industries", index, "members"), t("the group holds {words}: name it once", words=words)
                    )
        for circle in self._shape.circles:
            ways = {one in self.parents[name] for name, one in pairwise(circle)}
            if len(ways) > 1:  # of parents alone, or of groups alone: told already
                yield self._problem(
                    circle,
                    "parents",
                    t(
                        "parents and groups go round in a circle, {chain}: what is a member of a group cannot stand "
                        "above it",
                        chain=chain(circle),
                    ),
                )
        for steps in self._shape.deep if not deep else ():
            yield self._problem(
                steps,
                "parents",
                t(
                    "parents and groups more than {most} deep, {chain}: leave some out",
                    most=DEEPEST,
                    chain=chain(steps),
                ),
            )

    def joined(self, part: IndustryPart) -> tuple[str, str] | None:
        """Return two bundled industries, lower and upper, of which only this one makes the first a part of the second.

        What lies below it, through others of one's own, then comes under its bundled parents.
        """
        bundled = self._known.bundled_industries
        uppers = [one for one in self.parents[part.id] if one in bundled]
        if not uppers or part.id not in self._shape.sound:
            return None
        for lower in graphs.reach(part.id, lambda one: () if one in bundled else self.down.get(one, ())):
            for upper in uppers if lower in bundled else ():
                if upper != lower and upper not in self._bundled_above(lower):
                    return lower, upper
        return None

    def _bundled_above(self, name: str) -> frozenset[str]:
        """All that stands above a bundled industry by the bundled files alone."""
        found = self._above.get(name)
        if found is None:
            bundled = self._known.bundled_industries
            above = graphs.reach(name, lambda one: [up for up in self.up.get(one, ()) if up in bundled])
            found = self._above[name] = frozenset(above)
        return found

    def _problem(self, names: Sequence[str], field: str, message: Text) -> Problem:
        """Tell it where a file of one's own has a hand in it: the bundled ones held before."""
        places = [self.where[one] for one in names if one in self.where]
        file, index = next((one for one in places if not one[0].bundled), places[0])
        return file.problem(("industries", index, field), message)


def check_own(files: Sequence[Parsed[IndustriesFile]], order: Order, known: Known) -> Iterator[str]:
    """Check that the industries of one's own take no name that is taken, and change nothing between bundled ones."""
    own = [file for file in files if not file.bundled]
    taken = _Taken(known) if own else None
    for file in own:
        for index, part in enumerate(file.data.industries):
            if part.id in known.bundled_industries:
                continue  # told as an id that stands twice
            for path, word in _words(part, index):
                reason = taken.by(word) if taken is not None else None
                if reason is not None:
                    yield file.problem(path, reason)
            joined = order.joined(part)
            if joined is not None:
                yield file.problem(
                    ("industries", index, "parents"),
                    t(
                        "makes {one} a part of {other}, which the bundled industries do not say: drop the "
                        "parent or the member",
                        one=joined[0],
                        other=joined[1],
                    ),
                )
            yield from _beyond(file, index, part, known)


class _Taken:
    """Names that mean something already: codes, classes, bundled industries."""

    def __init__(self, known: Known) -> None:
        self._gbt = known.gbt
        self._classes = class_names(known.gbt)
        self._industries: dict[str, tuple[str, str]] = {}
        for name in sorted(known.bundled_industries):
            part = known.industries[name]
            for word in (part.id, part.name.zh, part.name.en, *part.aliases):
                for form in class_forms(word):
                    self._industries.setdefault(form, (name, word))

    def by(self, word: str) -> Text | None:
        """Return what a name collides with and what would be right; None for a name that is free."""
        forms = class_forms(word)
        code = code_in(word)
        if code is not None:
            held = self._gbt[code].name if code in self._gbt else ""
            called = Text(f"“{held}”", f", {held}") if held else Text("", "")
            return t(
                "'{word}' is a code of GB/T 4754{name}: write it into codes and choose a name", word=word, name=called
            )
        if SEVERAL_CODES.fullmatch(folded(word)):
            return t("'{word}' is several codes of GB/T 4754: write them into codes and choose a name", word=word)
        if forms == {""}:
            return t("'{word}' holds no letter and no figure: choose a name", word=word)
        for form in sorted(forms, key=len, reverse=True):
            if form in self._industries:
                meant, other = self._industries[form]
                same = Text("", "") if other == meant else Text(f"（“{other}”）", f" ('{other}')")
                return t(
                    "'{word}' means the bundled industry {name}{same}: use its id in rules, or choose another name",
                    word=word, name=meant, same=same,
                )  # fmt: skip
            if form in self._classes:
                code = self._classes[form]
                return t(
                    "'{word}' is {code} {name} of GB/T 4754-2017: answers know it by this name, write the code into "
                    "codes and choose another name",
                    word=word, code=code, name=self._gbt[code].name,
                )  # fmt: skip
        return self._coded(word)

    def _coded(self, word: str) -> Text | None:
        """Read a code beside words (3110 炼铁) as the code."""
        pieces = word.split()
        codes = [code for code in map(code_in, pieces) if code is not None and len(code) > 1 and len(pieces) > 1]
        written = CODE_BESIDE_A_NAME.fullmatch(folded(word))
        if written is not None and (written["name"] in self._industries or written["name"] in self._classes):
            codes.append(written["code"])
        for code in codes:
            if code in self._gbt:
                return t(
                    "'{word}' holds {code}, a code of GB/T 4754 ({name}): write it into codes",
                    word=word, code=code, name=self._gbt[code].name,
                )  # fmt: skip
        return None


def class_names(gbt: GbtTable) -> dict[str, str]:
    """Return the codes by every form of the names of classes; where a group holds one class of its name, the class."""
    return {form: code for code, row in gbt.items() for form in class_forms(row.name)}


def _words(part: IndustryPart, index: int) -> Iterator[tuple[At, str]]:
    at: At = ("industries", index)
    yield (*at, "id"), part.id
    yield (*at, "name", "zh"), part.name.zh
    if folded(part.name.en) != folded(part.name.zh):
        yield (*at, "name", "en"), part.name.en
    for number, word in enumerate(part.aliases):
        yield (*at, "aliases", number), word


def _beyond(file: Parsed[IndustriesFile], index: int, part: IndustryPart, known: Known) -> Iterator[str]:
    """Check that the codes lie among those of every parent: else who asks for the parent asks for more than it is."""
    for name in part.parents:
        parent = known.industries.get(name)
        held = [one.code for one in parent.codes] if parent is not None else []
        for one in part.codes:
            if held and not any(_related(known.gbt, one.code, other) for other in held):
                yield file.problem(
                    ("industries", index, "codes"),
                    t(
                        "{code} is none of the codes of its parent {name} ({codes}): drop the parent or the code",
                        code=one.code,
                        name=name,
                        codes=word_list(held[:5]),
                    ),
                )


def _related(gbt: GbtTable, one: str, other: str) -> bool:
    return gbt.covers(one, other) or gbt.covers(other, one)
