"""The files of a catalogue folder: each is read, or what is wrong with it is told. No file is ever skipped.

Hidden folders (``.git``) are no part of a catalogue.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from regionmap.catalogue import salvage, wording
from regionmap.catalogue.schema import (
    CatalogueFile,
    DestinationFile,
    IndustriesFile,
    IndustryNamesFile,
    PilotFile,
    ReadingsFile,
    RegionFile,
    SourceFile,
)
from regionmap.catalogue.schema_parks import ParkFile
from regionmap.catalogue.yamlio import Document, YamlError, read_yaml
from regionmap.errors import InputError

M = TypeVar("M", bound=BaseModel)
YAML = frozenset({".yaml", ".yml"})
MOST_FILES = 20_000
"""Of any kind, in a catalogue folder: who names the home folder is told so instead of waiting."""
MOST_BYTES = 50_000_000
"""Of all policy files of a folder together: forty times the bundled ones."""
MOST_MISPLACED = 50
"""Files that are named one by one; where there are more, another folder is meant."""
PLACES = (
    "in a place for a policy file: put it into sources/, regions/, pilots/, destinations/ or parks/, or name it "
    "industries.yaml"
)

FOLDERS: dict[str, tuple[type[BaseModel], str]] = {
    "sources": (SourceFile, "sources"),
    "regions": (RegionFile, "regions"),
    "pilots": (PilotFile, "pilots"),
    "destinations": (DestinationFile, "destinations"),
    "parks": (ParkFile, "parks"),
}
FILES: dict[str, tuple[type[BaseModel], str]] = {
    "industries": (IndustriesFile, "industries"),
    "industry-names": (IndustryNamesFile, "names"),
    "readings": (ReadingsFile, "readings"),
}


@dataclass(frozen=True)
class Folder:
    """A catalogue folder: ``sources/*.yaml``, ``regions/*.yaml``, ``pilots/*.yaml``, ``industries.yaml``.

    ``bundled``: it comes with regionmap and is not a user's own.
    """

    path: Path
    bundled: bool


@dataclass(frozen=True)
class Parsed(Generic[M]):
    """A file of the right form: its data, its lines, and the name that messages show.

    ``kept``: where a file has errors, its lists hold only what could be read, and for each list the places that these
    had in the file. Such a file is checked, so that everything is told at once, and never used.
    """

    data: M
    document: Document
    shown: str
    stem: str
    bundled: bool
    kept: Mapping[str, list[int]] | None = None

    @property
    def whole(self) -> bool:
        """Whether everything in the file could be read."""
        return self.kept is None

    def problem(self, path: tuple[str | int, ...], message: str) -> str:
        """Return one line that names file, line and field, and says what is wrong and what would be right."""
        at = salvage.place_in_file(path, self.kept or {})
        return problem_line(self.shown, self.document.line(at), at, message)

    def line_of(self, *path: str | int) -> str:
        """Return file and line of a value."""
        return one_line(f"{self.shown}:{self.document.line(salvage.place_in_file(path, self.kept or {}))}")


AnyParsed = Parsed[Any]


class Problems(list[str]):
    """Collected problems, reported all at once."""


@dataclass
class ParsedFiles:
    """The files of the right form, by kind; and ids that stand in files which could not be read."""

    sources: list[Parsed[SourceFile]] = field(default_factory=list)
    regions: list[Parsed[RegionFile]] = field(default_factory=list)
    industries: list[Parsed[IndustriesFile]] = field(default_factory=list)
    pilots: list[Parsed[PilotFile]] = field(default_factory=list)
    destinations: list[Parsed[DestinationFile]] = field(default_factory=list)
    readings: list[Parsed[ReadingsFile]] = field(default_factory=list)
    names: list[Parsed[IndustryNamesFile]] = field(default_factory=list)
    parks: list[Parsed[ParkFile]] = field(default_factory=list)
    catalogue: list[Parsed[CatalogueFile]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    industries_unread: bool = False


def catalogue_files(folder: Folder) -> list[Path]:
    """Return the YAML files of a folder in a fixed order.

    Raises:
        InputError: the folder holds more than a catalogue may, or cannot be read.
    """
    found: list[Path] = []
    seen = size = 0
    entered = {os.path.realpath(folder.path)}
    for place, folders, files in os.walk(folder.path, onerror=_cannot_be_read, followlinks=True):
        folders[:] = [one for one in folders if not one.startswith(".") and _is_new(Path(place) / one, entered)]
        seen += len(files) + len(folders)
        here = [Path(place) / one for one in files if Path(one).suffix.lower() in YAML]
        size += sum(one.stat().st_size for one in here if one.is_file())
        found += here
        if seen > MOST_FILES or size > MOST_BYTES:
            much = f"more than {MOST_FILES:,} files" if seen > MOST_FILES else f"over {MOST_BYTES // 1_000_000} MB"
            raise InputError(
                one_line(f"{folder.path} holds {much}: name the folder that holds sources/ or regions/ and little else")
            )
    return sorted(found)


def _kind_at(place: tuple[str, ...]) -> tuple[type[BaseModel], str] | None:
    """Return what a file at a place in the folder holds, and the name of its list in ``ParsedFiles``."""
    if len(place) == 2:
        return FOLDERS.get(place[0])
    return FILES.get(Path(place[0]).stem) if len(place) == 1 and Path(place[0]).suffix in YAML else None


def parse_folder(folder: Folder, found: ParsedFiles, problems: Problems) -> None:
    """Read every YAML file of a folder into ``found``; what cannot be read is added to ``problems``."""
    files = catalogue_files(folder)
    if not files:
        problems.append(
            one_line(
                f"{folder.path}: no policy file in this folder: put YAML files into {folder.path.name}/sources or "
                "/regions"
            )
        )
    misplaced = []
    for path in files:
        place = path.relative_to(folder.path).parts
        kind = _kind_at(place)
        if kind is not None:
            model, name = kind
            getattr(found, name).extend(_parse(model, path, folder, found, problems))
        elif place == ("catalogue.yaml",) and folder.bundled:
            found.catalogue += _parse(CatalogueFile, path, folder, found, problems)
        elif place in {("catalogue.yaml",), ("catalogue.yml",)}:
            problems.append(
                problem_line(
                    _shown(path, folder), 1, (), "only the bundled catalogue says as of which day it is: drop this file"
                )
            )
        else:
            misplaced.append(path)
    if len(misplaced) > MOST_MISPLACED:
        problems.append(one_line(f"{folder.path}: {len(misplaced):,} YAML files are not {PLACES}"))
    else:
        problems += [problem_line(_shown(one, folder), 1, (), f"not {PLACES}") for one in misplaced]


def _parse(model: type[M], path: Path, folder: Folder, found: ParsedFiles, problems: Problems) -> Iterator[Parsed[M]]:
    shown = _shown(path, folder)
    wrong = None
    try:
        document = read_yaml(path)
    except YamlError as problem:
        wrong = problem_line(shown, problem.line, (), problem.message)
    except OSError as error:
        wrong = problem_line(shown, 1, (), f"cannot be read: {error.strerror or error}")
    else:
        if not isinstance(document.data, dict):
            wrong = problem_line(shown, 1, (), f"a {_kind(model)} file is a list of fields, starting with 'id:'")
    if wrong is not None:
        problems.append(wrong)
        found.unread.add(path.stem)
        found.industries_unread |= model is IndustriesFile
        return
    try:
        data = model.model_validate(document.data)
    except ValidationError as error:
        errors = error.errors()
        for one in errors:
            loc = tuple(part for part in one["loc"] if isinstance(part, (str, int)))
            problems.append(problem_line(shown, document.line(loc), loc, wording.words(model, one)))
        found.unread |= {path.stem, *salvage.ids(document.data)}
        rest = salvage.rest(model, document.data, [one["loc"] for one in errors], path.stem)
        if rest is not None:
            yield Parsed(rest.data, document, shown, path.stem, folder.bundled, rest.kept)
        return
    yield Parsed(data, document, shown, path.stem, folder.bundled)


def problem_line(shown: str, line: int, path: tuple[str | int, ...], message: str) -> str:
    """Return ``file:line: field: message``."""
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    return one_line(f"{shown}:{line}: {field + ': ' if field else ''}{message}")


def one_line(words: str) -> str:
    """Return words on one line that any terminal can show: a name may hold line breaks, or bytes that are no text."""
    plain = words.encode("utf-8", "backslashreplace").decode()
    return " ".join("".join(one if one.isprintable() else " " for one in plain).split())


def _is_new(path: Path, entered: set[str]) -> bool:
    """Tell whether a folder was not entered before: a link may lead back up."""
    real = os.path.realpath(path)
    new = real not in entered
    entered.add(real)
    return new


def _cannot_be_read(error: OSError) -> None:
    if isinstance(error, FileNotFoundError):
        return  # gone meanwhile
    raise InputError(one_line(f"{error.filename} cannot be read: {error.strerror}"))


def _shown(path: Path, folder: Folder) -> str:
    """Name a file as its reader would: from the catalogue folder on for bundled files, as given for others."""
    return f"data/{path.relative_to(folder.path).as_posix()}" if folder.bundled else str(path)


def _kind(model: type[BaseModel]) -> str:
    names: dict[type[BaseModel], str] = {
        SourceFile: "source",
        RegionFile: "region",
        PilotFile: "pilot",
        DestinationFile: "destination",
        ParkFile: "park",
    }
    return names.get(model, "industries")
