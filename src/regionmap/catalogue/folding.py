"""What does not count when two names are compared: width, case, spaces, brackets, 号, the 制造 and 业 of a class name.

One place for all: a name that a user types, and a name that a file of one's own must not take from another.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_READ = "PZC"  # categories of Unicode: punctuation and brackets, spaces, what is not seen
_CODE = re.compile(r"[a-t]?[0-9]{2,4}|[a-t]")
_CLASS_ENDINGS = ("的制造", "制造业", "制造", "业")
_COUNTERS = re.compile("[第年号]")
_STATE = "中华人民共和国"


class _Signs(dict[int, str]):
    """What each sign is read as; looked up once for each."""

    def __missing__(self, number: int) -> str:
        sign = chr(number)
        if unicodedata.category(sign)[0] in _NOT_READ:
            read = ""
        else:  # a digit of any script is read as one of ours
            read = str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        self[number] = read
        return read


_SIGNS = _Signs()


def folded(text: str) -> str:
    """Return a name without width, case, spaces, punctuation and invisible signs: ``Ｃ 3110`` is ``c3110``."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)


def code_in(text: str) -> str | None:
    """Return the digits (or the letter) of a text that is written as a code of GB/T 4754: 3110, C3110, C, ３１."""
    plain = folded(text)
    if _CODE.fullmatch(plain) is None:
        return None
    return plain.upper() if len(plain) == 1 else plain.lstrip("abcdefghijklmnopqrst")


def class_forms(text: str) -> frozenset[str]:
    """Return the folded forms under which a class of industries is known: with and without 制造 and 业."""
    plain = folded(text)
    short = (plain.removesuffix(one) for one in _CLASS_ENDINGS)
    return frozenset({plain, *(one for one in short if one)})


def number_key(text: str) -> str:
    """Return what is left of a document's number or title: 〔2018〕, [2018] and (2018) are alike, 号 may be missing."""
    plain = _COUNTERS.sub("", folded(text)).removeprefix(_STATE)
    return plain or folded(text)
