"""Load a catalogue: bundled files, and a folder of one's own laid over them. All problems are reported at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import regionmap
from regionmap.catalogue import convert, crosscheck, destinations, industry_names, parks
from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.files import Folder, Parsed, ParsedFiles, Problems, catalogue_files, parse_folder
from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.errors import CatalogueError, InputError


def load_catalogue(folders: Sequence[Folder], units: Collection[str], gbt_folder: Path) -> Catalogue:
    """Load and check the catalogue folders, in their order.

    Args:
        folders: the bundled folder first, then folders of the user.
        units: every adcode that exists.
        gbt_folder: the folder of the tables of GB/T 4754.

    Raises:
        CatalogueError: with every problem of every file.
        InputError: a folder does not exist.
    """
    for folder in folders:
        if not folder.path.is_dir():
            raise InputError(f"no catalogue folder at {folder.path}: name a folder that holds sources/ or regions/")
    problems = Problems()
    found = ParsedFiles()
    for folder in folders:
        parse_folder(folder, found, problems)
    sources, regions, industries, pilots = found.sources, found.regions, found.industries, found.pilots
    gbt = GbtTable.load(gbt_folder)
    parts = [part for file in industries for part in file.data.industries]
    known = crosscheck.Known(
        sources={file.data.id: file for file in sources},
        regions={file.data.id: file for file in regions},
        industries={part.id for part in parts},
        units=units,
        gbt=gbt,
        destinations={file.data.id for file in found.destinations},
    )
    problems += _unique(found)
    if not problems:  # an unreadable file would make every reference to it look wrong
        for file in sources:
            problems += crosscheck.check_source(file, known)
        for region in regions:
            problems += crosscheck.check_region(region, known)
        for pilot in pilots:
            problems += crosscheck.check_pilot(pilot, known)
        problems += _check_lists(found, known)
        for reading in found.readings:
            problems += destinations.check_readings(reading, {part.id: part for part in parts})
        for one in industries:
            problems += crosscheck.check_industries(one, known)
        problems += crosscheck.check_graph(industries, "parents")
        problems += crosscheck.check_graph(industries, "members")
        problems += industry_names.check_meanings(industries, found.readings)
        problems += industry_names.check_names(found.names, industries, gbt)
    if problems:
        raise CatalogueError(list(problems))
    numbers = {file.data.id: file.data.number for file in sources}
    made = [convert.source(file.data, file.document, file.shown, numbers, bundled=file.bundled) for file in sources]
    return Catalogue(
        sources={one.id: one for one in sorted(made, key=lambda one: (one.issued or "", one.id))},
        regions={file.data.id: convert.region(file.data, file.shown) for file in regions},
        industries={part.id: convert.industry(part) for part in parts},
        destinations={
            file.data.id: destinations.destination_list(file.data, file.document, file.shown, bundled=file.bundled)
            for file in found.destinations
        },
        readings={one.industry_class: one for file in found.readings for one in destinations.readings(file.data)},
        programmes={file.data.id: convert.programme(file.data, file.shown, bundled=file.bundled) for file in pilots},
        parks={file.data.id: parks.park_list(file.data, file.shown, bundled=file.bundled) for file in found.parks},
        gbt=gbt,
        version=f"{regionmap.__version__}+{digest(folders)[:12]}",
        names=tuple(one for file in found.names for one in industry_names.words(file.data)),
    )


def digest(folders: Sequence[Folder]) -> str:
    """Return the SHA-256 of the names and bytes of all files of the folders."""
    total = hashlib.sha256()
    for folder in folders:
        for path in catalogue_files(folder):
            total.update(path.relative_to(folder.path).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _check_lists(found: ParsedFiles, known: crosscheck.Known) -> Iterator[str]:
    for listed in found.destinations:
        yield from destinations.check_destinations(listed, known.industries, known.units)
    for named in found.parks:
        yield from parks.check_parks(named, known.units)


def _unique(found: ParsedFiles) -> list[str]:
    def place(file: Parsed[Any], *path: str | int) -> str:
        return f"{file.shown}:{file.document.line(path)}"

    names = [
        ([(file.data.id, place(file, "id"), "id") for file in found.sources], "source id"),
        ([(file.data.id, place(file, "id"), "id") for file in found.regions], "region id"),
        ([(file.data.id, place(file, "id"), "id") for file in found.pilots], "programme id"),
        ([(file.data.id, place(file, "id"), "id") for file in found.destinations], "destination list id"),
        ([(file.data.id, place(file, "id"), "id") for file in found.parks], "park list id"),
        (
            [
                (part.id, place(file, "industries", index), f"industries[{index}].id")
                for file in found.industries
                for index, part in enumerate(file.data.industries)
            ],
            "industry id",
        ),
        (
            [
                (word.casefold(), place(file, "industries", index), f"industries[{index}]")
                for file in found.industries
                for index, part in enumerate(file.data.industries)
                for word in dict.fromkeys(one.casefold() for one in (part.name.zh, part.name.en, *part.aliases))
            ],
            "industry name",
        ),
    ]
    return [line for rows, word in names for line in crosscheck.check_unique(rows, word)]
