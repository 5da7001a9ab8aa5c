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
from regionmap.catalogue.yamlio import Document, YamlError, count_values, parse_yaml, read_text
from regionmap.errors import CatalogueError, InputError, Problem, why
from regionmap.i18n import t, word_list
from regionmap.limits import (
    LONGEST_MESSAGE,
    MOST_FILES,
    MOST_FOLDER_VALUES,
    MOST_MISPLACED,
    MOST_POLICY_BYTES,
    MOST_POLICY_FILES,
    MOST_PROBLEMS,
)
from regionmap.model import Text
from regionmap.printable import one_line

M = TypeVar("M", bound=BaseModel)
YAML = frozenset({".yaml", ".yml"})
PLACES = t(
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

    def problem(self, path: tuple[str | int, ...], message: Text) -> Problem:
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
    values: int = 0
    """How many values may stand in the files that were looked at, those that could not be read included."""


def catalogue_files(folder: Folder) -> list[Path]:
    """Return the YAML files of a folder in a fixed order; links to other folders are not followed.

    A folder without any of our places is not walked through: files that stand in it itself are told to be misplaced.

    Raises:
        InputError: it is no catalogue, holds more than one may (see ``limits``), or cannot be read.
    """
    known = folder.bundled or _has_places(folder.path)
    found: list[Path] = []
    waiting = [folder.path]
    seen = size = 0
    while waiting:
        place = waiting.pop()
        for one in _entries(place, folder.path):
            seen += 1
            if one.is_dir(follow_symlinks=False):
                if known and not one.name.startswith("."):
                    waiting.append(Path(one.path))
            elif one.is_dir():
                if Path(one.path).relative_to(folder.path).parts[0] in FOLDERS and not one.name.startswith("."):
                    raise InputError(
                        "{path} is a link to another folder, and links are not followed: put the folder itself there",
                        path=one_line(one.path),
                    )
            elif Path(one.name).suffix.lower() in YAML:
                size += one.stat().st_size if one.is_file() else 0
                found.append(Path(one.path))
            _check_amount(folder.path, seen, len(found), size)
    if not found and not known and seen:
        raise InputError(
            "{path} is no catalogue: it holds none of the folders {folders}, and no industries.yaml; name the one that "
            "does",
            path=one_line(str(folder.path)), folders=word_list(FOLDERS),
        )  # fmt: skip
    return sorted(found)


def _has_places(folder: Path) -> bool:
    """Tell whether a folder has one of the places of policy files."""
    names = [*FOLDERS, *(f"{stem}{ending}" for stem in FILES for ending in YAML)]
    return any((folder / name).exists() for name in names)


def _entries(place: Path, top: Path) -> Iterator[os.DirEntry[str]]:
    """Yield what stands in a folder, one by one: it may hold a million.

    Raises:
        InputError: it is one of a catalogue's, and cannot be read; any other holds no file that would be.
    """
    try:
        with os.scandir(place) as entries:
            yield from entries
    except FileNotFoundError:
        return  # gone meanwhile
    except OSError as error:
        if place == top:
            raise InputError("{path} cannot be read: {why}", path=one_line(str(top)), why=why(error)) from None
        if place.relative_to(top).parts[0] in FOLDERS:
            raise InputError(
                "the catalogue {folder} cannot be read, since {path} cannot: {why}",
                folder=one_line(str(top)), path=one_line(str(place)), why=why(error),
            ) from None  # fmt: skip


def _check_amount(folder: Path, seen: int, files: int, size: int) -> None:
    if seen > MOST_FILES:
        raise _too_much(folder, t("more than {count} files", count=f"{MOST_FILES:,}"))
    if files > MOST_POLICY_FILES:
        raise _too_much(folder, t("more than {count} policy files", count=f"{MOST_POLICY_FILES:,}"))
    if size > MOST_POLICY_BYTES:
        raise _too_much(folder, t("over {megabytes} MB", megabytes=MOST_POLICY_BYTES // 1_000_000))


def _too_much(folder: Path, much: Text) -> InputError:
    return InputError(
        "{path} holds {much}: name the folder that holds sources/ or regions/ and little else",
        path=one_line(str(folder)),
        much=much,
    )


def _kind_at(place: tuple[str, ...]) -> tuple[type[BaseModel], str] | None:
    """Return what a file at a place in the folder holds, and the name of its list in ``ParsedFiles``."""
    if len(place) == 2:
        return FOLDERS.get(place[0])
    return FILES.get(Path(place[0]).stem) if len(place) == 1 and Path(place[0]).suffix in YAML else None


def parse_folder(folder: Folder, found: ParsedFiles, problems: Problems) -> None:
    """Read every YAML file of a folder into ``found``; what cannot be read is added to ``problems``.

    Raises:
        InputError: as ``catalogue_files``, or the files hold more values than a folder may.
        CatalogueError: more problems are found than are told.
    """
    before = found.values
    files = catalogue_files(folder)
    if not files:
        problems.append(
            problem(
                t(
                    "{folder}: no policy file in this folder: put YAML files into {name}/sources or /regions",
                    folder=folder.path,
                    name=folder.path.name,
                )
            )
        )
    misplaced = []
    for number, path in enumerate(files):
        if len(problems) > MOST_PROBLEMS:
            more = t(
                "{folder}: more problems, and {count} files that were not read: mend these first",
                folder=folder.path,
                count=f"{len(files) - number:,}",
            )
            raise CatalogueError([*problems[:MOST_PROBLEMS], problem(more)])
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
                    _shown(path, folder),
                    1,
                    (),
                    t("only the bundled catalogue says as of which day it is: drop this file"),
                )
            )
        else:
            misplaced.append(path)
        if found.values - before > MOST_FOLDER_VALUES and not folder.bundled:
            raise _too_much(folder.path, t("more than {count} values", count=f"{MOST_FOLDER_VALUES:,}"))
    if len(misplaced) > MOST_MISPLACED:
        problems.append(
            problem(
                t("{folder}: {count} YAML files are not {places}", folder=folder.path, count=f"{len(misplaced):,}",
                  places=PLACES)
            )
        )  # fmt: skip
    else:
        problems += [problem_line(_shown(one, folder), 1, (), t("not {places}", places=PLACES)) for one in misplaced]


def _parse(model: type[M], path: Path, folder: Folder, found: ParsedFiles, problems: Problems) -> Iterator[Parsed[M]]:
    shown = _shown(path, folder)
    wrong = None
    try:
        text = read_text(path)
        found.values += count_values(text)
        document = parse_yaml(text)
    except YamlError as problem:
        wrong = problem_line(shown, problem.line, (), problem.message)
    except OSError as error:
        wrong = problem_line(shown, 1, (), t("cannot be read: {why}", why=why(error)))
    else:
        if not isinstance(document.data, dict):
            wrong = problem_line(
                shown, 1, (), t("a {kind} file is a list of fields: begin it with id", kind=_kind(model))
            )
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


def problem_line(shown: str, line: int, path: tuple[str | int, ...], message: Text) -> Problem:
    """Return ``file:line: field: message`` in both languages."""
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    head = f"{shown}:{line}: {field + ': ' if field else ''}"
    return problem(Text(f"{head}{message.zh}", f"{head}{message.en}"))


def problem(words: Text) -> Problem:
    """Return words on one line that is not too long."""
    return Problem(Text(one_line(words.zh)[:LONGEST_MESSAGE], one_line(words.en)[:LONGEST_MESSAGE]))


def _shown(path: Path, folder: Folder) -> str:
    """Name a file as its reader would: from the catalogue folder on for bundled files, as given for others."""
    return f"data/{path.relative_to(folder.path).as_posix()}" if folder.bundled else str(path)


def _kind(model: type[BaseModel]) -> Text:
    names: dict[type[BaseModel], Text] = {
        SourceFile: t("source"),
        RegionFile: t("region"),
        PilotFile: t("pilot"),
        DestinationFile: t("destination"),
        ParkFile: t("park"),
    }
    return names.get(model, t("industries"))
