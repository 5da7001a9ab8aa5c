"""From what a user writes to an administrative unit: strict, so that nobody gets another place without being told.

A name with its kind (吉林市) that one unit has is that unit. A name without it (吉林) is taken only where the choice is
plain, and then a note names the others: a prefecture before its own counties (南昌), the capital of a province before
far-off counties and districts (西安), a province before counties (河北). Everything else is refused with its
candidates. A name may stand behind or, in English, before the units that it lies in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from regionmap.errors import InputError
from regionmap.i18n import enumerated, joined, t
from regionmap.limits import LONGEST_NAME
from regionmap.model import Level, Text, Unit
from regionmap.places.errors import AmbiguousPlaceError, UnknownPlaceError
from regionmap.places.names import nearest, past_pinyin, spelling
from regionmap.places.names.past import PastNames, Reading
from regionmap.places.names.past_words import PastWords
from regionmap.places.names.units import Index, Units

if TYPE_CHECKING:
    from regionmap.places.names.address_head import AddressHeads

MOST_CANDIDATES = 12

_CODE = re.compile(r"\d{6}")
_RANK = re.compile("(?P<above>.*)(?P<rank>地级|县级)(?P<name>.+市)")
"""A word that tells a prefecture from a county of the same name: 地级巢湖市, 安徽省县级巢湖市."""
_NAME_AND_CODE = re.compile(r"(?P<name>.*\D)\s*(?P<code>\d{6})")
_IN_PARENTHESES = re.compile(r"(?P<name>[^()]+)\((?P<above>[^()]+)\)")
_MOST_ENGLISH_WORDS = 10


class NameResolver:
    """Finds units by their names. Indexes are built when they are first needed."""

    def __init__(self, gazetteer: Units) -> None:
        """Keep the gazetteer whose units are to be found."""
        self._gazetteer = gazetteer

    @cached_property
    def full(self) -> Index:
        """Chinese names that carry their kind → codes."""
        return self._index(spelling.full_names)

    @cached_property
    def loose(self) -> Index:
        """Chinese names without their kind → codes."""
        return self._index(spelling.loose_names)

    @cached_property
    def english(self) -> Index:
        """Folded English names, with and without the word for their kind → codes."""
        return self._index(spelling.english_keys)

    @cached_property
    def english_with_kind(self) -> Index:
        """Folded English names that count only where the word for their kind is said → codes."""
        return self._index(spelling.english_keys_with_kind)

    def _index(self, names_of: Callable[[Unit], set[str]]) -> Index:
        index: dict[str, list[str]] = {}
        for unit in self._gazetteer.by_code.values():
            for name in names_of(unit):
                index.setdefault(name, []).append(unit.code)
        return {name: tuple(codes) for name, codes in index.items()}

    def resolve(self, text: str) -> tuple[Unit, Text | None]:
        """Return the unit that a name or a code means, and a note where the reader should know of others.

        Raises:
            AmbiguousPlaceError, UnknownPlaceError, InputError: see ``Gazetteer.resolve``.
        """
        return self._one(self._found(_checked(text)))

    def codes(self, text: str) -> tuple[str, ...]:
        """Return the codes of all units of today that a name or a code may mean, none where it means none.

        Raises:
            InputError: empty, too long, no text.
        """
        asked = _checked(text)
        if asked.isascii() and asked.isdigit():
            return (asked,) if asked in self._gazetteer.by_code else ()
        with_code = _NAME_AND_CODE.fullmatch(asked)
        if with_code:
            return tuple(code for code in self.codes(with_code["name"]) if code == with_code["code"])
        if not spelling.has_han(asked):
            return self._english(spelling.english_parts(asked))
        key, level = _without_rank(_reordered(asked))
        return self._of_rank(self._chinese(key), level)

    def _of_rank(self, codes: tuple[str, ...], level: Level | None) -> tuple[str, ...]:
        return tuple(code for code in codes if level is None or self._gazetteer.by_code[code].level is level)

    def _is_of_rank(self, one: Reading, level: Level | None) -> bool:
        """Tell whether a reading is of a level: 341400 was a prefecture, whatever its parts are today."""
        if level is None:
            return True
        if one.former is not None and one.former.code:
            return one.former.code.endswith("00") is (level is Level.PREFECTURE)
        return bool(self._of_rank(one.now, level))

    def _one(self, found: tuple[Unit, Text | None] | Reading) -> tuple[Unit, Text | None]:
        if not isinstance(found, Reading):
            return found
        return self._past_words.only(found), self._past_words.what(found)

    def resolve_several(self, text: str) -> tuple[tuple[Unit, ...], Text | None]:
        """Return all units that a name or a code of the past stands for together; otherwise as ``resolve``."""
        found = self._found(_checked(text))
        if isinstance(found, Reading) and found.former is not None and found.former.together:
            return tuple(self._gazetteer.unit(code) for code in found.now), self._past_words.what(found)
        unit, note = self._one(found)
        return (unit,), note

    def _found(self, asked: str) -> tuple[Unit, Text | None] | Reading:
        """Return the unit of today that a name or a code means, with a note, or what it stands for that is of the past.

        Raises:
            AmbiguousPlaceError, UnknownPlaceError, InputError: see ``Gazetteer.resolve``.
        """
        if asked.isascii() and asked.isdigit():
            return self._by_code(asked)
        with_code = _NAME_AND_CODE.fullmatch(asked)
        if with_code:
            return self._name_and_code(with_code["name"], with_code["code"], asked)
        chinese = spelling.has_han(asked)
        key, level = _without_rank(_reordered(asked)) if chinese else ("", None)
        codes = self._of_rank(self._chinese(key), level) if chinese else self._english(spelling.english_parts(asked))
        if not codes:
            past = self._past.read(key) if chinese else self._past_pinyin(spelling.english_parts(asked))
            past = tuple(one for one in past if self._is_of_rank(one, level))
            if not past:
                raise nearest.unknown_name(self._gazetteer, self, asked)
            return self._past_words.one_of(asked, past)
        chosen = self._dominant(codes) if chinese else self._dominant_english(codes)
        if chosen is None:
            raise self._ambiguous(asked, codes)
        others = tuple(code for code in codes if code != chosen)
        if others:
            return self._gazetteer.unit(chosen), self._note(asked, chosen, others)
        note = self._past_words.also(asked, key, chosen) if chinese and level is None else None
        return self._gazetteer.unit(chosen), note or self._said_anywhere(asked, chosen)

    def _name_and_code(self, name: str, code: str, asked: str) -> tuple[Unit, Text | None]:
        """Take a line of a list of candidates, 朝阳区(北京市) 110105, if both halves speak of one unit."""
        unit = self._gazetteer.unit(code)
        if spelling.has_han(name):
            meant = self._chinese(_reordered(name))
        else:
            meant = self._english(spelling.english_parts(name))
        if code not in meant:
            raise InputError(
                "'{asked}' names two places, since {code} is {unit} and not {name}: give the name or "
                "the code alone",
                asked=spelling.shown(asked), code=code, unit=Text(unit.name, unit.name_en), name=name.strip(),
            )  # fmt: skip
        return unit, None

    # The past

    def _past_pinyin(self, parts: list[list[str]]) -> tuple[Reading, ...]:
        outers = {code for words in parts[1:2] for code in self._english([words])}
        if len(parts) > 2:
            return ()

        def inside(code: str) -> bool:
            return any(unit.code in outers for unit in self._gazetteer.ancestors(code))

        return past_pinyin.read_parts(parts, self._past, inside if len(parts) == 2 else None)

    @cached_property
    def _past(self) -> PastNames:
        return PastNames(self._gazetteer.by_code, self.full, self.loose)

    @cached_property
    def _past_words(self) -> PastWords:
        return PastWords(self._gazetteer.by_code, self._gazetteer.label, self._past)

    @cached_property
    def address_heads(self) -> AddressHeads:
        """Reads the heads of addresses."""
        from regionmap.places.names.address_head import AddressHeads  # late: only files of sites have addresses

        return AddressHeads(self._gazetteer.by_code, self._past, self._plainest)

    def _plainest(self, head: str, readings: tuple[Reading, ...]) -> tuple[Unit, ...]:
        """Return the units that readings of the head of an address mean beyond doubt: units of today come first.

        Raises:
            AmbiguousPlaceError, UnknownPlaceError: there is doubt.
        """
        codes = tuple(sorted(one.now[0] for one in readings if one.former is None))
        if not codes:
            return tuple(self._gazetteer.unit(code) for code in self._past_words.one_of(head, readings).now)
        chosen = self._dominant(codes)
        if chosen is None:
            raise self._ambiguous(head, codes)
        return (self._gazetteer.unit(chosen),)

    def _by_code(self, code: str) -> tuple[Unit, Text | None] | Reading:
        """Return the unit of a code, with a note where it was another unit's before, or what had it in the past."""
        unit = self._gazetteer.by_code.get(code)
        if unit is None:
            return self._past_words.had_code(code) or (self._gazetteer.unit(code), None)
        return unit, self._past_words.changed_hands(unit)

    def _said_anywhere(self, asked: str, chosen: str) -> Text | None:
        """Return a note where one unit bears a name that parts of many towns are called by: 南区 of 香港."""
        if not spelling.is_said_anywhere(asked):
            return None
        return t("{asked} is taken as {chosen}; parts of many towns are called so: name the unit above it.",
                 asked=asked, chosen=self._text(chosen))  # fmt: skip

    # Chinese

    def _chinese(self, text: str, inside: str = "") -> tuple[str, ...]:
        """Return the codes that a Chinese name may mean; ``inside`` keeps to what lies in that unit."""
        whole = self._inside(self.full.get(text, ()), inside) or self._inside(self.loose.get(text, ()), inside)
        if whole:
            return whole
        found: dict[str, None] = {}
        for head, tail in self.prefixes(text, inside):
            found.update(dict.fromkeys(self._chinese(tail, head)))
        return tuple(sorted(found))

    def prefixes(self, text: str, inside: str = "") -> Iterator[tuple[str, str]]:
        """Yield (code of a unit that the text begins with, the rest of the text)."""
        for cut in range(2, len(text)):
            heads = (*self.full.get(text[:cut], ()), *self.loose.get(text[:cut], ()))
            for head in self._inside(heads, inside):
                yield head, text[cut:]

    def _inside(self, codes: Iterable[str], outer: str) -> tuple[str, ...]:
        if not outer:
            return tuple(codes)
        return tuple(code for code in codes if any(unit.code == outer for unit in self._gazetteer.ancestors(code)))

    # English

    def _english(self, parts: list[list[str]]) -> tuple[str, ...]:
        """Return the codes that an English name may mean: parts are split at commas, the place first or last."""
        if not parts or sum(map(len, parts)) > _MOST_ENGLISH_WORDS:
            return ()
        if len(parts) == 1:
            whole = self._english_name(parts[0])
            if whole:
                return whole
            splits = [[parts[0][:cut], parts[0][cut:]] for cut in range(1, len(parts[0]))]
        else:
            splits = [parts]
        found: dict[str, None] = {}
        for split in splits:
            for place, above in ((split[0], split[1:]), (split[-1], split[:-1])):
                found.update(dict.fromkeys(self._english_inside(place, above)))
        return tuple(sorted(found))

    def _english_inside(self, place: list[str], above: list[list[str]]) -> Iterator[str]:
        """Yield the codes of a place, all of whose named units above are units above it."""
        codes = self._english_name(place)
        outers = [set(self._english([words])) for words in above] if codes else []
        for code in codes:
            over = {unit.code for unit in self._gazetteer.ancestors(code)}
            if all(over & outer for outer in outers):
                yield code

    def _english_name(self, words: list[str]) -> tuple[str, ...]:
        whole = self._english_key("".join(words))
        if whole:
            return whole
        stem, kinds = spelling.without_kind(words)
        if not kinds:
            return ()
        key = "".join(stem)
        units = [self._gazetteer.unit(code) for code in (*self._english_key(key), *self.english_with_kind.get(key, ()))]
        high = words[-1] == "prefecture"
        return tuple(
            unit.code for unit in units if unit.name.endswith(kinds) and not (high and unit.level is Level.COUNTY)
        )

    def _english_key(self, key: str) -> tuple[str, ...]:
        # Keyboards write ü as v: Lvliang is Lüliang.
        return self.english.get(key) or self.english.get(key.replace("lv", "lu").replace("nv", "nu"), ())

    # The choice

    def _dominant(self, codes: tuple[str, ...]) -> str | None:
        """Return the one code that a name means beyond doubt, None where there is doubt."""
        if len(codes) == 1:
            return codes[0]
        units = [self._gazetteer.unit(code) for code in codes]
        high = [unit for unit in units if unit.level is not Level.COUNTY]
        if len(high) != 1:
            return None
        first = high[0]
        own = all(unit.parent == first.code for unit in units if unit is not first)
        # The capital of every province and autonomous region has the first number of the prefectures.
        capital_or_province = first.level is Level.PROVINCE or first.code.endswith("0100")
        return first.code if own or capital_or_province else None

    def _dominant_english(self, codes: tuple[str, ...]) -> str | None:
        """Choose as in Chinese, once spellings are parted that differ in Chinese: Wuxi is 无锡市, not 巫溪县."""
        by_name: dict[str, list[str]] = {}
        for code in codes:
            unit = self._gazetteer.unit(code)
            by_name.setdefault(spelling.bare_name(unit) or unit.name, []).append(code)
        high = [
            same for same in by_name.values() if any(self._gazetteer.unit(c).level is not Level.COUNTY for c in same)
        ]
        return self._dominant(tuple(high[0]) if len(high) == 1 else codes)

    # Words

    def _note(self, asked: str, chosen: str, others: tuple[str, ...]) -> Text:
        listed = [self._text(code) for code in others[:MOST_CANDIDATES]]
        return t("{asked} is taken as {chosen}; it may also mean {others}.",
                 asked=spelling.shown(asked), chosen=self._text(chosen), others=joined(listed))  # fmt: skip

    def _text(self, code: str) -> Text:
        return self._gazetteer.label(code)

    def _ambiguous(self, asked: str, codes: tuple[str, ...]) -> AmbiguousPlaceError:
        levels = tuple(Level)
        codes = tuple(sorted(codes, key=lambda code: (levels.index(self._gazetteer.unit(code).level), code)))
        first = next(code for code in codes if self._gazetteer.ancestors(code))
        unit, above = self._gazetteer.unit(first), self._gazetteer.ancestors(first)[0]
        example = above.name + unit.name if spelling.has_han(asked) else f"{unit.name_en}, {above.name_en}"
        return AmbiguousPlaceError(
            "'{asked}' may mean {count} places: {places}; give a code, or the full name with the "
            "unit above it, such as {example}",
            codes,
            asked=spelling.shown(asked), count=len(codes), places=self._listed(codes), example=example,
        )  # fmt: skip

    def _listed(self, codes: tuple[str, ...]) -> Text:
        listed = list(map(self._text, codes[:MOST_CANDIDATES]))
        more = len(codes) - MOST_CANDIDATES
        return enumerated(listed, more) if more > 0 else joined(listed)

    def unknown_code(self, code: str) -> UnknownPlaceError:
        """Return the error for a code that no unit has."""
        return self._past_words.gone(code) or nearest.unknown_code(self._gazetteer, code)

    def search(self, text: str, limit: int) -> tuple[Unit, ...]:
        """Return units for a picker: see ``Gazetteer.search``."""
        return nearest.search(self._gazetteer, self, text, limit)


