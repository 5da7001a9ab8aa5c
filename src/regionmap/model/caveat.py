"""Caveats: what the user must know beside an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from regionmap.model.text import Text


class CaveatKind(StrEnum):
    """What a caveat is about."""

    LAPSED_STRICTER = "lapsed_stricter"
    OPEN_LIST = "open_list"
    OPEN_INDUSTRIES = "open_industries"
    CODE_FIT = "code_fit"
    OLD_CODE = "old_code"
    NEAR_INDUSTRY = "near_industry"
    UNDEFINED_AREA = "undefined_area"
    UNDEFINED_INDUSTRY = "undefined_industry"
    IN_PART = "in_part"
    NEAR_BOUNDARY = "near_boundary"
    NEAR_LIMIT = "near_limit"
    DATE_UNKNOWN = "date_unknown"
    DEFAULT_DATE = "default_date"
    HORIZON = "horizon"
    READ_PART = "read_part"
    PROVISION = "provision"
    OUT_OF_SCOPE = "out_of_scope"
    OUTSIDE = "outside"
    OVERLAY = "overlay"
    PLACE_READING = "place_reading"
    UNIT_CHANGED = "unit_changed"
    REPORTED = "reported"
    READING = "reading"
    OPEN_INDUSTRY = "open_industry"
    AS_OF = "as_of"
    BEFORE_FIRST = "before_first"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that the user must know. ``provisions`` are the ids that it speaks of, if any."""

    kind: CaveatKind
    text: Text
    provisions: tuple[str, ...] = ()
