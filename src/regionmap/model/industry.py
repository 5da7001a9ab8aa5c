"""Industries, the words that people type for them, and our readings of classes that documents do not define."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regionmap.model.text import Text


@dataclass(frozen=True, slots=True)
class IndustryCode:
    """A GB/T 4754-2017 code that stands for an industry, and how well.

    ``exact``: the class is what the term means; ``part``: the class also holds activities that the term does not mean.
    """

    code: str
    fit: Literal["exact", "part"]


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry as documents print it.

    ``codes`` are our reading of the term in GB/T 4754-2017 (no document prints them); ``wide`` are codes that a reader
    may also mean: they do not make a rule bind, they raise a caveat. A ``group`` is a list that a document names as one
    word (两高): ``members`` are industry ids, and ``note`` says where the list comes from. ``open``: why no list says
    which industries the term means (先进制造业); an answer by such a name is never ``no_rule``. ``bundled``: it comes
    with regionmap and is not a user's own.
    """

    id: str
    name: Text
    kind: Literal["industry", "product", "facility", "group", "class"]
    aliases: tuple[str, ...]
    parents: tuple[str, ...]
    codes: tuple[IndustryCode, ...]
    wide: tuple[str, ...]
    members: tuple[str, ...]
    note: Text | None
    open: Text | None = None
    bundled: bool = True


@dataclass(frozen=True, slots=True)
class IndustryWords:
    """Words that people type and no document prints, and what they mean.

    Either ``codes`` of GB/T 4754-2017 or an ``industry`` (its id). Words that may mean several things have ``choices``
    (ids or codes) and the question ``ask``.
    """

    words: tuple[str, ...]
    codes: tuple[str, ...]
    industry: str | None
    choices: tuple[str, ...]
    ask: Text | None


@dataclass(frozen=True, slots=True)
class ClassReading:
    """Our own reading of a class of industries that documents do not define (劳动密集型产业), with the reason."""

    industry_class: str
    members: tuple[str, ...]
    reason: Text