def _checked(text: str) -> str:
    """Return the text with plain characters and single spaces, or say why it is no name.

    Raises:
        InputError: empty, too long, no text.
    """
    if not isinstance(text, str):
        raise InputError(
            "a place is a name or an adcode as text, not {given}: give 保定市, Baoding or '130600'",
            given=repr(text)[:60],
        )
    if len(text) <= LONGEST_NAME and text.isascii() and text.isalnum():
        return text  # most often a code
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFKC", text))
    plain = " ".join(plain.split())
    if not plain:
        raise InputError("the name of the place is empty: give a name or an adcode, such as 保定市, Baoding or 130600")
    if len(text) > LONGEST_NAME:
        raise InputError(
            "the name of the place has {count} characters, more than {most}: give one name or "
            "adcode, such as 保定市, Baoding or 130600",
            count=len(text),
            most=LONGEST_NAME,
        )
    return plain


def _without_rank(text: str) -> tuple[str, Level | None]:
    """Return a Chinese name without the word for its rank, and the level that this word says: 地级巢湖市 → 巢湖市."""
    match = _RANK.fullmatch(text) if "级" in text else None
    if match is None:
        return text, None
    return match["above"] + match["name"], Level.PREFECTURE if match["rank"] == "地级" else Level.COUNTY


def _reordered(text: str) -> str:
    """Return Chinese text with what stands in parentheses put in front: 保定市(河北省) → 河北省保定市."""
    match = _IN_PARENTHESES.fullmatch(text.strip())
    return spelling.chinese_key(match["above"] + match["name"] if match else text)
