"""What a word that nothing is called may have meant: by shared characters, by shared English words, by near codes.

Meaning goes before letters: two words are near when they share characters or words that few names have. Letters alone
count only for a slip of the finger in an English word (ceement), of about the same length.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from regionmap.catalogue.catalogue import Catalogue
from regionmap.closest import alike
from regionmap.rules.reading.industry_words import has_han, key, plain, tokens
from regionmap.traditional import simplified

MOST = 4
_SLIP = 0.8
_FAINT, _HALF = 0.34, 0.5
"""How much of what the word says, or of what a name says, the two must share for the name to be offered."""
_EMPTY = ("制造业", "制造", "加工", "行业", "产业", "工业", "生产", "业", "厂", "其他", "项目", "企业", "及")


def near(catalogue: Catalogue, asked: str) -> list[str]:
    """Return ids of industries and codes whose names are near in meaning to a word, the nearest first."""
    word = simplified(plain(asked)).casefold()
    chinese = has_han(word)
    marks = _marks(word)
    if not marks:
        return []
    names = [(target, name, _marks(name)) for target, name in _names(catalogue) if has_han(name) == chinese]
    common = Counter(mark for _, _, one in names for mark in one)
    unknown = math.log(1 + len(names))
    weight = {mark: math.log(1 + len(names) / number) for mark, number in common.items()}
    alone = frozenset(name for _, name, _ in names if len(name) == 1)
    scores: dict[str, float] = {}
    for target, _, one in names:
        shared = one & marks
        if not _tells(shared, one, alone):
            continue
        score = sum(weight[mark] for mark in shared)
        of_name = score / sum(weight[mark] for mark in one)
        of_word = score / sum(weight.get(mark, unknown) for mark in marks)
        if of_word >= _FAINT or of_name > _HALF:
            scores[target] = max(scores.get(target, 0), round(of_name + of_word, 9))  # sets have no order of adding
    if not chinese:
        for target, score in _slips(word, [(target, name) for target, name, _ in names]):
            scores[target] = max(scores.get(target, 0), score)
    return _once(catalogue, sorted(scores, key=lambda one: -scores[one]))[:MOST]


def _once(catalogue: Catalogue, found: list[str]) -> list[str]:
    """Leave out a class whose name stands before it already: a group and its one class are called the same."""
    shown: dict[str, str] = {}
    for one in found:
        industry = catalogue.industries.get(one)
        shown.setdefault(industry.name.zh if industry is not None else catalogue.gbt[one].name, one)
    return list(shown.values())


def _tells(shared: frozenset[str], name: frozenset[str], alone: frozenset[str]) -> bool:
    """Whether what a name shares with a word tells something: a pair, all of it, or a character that is a name (钢)."""
    return any(len(mark) > 1 or mark in alone for mark in shared) or (len(name) > 1 and shared == name)


def near_code(catalogue: Catalogue, code: str) -> list[str]:
    """Return the codes that a code which does not exist may have been."""
    found = [f"0{code}"] if f"0{code}" in catalogue.gbt else []  # 911: a spreadsheet took 0911 for a number
    for cut in range(len(code) - 1, 1, -1):
        if code[:cut] in catalogue.gbt:
            inside = [one for one in catalogue.gbt if catalogue.gbt[one].parent == code[:cut]]
            return [*found, code[:cut], *inside][:MOST]
    return found


def _names(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for industry in catalogue.industries.values():
        for word in (industry.name.zh, industry.name.en, *industry.aliases):
            yield industry.id, word
    for one in catalogue.names:
        for target in [one.industry] if one.industry is not None else (one.codes or one.choices):
            yield from ((target, word) for word in one.words)
    for code, row in catalogue.gbt.items():
        yield code, row.name


def _marks(text: str) -> frozenset[str]:
    """Return what a word is made of: English words; or characters and pairs of them, without those that say nothing."""
    if not has_han(text):
        return frozenset(tokens(text))
    word = key(text)
    for empty in _EMPTY:
        if len(word) > len(empty):
            word = word.replace(empty, "")
    return frozenset((*word, *(word[at : at + 2] for at in range(len(word) - 1))))


def _slips(word: str, names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, float]]:
    """Yield names that are the word but for a letter or two."""
    asked = " ".join(tokens(word))
    if len(asked) < 4:
        return
    for target, name in names:
        other = " ".join(tokens(name))
        if len(other) > 3 and abs(len(other) - len(asked)) <= 2 and other[:1] == asked[:1]:
            likeness = alike(asked, other)
            if likeness >= _SLIP:
                yield target, 2 * likeness
