"""The words of an answer: rulings, and what they hold for."""

from __future__ import annotations

from enum import StrEnum


class Ruling(StrEnum):
    """The word of a verdict, from the strictest to ``no_rule``, which never means "allowed"."""

    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    DISCOURAGED = "discouraged"
    UNCLEAR = "unclear"
    ENCOURAGED = "encouraged"
    NO_RULE = "no_rule"


class Scope(StrEnum):
    """Whether a rule holds everywhere on the mainland, or for this place and not for all others."""

    NATIONAL = "national"
    PLACE = "place"


class Extent(StrEnum):
    """Whether a verdict holds for the whole place and the whole industry, or for a part of either."""

    WHOLE = "whole"
    PART = "part"


class UnclearBecause(StrEnum):
    """Why a verdict is ``unclear``.

    ``lapsed``: the last day of a rule's own targets has passed. ``undefined_area``: a rule that names the industry
    and a part of the country depends on the site. ``open_industry``: no list says what the term asked for means.
    """

    LAPSED = "lapsed"
    UNDEFINED_AREA = "undefined_area"
    OPEN_INDUSTRY = "open_industry"
