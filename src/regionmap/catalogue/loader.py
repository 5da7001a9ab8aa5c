"""Load a catalogue: bundled files, and a folder of one's own laid over them. All problems are reported at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from regionmap.catalogue import (
    conventions,
    convert,
    crosscheck,
    destinations,
    industries,
    industry_names,
    parks,
    regions,
)
from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.files import (
    AnyParsed,
    Folder,
    ParsedFiles,
    Problems,
    catalogue_files,
    parse_folder,
    problem_line,
)
from regionmap.catalogue.folding import folded
from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.catalogue.known import Known
from regionmap.errors import CatalogueError, InputError, Problem
from regionmap.i18n import t, tn
from regionmap.limits import MOST_PROBLEMS
from regionmap.printable import one_line
from regionmap.version import __version__


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
            raise InputError(
                "no catalogue folder at {path}: name a folder that holds sources/ or regions/",
                path=one_line(str(folder.path)),
            )
    problems = Problems()
    found = ParsedFiles()
    for folder in folders:
        parse_folder(folder, found, problems)
    gbt = GbtTable.load(gbt_folder)
    problems += _problems(found, Known.of(found, units, gbt))
    if problems:
        more = len(problems) - MOST_PROBLEMS
        told = problems[:MOST_PROBLEMS]
        words = tn(
            "… and {count} more problem: mend these first", "… and {count} more problems: mend these first", more
        )
        rest = Problem(words)
        raise CatalogueError([*told, rest] if more > 0 else told)
    numbers = {file.data.id: file.data.number for file in found.sources}
    made = [
        convert.source(file.data, file.document, file.shown, numbers, bundled=file.bundled) for file in found.sources
    ]
    return Catalogue(
        sources={one.id: one for one in sorted(made, key=lambda one: (one.issued or "", one.id))},
        regions={file.data.id: convert.region(file.data, file.shown) for file in found.regions},
        industries={
            part.id: convert.industry(part, bundled=file.bundled)
            for file in found.industries
            for part in file.data.industries
        },
        destinations={
            file.data.id: destinations.destination_list(file.data, file.document, file.shown, bundled=file.bundled)
            for file in found.destinations
        },
        readings={one.industry_class: one for file in found.readings for one in destinations.readings(file.data)},
        programmes={
            file.data.id: convert.programme(file.data, file.shown, bundled=file.bundled) for file in found.pilots
        },
        parks={file.data.id: parks.park_list(file.data, file.shown, bundled=file.bundled) for file in found.parks},
        gbt=gbt,
        version=f"{__version__}+{digest(folders)[:12]}",
        as_of=found.catalogue[0].data.as_of,
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


def _problems(found: ParsedFiles, known: Known) -> Iterator[str]:
    """Yield what the files say wrongly of each other. Those with errors are checked as far as they could be read."""
    yield from _unique(found)
    for source in found.sources:
        yield from crosscheck.check_source(source, known)
        yield from conventions.check_source(source, known)
    yield from crosscheck.check_succession(known.sources)
    yield from crosscheck.check_copies(found.sources)
    for region in found.regions:
        yield from regions.check_region(region, known)
    yield from regions.check_unions(known.regions)
    for pilot in found.pilots:
        yield from crosscheck.check_pilot(pilot, known)
    for listed in found.destinations:
        yield from destinations.check_destinations(listed, known)
    yield from destinations.check_readings(found.readings, known)
    yield from conventions.check_readings(found.readings, known)
    for file in found.industries:
        yield from industries.check_industries(file, known)
    order = industries.Order(found.industries, known)
    yield from order.check()
    yield from industries.check_own(found.industries, order, known)
    yield from conventions.check_class_names(found.industries, known)
    yield from industry_names.check_meanings(found.industries, found.readings)
    yield from industry_names.check_names(found.names, found.industries, known.gbt)
    for named in found.parks:
        yield from parks.check_parks(named, known.units)
    if not found.catalogue and "catalogue" not in found.unread:
        yield problem_line(
            "data/catalogue.yaml", 1, (),
            t("the file is missing: write as_of, the day up to which documents were collected"),
        )  # fmt: skip
    yield from crosscheck.check_as_of(found.catalogue, found.sources)


def _unique(found: ParsedFiles) -> Iterator[str]:
    """Yield the ids and the names of one kind that stand twice."""
    stands_as_document: list[AnyParsed] = [*found.sources, *found.destinations]
    kinds: list[tuple[str, Sequence[AnyParsed]]] = [
        ("source", sorted(stands_as_document, key=lambda one: not one.bundled)),
        ("region", found.regions),
        ("programme", found.pilots),
        ("park list", found.parks),
    ]
    for word, files in kinds:
        ids = [(one.data.id, one.line_of("id"), "id") for one in files]
        yield from crosscheck.check_unique(ids, f"{word} id")
        if word in {"region", "programme"}:
            first: dict[str, AnyParsed] = {}
            for one in files:
                first.setdefault(one.data.id, one)
            names = [
                (name, one.line_of("name"), "name")
                for one in first.values()
                if one.whole
                for name in _different((one.data.id, one.data.name.zh, one.data.name.en))
            ]
            yield from crosscheck.check_unique(names, f"{word} name", folded)
    parts = [
        (part, file.bundled, file.line_of("industries", index), f"industries[{index}]")
        for file in found.industries
        for index, part in enumerate(file.data.industries)
    ]
    ids = [(part.id, line, f"{at}.id") for part, _, line, at in parts]
    yield from crosscheck.check_unique(ids, "industry id")
    for ours in (True, False):  # of one's own against the bundled ones: see ``industries.check_own``
        names = [
            (word, line, at)
            for part, bundled, line, at in parts
            if bundled is ours
            for word in _different((part.id, part.name.zh, part.name.en, *part.aliases))
        ]
        yield from crosscheck.check_unique(names, "industry name", folded)


def _different(names: Sequence[str]) -> Iterator[str]:
    """Yield the names without those that differ from another only in what does not count."""
    return iter({folded(name): name for name in reversed(names)}.values())
