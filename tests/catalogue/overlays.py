"""What tests of files share: a folder of one's own laid over the bundled catalogue, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from regionmap.api import load_folders
from regionmap.catalogue import loader
from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.files import Folder, ParsedFiles, Problems, parse_folder
from regionmap.errors import CatalogueError
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.resources import data_dir

GOOD = (Path(__file__).parent / "good.yaml").read_text(encoding="utf-8")
SOURCE = "sources/test-2020-1.yaml"
GAZETTEER = Gazetteer.load()


ENGLISH = re.compile(r"\b(the|is|are|of|must|should|write|drop|give|add|stands?|cannot|it|which)\b")


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files by their names in the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@cache
def bundled() -> ParsedFiles:
    """Return the bundled files as they were read: to read them again takes most of the time of a load."""
    found, wrong = ParsedFiles(), Problems()
    parse_folder(Folder(data_dir(), bundled=True), found, wrong)
    assert not wrong
    return found


def _parse(folder: Folder, found: ParsedFiles, problems: Problems) -> None:
    if not folder.bundled:
        parse_folder(folder, found, problems)
        return
    for field in fields(ParsedFiles):
        known = getattr(bundled(), field.name)
        if isinstance(known, list):
            getattr(found, field.name).extend(known)


def load(folder: Path, files: dict[str, str]) -> Catalogue:
    """Lay the files over the bundled catalogue."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "parse_folder", _parse)
        return load_folders(GAZETTEER, write(folder, files))


def problems(folder: Path, files: dict[str, str]) -> list[str]:
    """Return what is wrong with the files, each on one line, with the name of the folder left out."""
    with pytest.raises(CatalogueError) as caught:
        load(folder, files)
    assert all("\n" not in one for one in caught.value.problems)
    told_in_chinese(caught.value)
    return [one.replace(f"{folder}/", "") for one in caught.value.problems]


def told_in_chinese(error: CatalogueError) -> None:
    """See that every problem is told in Chinese too: with file and line, and no English but names and values."""
    for told, english in zip(error.lines("zh"), error.problems, strict=True):
        assert told != english
        where = re.match(r"\S+:\d+: ", english)
        words = told.removeprefix(where[0]) if where is not None else told
        assert re.search("[\u3400-\u9fff]", words), told
        assert ENGLISH.search(re.sub(r"（现为：.*?）|“[^”]*”|/\S+", "", words)) is None, told


def only_problem(folder: Path, files: dict[str, str]) -> str:
    """Return the one thing that is wrong with the files."""
    found = problems(folder, files)
    assert len(found) == 1, found
    return found[0]


def good_with(old: str, new: str) -> dict[str, str]:
    """Return the good file with one change."""
    assert old in GOOD
    return {SOURCE: GOOD.replace(old, new, 1)}


def region(name: str, *union_of: str, source: str = "miit-2018-136") -> str:
    """Return a region that is a union, or that holds 保定."""
    members = '    members:\n      - {printed: 保定市, codes: ["130600"]}\n'
    return (
        f"id: {name}\nname: {{zh: 区{name}, en: Region {name}}}\nkind: other\ndefinitions:\n"
        f"  - source: {source}\n    item: 附件\n    in_force_from: 2018-07-23\n    in_force_until: null\n"
        "    open: false\n    quote: 京津冀及周边地区\n    evidence: verbatim\n"
        + (f"    union_of: [{', '.join(union_of)}]\n" if union_of else members)
    )


def regions(edges: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return files of regions by what they are unions of."""
    return {f"regions/{name}.yaml": region(name, *parts) for name, parts in edges.items()}


def industries(*lines: str) -> dict[str, str]:
    """Return a file of industries."""
    return {"industries.yaml": "industries:\n" + "".join(f"  - {one}\n" for one in lines)}


def industry(name: str, *more: str, kind: str = "industry", zh: str = "", en: str = "") -> str:
    """Return an industry with further fields as they are written in the file."""
    fields = [f"id: {name}", f"name: {{zh: {zh or f'甲{name}'}, en: {en or f'Own {name}'}}}", f"kind: {kind}", *more]
    return "{" + ", ".join(fields) + "}"
