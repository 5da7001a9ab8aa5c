"""The four questions that are asked of a provision, and how a place and an industry may fit it.

Frozen values; ``finding`` puts them together with the provision.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from regionmap.i18n import as_printed, t
from regionmap.model import Action, Definition, Region, Text, Unit
from regionmap.model.destination import DestinationList
from regionmap.model.industry import ClassReading, Industry


class Aspect(StrEnum):
    """The four questions that are asked of a provision."""

    PLACE = "place"
    INDUSTRY = "industry"
    ACTION = "action"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Subject:
    """The industry that was asked for.

    ``industry`` is the catalogue's industry, or None for a GB/T 4754-2017 class that no loaded document names.
    ``code`` and ``code_name`` are set when the question was asked by a code; ``note`` when that code meant something
    else in the 2011 edition. ``class_leads``: the industry is far wider than that class (制造业 for 325), which then is
    named by its own name.
    """

    id: str
    name: Text
    industry: Industry | None
    codes: tuple[str, ...]
    code: str | None = None
    code_name: str | None = None
    note: Text | None = None
    class_leads: bool = False

    @property
    def heading(self) -> Text:
        """What was asked, in a few words: the industry, or the class by its own name where that says more."""
        return as_printed(self.code_name or "") if self.class_leads else self.name

    @property
    def words(self) -> Text:
        """What was asked, with the class of GB/T 4754 where a code was given."""
        if not self.code or self.industry is None:  # a class that no document names is called by its code already
            return self.name
        if self.class_leads:
            return t("{name} (GB/T 4754 {code}, a part of {industry})", name=self.heading, code=self.code,
                     industry=self.name)  # fmt: skip
        return t("{name} (GB/T 4754 {code})", name=self.name, code=self.class_words)

    @property
    def class_words(self) -> Text:
        """The class that was asked by its code: code and name, in 「」 in English, since the standard has no other."""
        return class_words(self.code or "", self.code_name or "")


def class_words(code: str, code_name: str) -> Text:
    """Return code and name of a class of GB/T 4754; the name in 「」 in English, since the standard has no other."""
    name = as_printed(code_name)
    return Text(f"{code} {name.zh}", f"{code} {name.en}")


class PlaceFit(StrEnum):
    """How a place stands to the area of a provision.

    ``undefined``: inside the area that the text names, but the text narrows it by words that no loaded list defines.
    ``unlisted``: not printed in a list that ends in 等, in a province that the list names.
    """

    WHOLE = "whole"
    PART = "part"
    UNDEFINED = "undefined"
    UNLISTED = "unlisted"
    NONE = "none"
    NO_LIST = "no_list"
    OUT_OF_SCOPE = "out_of_scope"


class IndustryFit(StrEnum):
    """How an industry stands to those that a provision names.

    ``code``: caught through its GB/T 4754 code. ``part``: the provision names a part of it. ``reading``: the provision
    speaks of a class that no text defines, and our own reading counts the industry, or a part of it, as belonging to
    it. ``open``: not named in a list that ends in 等. ``near``: only a wider reading of the term would hold it.
    ``undefined``: the provision speaks of a class of industries that no text defines.
    """

    ALL = "all"
    NAMED = "named"
    CODE = "code"
    PART = "part"
    READING = "reading"
    NEAR = "near"
    UNDEFINED = "undefined"
    OPEN = "open"
    NONE = "none"


NAMES_INDUSTRY = frozenset({IndustryFit.NAMED, IndustryFit.CODE, IndustryFit.PART, IndustryFit.READING})
"""Fits by which a provision names the industry, wholly or in part, and not every industry."""
_REACHES_PLACE = frozenset({PlaceFit.WHOLE, PlaceFit.PART, PlaceFit.UNDEFINED})
_REACHES_INDUSTRY = NAMES_INDUSTRY | {IndustryFit.ALL}


@dataclass(frozen=True, slots=True)
class LineDistance:
    """How far a point is from the nearest other province, and which that is; None for farther than was looked."""

    metres: float | None
    beyond: Unit | None = None

    def within(self, metres: float) -> bool:
        """Tell whether it is so near, in metres."""
        return self.metres is not None and self.metres <= metres


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The place question: the fit, the region and the dated list that caught it, and the units covered in part.

    ``part`` is empty where a lowest unit itself is covered in part: what many such units share names none of them.
    ``number`` is the document number of the list. ``listed``: the destination list by which the place was judged.
    ``words``: what the text says of an area that nothing loaded draws, for the fit ``undefined``. ``line``: for a rule
    by distance and a point, the distance that decided.
    """

    fit: PlaceFit
    region: Region | None = None
    definition: Definition | None = None
    part: tuple[Unit, ...] = ()
    number: str = ""
    listed: DestinationList | None = None
    words: Text | None = None
    line: LineDistance | None = None

    @property
    def binds(self) -> bool:
        """Whether the provision reaches the place, wholly, in part, or as far as can be told."""
        return self.fit in _REACHES_PLACE


@dataclass(frozen=True, slots=True)
class IndustryMatch:
    """The industry question: the fit, and the industry of the provision through which it came.

    ``parts``: for a provision that names only parts of what was asked, all of them. ``reading``: how a class was read.
    """

    fit: IndustryFit
    via: Industry | None = None
    code: str | None = None
    parts: tuple[Industry, ...] = ()
    reading: ClassReading | None = None

    @property
    def binds(self) -> bool:
        """Whether the provision reaches the industry or a part of it."""
        return self.fit in _REACHES_INDUSTRY


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a provision applied or fell away: one sentence for each question."""

    place: Text
    industry: Text
    action: Text
    date: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: places, industry, action and date."""

    places: tuple[Unit, ...]
    subject: Subject | None
    action: Action
    on: dt.date
