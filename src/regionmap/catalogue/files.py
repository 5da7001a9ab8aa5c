"""The files of a catalogue folder: each is read, or what is wrong with it is told. No file is ever skipped."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from regionmap.catalogue.schema import (
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

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Folder:
    """A catalogue folder: ``sources/``, ``regions/``, ``pilots/``, ``destinations/``, ``parks/``, ``industries.yaml``.

    ``bundled``: it comes with regionmap and is not a user's own.
    """

    path: Path
    bundled: bool


@dataclass(frozen=True)
class Parsed(Generic[M]):
    """A file of the right form: its data, its lines, and the name that messages show."""

    data: M
    document: Document
    shown: str
    bundled: bool

    def problem(self, path: tuple[str | int, ...], message: str) -> str:
        """Return one line that names file, line and field, and says what is wrong and what would be right."""
        return problem_line(self.shown, self.document.line(path), path, message)


class Problems(list[str]):
    """Collected problems, reported all at once."""


def catalogue_files(folder: Folder) -> list[Path]:
    """Return the YAML files of a folder in a fixed order."""
    return sorted(one for one in folder.path.rglob("*") if one.suffix.lower() in {".yaml", ".yml"} and one.is_file())


@dataclass
class ParsedFiles:
    """The files of the right form, by kind."""

    sources: list[Parsed[SourceFile]] = field(default_factory=list)
    regions: list[Parsed[RegionFile]] = field(default_factory=list)
    industries: list[Parsed[IndustriesFile]] = field(default_factory=list)
    pilots: list[Parsed[PilotFile]] = field(default_factory=list)
    destinations: list[Parsed[DestinationFile]] = field(default_factory=list)
    readings: list[Parsed[ReadingsFile]] = field(default_factory=list)
    names: list[Parsed[IndustryNamesFile]] = field(default_factory=list)
    parks: list[Parsed[ParkFile]] = field(default_factory=list)


def parse_folder(folder: Folder, found: ParsedFiles, problems: Problems) -> None:
    """Read every YAML file of a folder into ``found``; what cannot be read is added to ``problems``."""
    files = catalogue_files(folder)
    if not files:
        problems.append(
            f"{folder.path}: no policy file in this folder: put YAML files into {folder.path.name}/sources or /regions"
        )
    for path in files:
        place = path.relative_to(folder.path).parts
        if len(place) == 2 and place[0] == "sources":
            found.sources += _parse(SourceFile, path, folder, problems)
        elif len(place) == 2 and place[0] == "regions":
            found.regions += _parse(RegionFile, path, folder, problems)
        elif len(place) == 2 and place[0] == "pilots":
            found.pilots += _parse(PilotFile, path, folder, problems)
        elif len(place) == 2 and place[0] == "destinations":
            found.destinations += _parse(DestinationFile, path, folder, problems)
        elif len(place) == 2 and place[0] == "parks":
            found.parks += _parse(ParkFile, path, folder, problems)
        elif place in {("readings.yaml",), ("readings.yml",)}:
            found.readings += _parse(ReadingsFile, path, folder, problems)
        elif place in {("industry-names.yaml",), ("industry-names.yml",)}:
            found.names += _parse(IndustryNamesFile, path, folder, problems)
        elif place in {("industries.yaml",), ("industries.yml",)}:
            found.industries += _parse(IndustriesFile, path, folder, problems)
        else:
            problems.append(
                f"{_shown(path, folder)}:1: not a place for a policy file: put it into sources/, regions/, pilots/, "
                "destinations/ or parks/, or name it industries.yaml"
            )


def _parse(model: type[M], path: Path, folder: Folder, problems: Problems) -> Iterator[Parsed[M]]:
    shown = _shown(path, folder)
    try:
        document = read_yaml(path)
    except YamlError as problem:
        problems.append(problem_line(shown, problem.line, (), problem.message))
        return
    except OSError as error:
        problems.append(problem_line(shown, 1, (), f"cannot be read: {error.strerror}"))
        return
    if not isinstance(document.data, dict):
        problems.append(problem_line(shown, 1, (), f"a {_kind(model)} file is a list of fields, starting with 'id:'"))
        return
    try:
        data = model.model_validate(document.data)
    except ValidationError as error:
        for one in error.errors():
            loc = tuple(part for part in one["loc"] if isinstance(part, (str, int)))
            problems.append(problem_line(shown, document.line(loc), loc, _words(model, one)))
        return
    yield Parsed(data, document, shown, folder.bundled)


def problem_line(shown: str, line: int, path: tuple[str | int, ...], message: str) -> str:
    """Return ``file:line: field: message``."""
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    return f"{shown}:{line}: {field + ': ' if field else ''}{message}"


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


def _words(model: type[BaseModel], error: Any) -> str:
    """Say what is wrong and what would be right, from a pydantic error."""
    kind, context = error["type"], error.get("ctx", {})
    loc = [part for part in error["loc"] if isinstance(part, str)]
    name = loc[-1] if loc else ""
    field = _field_at(model, loc)
    right = field.description if field is not None else None
    found = "" if isinstance(error["input"], (dict, list)) else f" (found: {str(error['input'])[:60]})"
    if kind == "missing":
        return f"the field '{name}' is missing: add it: {right}"
    if kind == "extra_forbidden":
        known = _fields_at(model, loc[:-1])
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean '{near[0]}'?" if near else "known fields: " + ", ".join(known)
        return f"the field '{name}' is not known here: {hint}"
    if kind == "string_too_long" and name == "quote":
        return f"the quote has {len(error['input'])} characters: cut it to the operative words, at most 80"
    if kind == "string_type" and isinstance(error["input"], int):
        return f"must be quoted text{found}: {right or 'write it in quotes'}"
    if kind == "value_error":
        return f"{context.get('error', error['msg'])}{found}"
    return f"{error['msg'][0].lower() + error['msg'][1:]}{found}" + (f": should be {right}" if right else "")


def _part_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _part_model(inner)
        if found is not None:
            return found
    return None


def _model_at(model: type[BaseModel], names: list[str]) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for name in names:
        field = current.model_fields.get(name) if current is not None else None
        current = _part_model(field.annotation) if field is not None else None
    return current


def _fields_at(model: type[BaseModel], names: list[str]) -> list[str]:
    found = _model_at(model, names)
    return list(found.model_fields) if found is not None else []


def _field_at(model: type[BaseModel], names: list[str]) -> Any:
    found = _model_at(model, names[:-1]) if names else None
    return found.model_fields.get(names[-1]) if found is not None else None
