"""The vocabulary of regionmap: frozen values, no input or output.

One word for one thing, as in the design: a *source* is a policy document, an *item* is the numbered place in it, a
*provision* is one rule taken from one item, a *region* is a named area with dated *definitions*, a *unit* is an
administrative unit with its GB/T 2260 code (adcode), an *industry* carries GB/T 4754-2017 codes.

All dates are inclusive: a provision with ``in_force_until`` 2020-12-31 still binds on that day.
"""

from __future__ import annotations

from regionmap.model.answer import Extent, Ruling, Scope, UnclearBecause
from regionmap.model.caveat import Caveat, CaveatKind
from regionmap.model.destination import DestinationArea, DestinationList, DestinationRow
from regionmap.model.evidence import Evidence
from regionmap.model.industry import ClassReading, Industry, IndustryCode, IndustryWords
from regionmap.model.park import Park, ParkKind, ParkList, ParkStanding
from regionmap.model.pilot import Batch, PilotArea, PilotPlace, Programme, Standing
from regionmap.model.provision import Action, Effect, Number, Provision, Status, Where
from regionmap.model.region import Definition, Place, Region
from regionmap.model.source import WITH_HORIZON, Item, Rank, Source, SourceKind
from regionmap.model.text import Text
from regionmap.model.unit import Level, Unit

__all__ = [
    "WITH_HORIZON",
    "Action",
    "Batch",
    "Caveat",
    "CaveatKind",
    "ClassReading",
    "Definition",
    "DestinationArea",
    "DestinationList",
    "DestinationRow",
    "Effect",
    "Evidence",
    "Extent",
    "Industry",
    "IndustryCode",
    "IndustryWords",
    "Item",
    "Level",
    "Number",
    "Park",
    "ParkKind",
    "ParkList",
    "ParkStanding",
    "PilotArea",
    "PilotPlace",
    "Place",
    "Programme",
    "Provision",
    "Rank",
    "Region",
    "Ruling",
    "Scope",
    "Source",
    "SourceKind",
    "Standing",
    "Status",
    "Text",
    "UnclearBecause",
    "Unit",
    "Where",
]
