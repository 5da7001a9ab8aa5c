"""Provisions: one rule taken from one item of a source, with what it does, for whom and where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from regionmap.model.evidence import Evidence
from regionmap.model.region import Place
from regionmap.model.text import Text


class Effect(StrEnum):
    """What a provision does."""

    PROHIBIT = "prohibit"
    CAP = "cap"
    REPLACE = "replace"
    CONDITION = "condition"
    PHASE_OUT = "phase_out"
    RELOCATE = "relocate"
    STAGGER = "stagger"
    GUIDE_OUT = "guide_out"
    GUIDE_IN = "guide_in"
    PILOT = "pilot"
    SUPPORT = "support"
    TARGET = "target"
    DUTY = "duty"


class Action(StrEnum):
    """What the investor would do at the place."""

    NEW = "new"
    EXPAND = "expand"
    REPLACE = "replace"
    MOVE_IN = "move_in"
    UPGRADE = "upgrade"


class Status(StrEnum):
    """Standing of a provision on a date.

    ``ended``: its printed last day is over. ``superseded``: repealed or replaced, and it is known by what.
    """

    IN_FORCE = "in_force"
    HORIZON_PASSED = "horizon_passed"
    ENDED = "ended"
    SUPERSEDED = "superseded"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Number:
    """A limit or a target as data.

    ``amount`` is in ``unit``; with ``base_year`` it is a change against that year (−18 % against 2015). ``by`` is the
    last day for reaching it, inclusive.
    """

    what: Text
    op: Literal["<=", ">=", "=", "~"]
    amount: float
    unit: str
    by: dt.date | None = None
    base_year: int | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where a provision applies.

    ``national``: the whole country that the issuers govern, but for the regions of ``except_regions`` (其他地区).
    ``regions``: region ids; with ``pinned`` the definition
    comes from that source, else from the list in use on the date (floating). ``places``: units that the text names.
    ``undefined``: words of the text that narrow the area and that no loaded list defines (``城镇人口密集区``):
    whether a place is inside is then not decided. ``lists``: ids of destination lists whose rows are the area;
    with ``national``, ``except_lists`` are lists whose places the rule does not reach. ``partly``: the area is smaller
    than the units that ``places`` name (a park in a city). ``province_line_m``: the rule reaches sites within so many
    metres of a boundary between provinces.
    """

    national: bool = False
    regions: tuple[str, ...] = ()
    pinned: str | None = None
    places: tuple[Place, ...] = ()
    undefined: Text | None = None
    open: bool = False
    except_regions: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    except_lists: tuple[str, ...] = ()
    partly: bool = False
    province_line_m: int | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule taken from one item of a source.

    ``industries`` empty means every industry. ``industries_open``: the printed list ends in 等. ``actions`` are the
    actions that the rule speaks to; empty means that it speaks to no investor's action (a duty of an office).
    ``successors`` are the numbers of the documents of ``superseded_by``. ``ask``: what the rule hangs on and nothing
    loaded tells, as a question to the investor (did the firm miss its deadline?); such a rule never decides.
    ``file`` and ``line`` say where it stands in the catalogue.
    """

    id: str
    source: str
    item: str
    effect: Effect
    industries: tuple[str, ...]
    industries_open: bool
    actions: tuple[Action, ...]
    where: Where
    in_force_from: dt.date
    in_force_until: dt.date | None
    horizon: dt.date | None
    superseded_by: tuple[str, ...]
    quote: str
    summary: Text
    numbers: tuple[Number, ...]
    caveats: tuple[Text, ...]
    addressee: Text | None
    evidence: Evidence
    file: str
    line: int
    ask: Text | None = None
    successors: tuple[str, ...] = ()
