"""Everything that the files of a catalogue may refer to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from regionmap.catalogue.files import Parsed, ParsedFiles
from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.catalogue.lines import Names
from regionmap.catalogue.schema import IndustryPart, RegionFile, SourceFile


@dataclass(frozen=True)
class Known:
    """What exists, by id. Of two files with one id, the first counts: the bundled one."""

    sources: Mapping[str, Parsed[SourceFile]]
    regions: Mapping[str, Parsed[RegionFile]]
    industries: Mapping[str, IndustryPart]
    bundled_industries: Collection[str]
    units: Collection[str]
    gbt: GbtTable
    source_ids: Names
    region_ids: Names
    industry_ids: Names
    list_ids: Names
    gbt_codes: Names

    @classmethod
    def of(cls, found: ParsedFiles, units: Collection[str], gbt: GbtTable) -> Known:
        """Gather what the files define."""
        parts = [(part, file.bundled) for file in found.industries for part in file.data.industries]
        sources: dict[str, Parsed[SourceFile]] = {}
        regions: dict[str, Parsed[RegionFile]] = {}
        industries: dict[str, IndustryPart] = {}
        for source in found.sources:
            sources.setdefault(source.data.id, source)
        for region in found.regions:
            regions.setdefault(region.data.id, region)
        for part, _ in parts:
            industries.setdefault(part.id, part)
        return cls(
            sources=sources,
            regions=regions,
            industries=industries,
            bundled_industries={part.id for part, bundled in parts if bundled},
            units=units,
            gbt=gbt,
            source_ids=Names(sources, found.unread),
            region_ids=Names(regions, found.unread),
            industry_ids=Names(industries, found.unread, all_unread=found.industries_unread),
            list_ids=Names((file.data.id for file in found.destinations), found.unread),
            gbt_codes=Names(gbt),
        )
