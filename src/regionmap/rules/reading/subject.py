"""From what a person types to an industry: a name, an id, a GB/T 4754-2017 code or class name, an everyday word."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.gbt4754 import MovedCode
from regionmap.errors import AmbiguousIndustryError, InputError, UnknownNameError
from regionmap.i18n import as_printed, joined, t
from regionmap.model import Text
from regionmap.model.industry import Industry
from regionmap.rules.matching.fits import Subject
from regionmap.rules.reading.code_and_name import taken_apart, whole_code

if TYPE_CHECKING:
    from regionmap.rules.reading.industry_words import Meaning

NOT_MOVED = MovedCode("", "", ())
_LETTERS = "ABCDEFGHIJKLMNOPQRSTabcdefghijklmnopqrst"
_CODE = re.compile(r"^([A-Ta-t]|[A-Ta-t]?\d{2,4})$")
_CODES = re.compile(r"^\d{2,4}(\+\d{2,4})+$")


def resolve_subject(catalogue: Catalogue, text: str) -> Subject:
    """Return the industry that ``text`` names.

    A code that an industry of the catalogue holds gives that industry and keeps the code, so that a class that holds
    more than the term means can be told apart. A code that no industry holds is its own subject, and so are several
    codes that one word stands for.

    Raises:
        AmbiguousIndustryError: the word may mean several industries; the choices are offered.
        InputError: nothing has this name; what is near in meaning is offered.
    """
    asked = " ".join(text.split())
    if not asked:
        raise InputError("no industry given: name one, such as 钢铁, steel or the GB/T 4754 code 3110")
    if len(asked) > 100:
        raise InputError("an industry's name has at most 100 characters: give a name such as 钢铁, or a code")
    named = catalogue.industry_by_name.get(asked.casefold())
    if named is not None:
        return subject_of(named)
    plain = whole_code(" ".join(unicodedata.normalize("NFKC", asked).split()))
    named = catalogue.industry_by_name.get(plain.casefold())
    if named is not None:
        return subject_of(named)
    code = _code(catalogue, plain)
    if code is not None:
        return _by_code(catalogue, code, typed=True)
    code = catalogue.gbt.by_name.get(asked)
    if code is not None:
        return _by_code(catalogue, code, typed=False)
    if _CODES.match(plain) and all(one in catalogue.gbt for one in plain.split("+")):
        return _by_codes(catalogue, "", tuple(plain.split("+")))
    return _by_words(catalogue, asked, plain)


def subject_of(industry: Industry) -> Subject:
    """Return an industry of the catalogue as what is asked for, by its name."""
    return Subject(industry.id, industry.name, industry, tuple(one.code for one in industry.codes))


def holders(catalogue: Catalogue, code: str) -> list[Industry]:
    """Return the industries whose codes hold ``code``, the closest first; all classes of a group hold the group."""
    gbt, found = catalogue.gbt, []
    classes = gbt.classes(code)
    for industry in catalogue.industries.values():
        held = [one for one in industry.codes if gbt.covers(one.code, code)]
        below = [one for one in industry.codes if one.code in classes] if classes and not held else []
        if held or (below and len({one.code for one in below}) == len(classes)):
            digits = max((len(one.code) for one in held), default=len(code))
            exact = all(one.fit == "exact" for one in below or held if below or len(one.code) == digits)
            part_of_a_plant = industry.kind in {"facility", "class"}
            # A product that is only a part of a class gives it no name where an industry holds its group.
            less = 2.5 if industry.kind == "product" and not exact else digits
            rank = (
                not industry.bundled,
                part_of_a_plant,
                -less,
                not exact,
                industry.kind != "industry",
                len(industry.codes),
            )
            found.append((rank, industry))
    return [industry for _, industry in sorted(found, key=lambda pair: pair[0])]


def _code(catalogue: Catalogue, asked: str) -> str | None:
    """Find the one code in 3110, C3110, "C 3110", "3110 炼铁" or C; None for words alone.

    Raises:
        InputError: no such code, several of them, or words beside it that name something else.
    """
    words = asked.split(" ")
    written = [word for word in words if _CODE.match(word)]
    digits = [word for word in written if len(word) > 1]
    codes = digits or written  # the letter before digits is their section
    beside = " ".join(one for one in words if one not in written)
    if not codes or (beside and not digits and not _names_section(catalogue, beside, codes)):
        return None
    if len(codes) > 1:
        raise InputError(
            "'{asked}' holds several codes of GB/T 4754: give one, such as {code}", asked=asked, code=codes[0]
        )
    (word,) = codes
    code = word.upper() if len(word) == 1 else word.lstrip(_LETTERS)
    if code not in catalogue.gbt and len(catalogue.gbt.moved.get(code, NOT_MOVED).now) != 1:
        named = _named(catalogue, beside)
        if named:
            raise UnknownNameError(
                "GB/T 4754-2017 has no code {code} (a code is a letter, or 2 to 4 digits), and '{name}' beside it has "
                "another",
                lambda: _offer(catalogue, list(dict.fromkeys([*named, *_near_codes(catalogue, word)]))),
                code=word, name=beside,
            )  # fmt: skip
        raise UnknownNameError(
            "GB/T 4754-2017 has no code {code} (a code is a letter, or 2 to 4 digits)",
            lambda: _offer(catalogue, _near_codes(catalogue, word)),
            code=word,
        )
    if beside and not _may_name(catalogue, beside, code):
        name = catalogue.gbt[code].name if code in catalogue.gbt else catalogue.gbt.moved[code].name
        raise InputError(
            "'{asked}' names two things, {name} by its code and {other} by its name: give one of them alone",
            asked=asked,
            name=t("{name} ({code})", name=as_printed(name), code=code),
            other=joined([_shown(catalogue, one) for one in _named(catalogue, beside)]),
        )
    return code


def _names_section(catalogue: Catalogue, words: str, letters: list[str]) -> bool:
    """Whether words beside letters name their section, or what lies in it: the letter of "a steel plant" is no code."""
    known = words in catalogue.gbt.by_name or words.casefold() in catalogue.industry_by_name
    return known and len(letters) == 1 and _may_name(catalogue, words, letters[0].upper())


def _named(catalogue: Catalogue, words: str) -> list[str]:
    """Return the code of the class, or the id of the industry, that words beside a code name; none for other words."""
    code = catalogue.gbt.by_name.get(words)
    if code is not None:
        return [code]
    industry = catalogue.industry_by_name.get(words.casefold())
    if industry is not None:
        return [industry.id]
    meaning = _meaning(catalogue, words) if words else None
    if meaning is None:
        return []
    return [meaning.industry.id] if meaning.industry is not None else [*(meaning.choices or meaning.codes)]


def _may_name(catalogue: Catalogue, words: str, code: str) -> bool:
    """Whether words beside a code are no name of something else: of the class, of one above or below it, or unknown."""
    named = catalogue.gbt.by_name.get(words)
    if named is not None:
        return catalogue.gbt.covers(named, code) or catalogue.gbt.covers(code, named)
    industry = catalogue.industry_by_name.get(words.casefold())
    if industry is not None:
        held = [one.code for one in industry.codes]
    else:
        meaning = _meaning(catalogue, words)
        if meaning is None or meaning.choices:
            return True
        held = [one.code for one in meaning.industry.codes] if meaning.industry is not None else [*meaning.codes]
    return any(catalogue.gbt.covers(one, code) or catalogue.gbt.covers(code, one) for one in held) or not held


def _by_code(catalogue: Catalogue, code: str, *, typed: bool) -> Subject:
    """Return the subject of a code; only one that was ``typed`` may have been meant in the edition of 2011."""
    note = _moved_note(catalogue, code) if typed else None
    if code not in catalogue.gbt:
        (code,) = catalogue.gbt.moved[code].now
    code = catalogue.gbt.only_class(code)
    name = catalogue.gbt[code].name
    holding = [one for one in holders(catalogue, code) if one.kind != "group"]
    if not holding or not (typed or _is_all_of(catalogue, holding[0], code)):
        return Subject(code, Text(name, f"{as_printed(name).en} (GB/T 4754 {code})"), None, (code,), code, name, note)
    return Subject(holding[0].id, holding[0].name, holding[0], (code,), code, name, note,
                   _is_far_wider(catalogue, holding[0], code))  # fmt: skip


def _is_far_wider(catalogue: Catalogue, industry: Industry, code: str) -> bool:
    """Whether an industry holds a class only among all of a division, or a division among others: 制造业 holds 325."""
    held = [one.code for one in industry.codes if catalogue.gbt.covers(one.code, code)]
    return all(len(one) <= len("32") for one in held) and [one.code for one in industry.codes] != [code]


def _is_all_of(catalogue: Catalogue, industry: Industry, code: str) -> bool:
    """Whether an industry is all that a class holds: 电镀 is not all of 3360, and so no name for 热处理."""
    return any(one.fit == "exact" and catalogue.gbt.covers(one.code, code) for one in industry.codes)


def _by_codes(catalogue: Catalogue, word: str, codes: tuple[str, ...]) -> Subject:
    """Return a subject of several codes under the word that stands for them."""
    if len(codes) == 1:
        return _by_code(catalogue, codes[0], typed=False)
    listed = joined([_class(catalogue, one) for one in codes])
    name = Text(f"{word}（{listed.zh}）", f"{word} (GB/T 4754 {', '.join(codes)})") if word else listed
    return Subject("+".join(codes), name, None, codes)


def _by_words(catalogue: Catalogue, asked: str, plain: str) -> Subject:
    """Return what everyday words mean, or a code and a name that are written as one word.

    Raises:
        InputError: see ``resolve_subject``.
    """
    meaning = _meaning(catalogue, plain)
    if meaning is None:
        for digits, name, sure in taken_apart(plain):
            # 30吨水泥 and 某项目（2022） hold numbers of other things.
            if sure or _is_known(catalogue, name):
                code = _code(catalogue, f"{digits} {name}")
                if code is not None:
                    return _by_code(catalogue, code, typed=True)
        raise UnknownNameError("no industry is called '{asked}'", lambda: _nearest(catalogue, asked), asked=asked)
    if meaning.choices:
        raise _ambiguous(catalogue, asked, meaning)
    if meaning.industry is not None:
        return subject_of(meaning.industry)
    return _by_codes(catalogue, plain, meaning.codes)


def _meaning(catalogue: Catalogue, words: str) -> Meaning | None:
    from regionmap.rules.reading.industry_words import IndustryWords  # late: most questions give a name or a code

    return IndustryWords.of(catalogue).find(words)


def _is_known(catalogue: Catalogue, name: str) -> bool:
    """Tell whether a name is an industry's or a class's, or an everyday word for one, with nothing beside it."""
    known = name in catalogue.gbt.by_name or name.casefold() in catalogue.industry_by_name
    return known or _meaning(catalogue, name) is not None


def _ambiguous(catalogue: Catalogue, asked: str, meaning: Meaning) -> AmbiguousIndustryError:
    ask = Text(f"（{meaning.ask.zh}）", f" ({meaning.ask.en})") if meaning.ask is not None else ""
    return AmbiguousIndustryError(
        "'{asked}' may mean several industries: {names}{question}; give one of them, such as {first}",
        meaning.choices,
        meaning.ask,
        asked=asked,
        names=joined([_shown(catalogue, one) for one in meaning.choices]),
        question=ask,
        first=meaning.choices[0],
    )


def _shown(catalogue: Catalogue, name: str) -> Text:
    """Return an industry or a class as messages show it: 钢铁（steel）, 炼铁（3110）. Classes have no English names."""
    industry = catalogue.industries.get(name)
    words = as_printed(catalogue.gbt[name].name) if industry is None else industry.name
    return Text(f"{words.zh}（{name}）", f"{words.en} ({name})")


def _moved_note(catalogue: Catalogue, code: str) -> Text | None:
    moved = catalogue.gbt.moved.get(code)
    if moved is None:
        return _held_note(catalogue, code)
    now = joined([_class(catalogue, one) for one in moved.now])
    if code in catalogue.gbt:
        return t(
            "Code {code} is read as GB/T 4754-2017 ({name}); in the 2011 edition it was {old}, which is {now} today.",
            code=code,
            name=as_printed(catalogue.gbt[code].name),
            old=as_printed(moved.name),
            now=now,
        )
    return t(
        "GB/T 4754-2017 has no code {code}: it was {old} in the 2011 edition and is read as {now}.",
        code=code,
        old=as_printed(moved.name),
        now=now,
    )


def _held_note(catalogue: Catalogue, code: str) -> Text | None:
    """Say what a group or a division held in 2011 that lies elsewhere today: 303 held 建筑陶瓷制品制造."""
    held = catalogue.gbt.held_in_2011(code)
    if not held:
        return None
    return t(
        "Code {code} is read as GB/T 4754-2017 ({name}); in the 2011 edition it also held {old}, which is {now} today.",
        code=code,
        name=as_printed(catalogue.gbt[code].name),
        old=joined([as_printed(one.name) for one in held]),
        now=joined([_class(catalogue, now) for one in held for now in one.now]),
    )


def _class(catalogue: Catalogue, code: str) -> Text:
    name = as_printed(catalogue.gbt[code].name)
    return Text(f"{code} {name.zh}", f"{code} {name.en}")


def _near_codes(catalogue: Catalogue, word: str) -> list[str]:
    from regionmap.rules.reading.suggestions import near_code  # late: only for a message

    return near_code(catalogue, word.lstrip(_LETTERS))


def _nearest(catalogue: Catalogue, asked: str) -> Text:
    from regionmap.rules.reading.suggestions import near  # late: only for a message

    return _offer(catalogue, near(catalogue, asked))


def _offer(catalogue: Catalogue, found: list[str]) -> Text:
    if not found:
        return t(": try a name such as 钢铁 or steel, or a GB/T 4754-2017 code such as 3110")
    return t(": did you mean {names}?", names=joined([_shown(catalogue, one) for one in found]))
