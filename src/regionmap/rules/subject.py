"""From what a person types to an industry: a name, an id, a GB/T 4754-2017 code or the name of a class."""

from __future__ import annotations

import difflib
import re

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.gbt4754 import MovedCode
from regionmap.errors import InputError, UnknownNameError
from regionmap.i18n import t
from regionmap.model import Industry, Text
from regionmap.rules.finding import Subject

NOT_MOVED = MovedCode("", "", ())
_LETTERS = "ABCDEFGHIJKLMNOPQRSTabcdefghijklmnopqrst"
_CODE = re.compile(r"^([A-Ta-t]|[A-Ta-t]?\d{2,4})$")


def resolve_subject(catalogue: Catalogue, text: str) -> Subject:
    """Return the industry that ``text`` names.

    A code that an industry of the catalogue holds gives that industry and keeps the code, so that a class that holds
    more than the term means can be told apart. A code that no industry holds is its own subject.

    Raises:
        InputError: nothing has this name; the nearest names are offered.
    """
    asked = " ".join(text.split())
    if not asked:
        raise InputError("no industry given: name one, such as 钢铁, steel or the GB/T 4754 code 3110")
    if len(asked) > 100:
        raise InputError("an industry's name has at most 100 characters: give a name such as 钢铁, or a code")
    named = catalogue.industry_by_name.get(asked.casefold())
    if named is not None:
        return subject_of(named)
    code = _code(catalogue, asked)
    if code is not None:
        return _by_code(catalogue, code)
    raise UnknownNameError(f"no industry is called '{asked}'", lambda: f": {_nearest(catalogue, asked)}")


def subject_of(industry: Industry) -> Subject:
    """Return an industry of the catalogue as what is asked for, by its name."""
    return Subject(industry.id, industry.name, industry, tuple(one.code for one in industry.codes))


def holders(catalogue: Catalogue, code: str) -> list[Industry]:
    """Return the industries whose codes hold ``code``, the closest first."""
    found = []
    for industry in catalogue.industries.values():
        held = [one for one in industry.codes if catalogue.gbt.covers(one.code, code)]
        if held:
            best = max(held, key=lambda one: len(one.code))
            part_of_a_plant = industry.kind in {"facility", "class"}
            rank = (
                part_of_a_plant,
                -len(best.code),
                best.fit != "exact",
                industry.kind != "industry",
                len(industry.codes),
            )
            found.append((rank, industry))
    return [industry for _, industry in sorted(found, key=lambda pair: pair[0])]


def _code(catalogue: Catalogue, asked: str) -> str | None:
    """Find the one code in 3110, C3110, "C 3110", "3110 炼铁", C or 炼铁.

    Raises:
        InputError: no such code, several of them, or words beside it that name something else.
    """
    words = asked.split(" ")
    written = [word for word in words if _CODE.match(word)]
    digits = [word for word in written if len(word) > 1]
    codes = digits or written  # the letter before digits is their section
    if not codes:
        return catalogue.gbt.by_name.get(asked)
    if len(codes) > 1:
        raise InputError(f"'{asked}' holds several codes of GB/T 4754: give one, such as {codes[0]}")
    (word,) = codes
    code = word.upper() if len(word) == 1 else word.lstrip(_LETTERS)
    if code not in catalogue.gbt and len(catalogue.gbt.moved.get(code, NOT_MOVED).now) != 1:
        raise UnknownNameError(
            f"GB/T 4754-2017 has no code {word}: codes have a letter, or 2, 3 or 4 digits",
            lambda: f"; {_nearest(catalogue, word)}",
        )
    beside = " ".join(one for one in words if one not in written)
    if beside and not _may_name(catalogue, beside, code):
        name = catalogue.gbt[code].name if code in catalogue.gbt else catalogue.gbt.moved[code].name
        raise InputError(f"'{asked}' names two things, since {code} is {name}: give the code or the name alone")
    return code


def _may_name(catalogue: Catalogue, words: str, code: str) -> bool:
    """Whether words beside a code are no name of something else: of the class, of one above or below it, or unknown."""
    named = catalogue.gbt.by_name.get(words)
    if named is not None:
        return catalogue.gbt.covers(named, code) or catalogue.gbt.covers(code, named)
    industry = catalogue.industry_by_name.get(words.casefold())
    if industry is None:
        return True
    held = [one.code for one in industry.codes]
    return any(catalogue.gbt.covers(one, code) or catalogue.gbt.covers(code, one) for one in held) or not held


def _by_code(catalogue: Catalogue, code: str) -> Subject:
    note = _moved_note(catalogue, code)
    if code not in catalogue.gbt:
        (code,) = catalogue.gbt.moved[code].now
    name = catalogue.gbt[code].name
    holding = [one for one in holders(catalogue, code) if one.kind != "group"]
    if not holding:
        return Subject(code, Text(name, f"{name} (GB/T 4754 {code})"), None, (code,), code, name, note)
    return Subject(holding[0].id, holding[0].name, holding[0], (code,), code, name, note)


def _moved_note(catalogue: Catalogue, code: str) -> Text | None:
    moved = catalogue.gbt.moved.get(code)
    if moved is None:
        return None
    now = Text(*(", ".join(f"{one} {catalogue.gbt[one].name}" for one in moved.now) for _ in range(2)))
    if code in catalogue.gbt:
        return t(
            "Code {code} is read as GB/T 4754-2017 ({name}); in the 2011 edition it was {old}, which is {now} today.",
            code=code,
            name=catalogue.gbt[code].name,
            old=moved.name,
            now=now,
        )
    return t(
        "GB/T 4754-2017 has no code {code}: it was {old} in the 2011 edition and is read as {now}.",
        code=code,
        old=moved.name,
        now=now,
    )


def _nearest(catalogue: Catalogue, asked: str) -> str:
    names: dict[str, str] = {}
    for industry in catalogue.industries.values():
        for word in (industry.name.zh, industry.name.en, *industry.aliases, industry.id):
            names.setdefault(word.casefold(), f"{industry.name.zh} ({industry.id})")
    for code, row in catalogue.gbt.items():
        names.setdefault(row.name, f"{row.name} ({code})")
        if asked[:2].isdigit():
            names.setdefault(code, f"{row.name} ({code})")
    wanted = asked.casefold()
    near = [f"0{asked}"] if f"0{asked}" in names else []  # 911: a spreadsheet took 0911 for a number
    near += difflib.get_close_matches(wanted, names, 4, 0.5)
    near += [word for word in names if wanted in word or (word in wanted and len(word) > 1)][: 4 - len(near)]
    if not near:
        return "try a name such as 钢铁 or steel, or a GB/T 4754-2017 code such as 3110"
    return "did you mean " + ", ".join(dict.fromkeys(names[word] for word in near)) + "?"
