"""A finding: one provision compared with a place, an industry, an action and a date, and how it fits each.

Frozen; made by the rules, read by the output. The values that it is made of stand in ``fits`` and are named here too.
"""

from __future__ import annotations

from typing import NamedTuple

from regionmap.model import Definition, Extent, Provision, Scope, Source, Status, Text, Unit
from regionmap.rules.matching.effects import ENCOURAGING, SHOWN_ONLY, scope
from regionmap.rules.matching.fits import (
    NAMES_INDUSTRY,
    Asked,
    Aspect,
    Explanation,
    IndustryFit,
    IndustryMatch,
    LineDistance,
    PlaceFit,
    PlaceMatch,
    Subject,
)

__all__ = [
    "ENCOURAGING",
    "NAMES_INDUSTRY",
    "SHOWN_ONLY",
    "Asked",
    "Aspect",
    "Explanation",
    "Finding",
    "IndustryFit",
    "IndustryMatch",
    "LineDistance",
    "PlaceFit",
    "PlaceMatch",
    "Subject",
    "scope",
]


class Finding(NamedTuple):
    """A provision compared with a place, an industry, an action and a date.

    A tuple, since an answer makes some seventy of them.

    ``fell_on`` lists the questions that the provision failed; it is empty for a provision that binds.
    """

    provision: Provision
    source: Source
    status: Status
    place: PlaceMatch
    industry: IndustryMatch
    asked: Asked
    fell_on: tuple[Aspect, ...] = ()

    @property
    def region(self) -> str | None:
        """Id of the region that caught the place (the part of a union, where the list is a union)."""
        return self.place.region.id if self.place.region is not None else None

    @property
    def definition(self) -> Definition | None:
        """The dated list that was used."""
        return self.place.definition

    @property
    def part(self) -> tuple[Unit, ...]:
        """The units inside the place that the rule covers, where it does not cover the whole place.

        That is the place itself where nothing loaded tells which part of it.
        """
        return self.place.part or (self.asked.places if self.place.fit is PlaceFit.PART else ())

    @property
    def successors(self) -> str:
        """The numbers of the documents that repealed or replaced the provision."""
        return "、".join(self.provision.successors or self.provision.superseded_by)

    @property
    def depends(self) -> bool:
        """Whether the rule hangs on something of the site, the project or the firm that nothing loaded tells."""
        return (
            self.place.fit is PlaceFit.UNDEFINED
            or self.industry.fit is IndustryFit.UNDEFINED
            or self.provision.ask is not None
        )

    @property
    def decides(self) -> bool:
        """Whether the finding may decide a verdict: targets and duties never do, nor does what depends on the site."""
        return self.provision.effect not in SHOWN_ONLY and not self.depends

    @property
    def scope(self) -> Scope:
        """Whether the rule holds everywhere on the mainland, or not."""
        return scope(self.provision)

    @property
    def extent(self) -> Extent:
        """Whether the rule reaches the whole place and the whole industry that were asked for."""
        partly = self.place.fit is PlaceFit.PART or bool(self.industry.parts)
        return Extent.PART if partly else Extent.WHOLE

    @property
    def ask(self) -> Text | None:
        """The question that must be answered to tell whether the rule binds; None where nothing is open."""
        from regionmap.rules.matching.explanation import ask  # late: sentences are only for people

        return ask(self) if self.depends else None

    @property
    def because(self) -> Explanation:
        """Why it applied or fell away, in sentences."""
        from regionmap.rules.matching.explanation import explain  # late: sentences are only for people

        return explain(self)
