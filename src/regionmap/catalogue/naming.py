"""From what a person types to a document, a region or a programme: by id, number, title or name.

Industries and places have their own: ``rules.subject`` and ``places.gazetteer``.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.folding import folded, number_key
from regionmap.errors import InputError, UnknownNameError
from regionmap.model import Region, Source
from regionmap.model.pilot import Programme

T = TypeVar("T", Source, Region, Programme)
LONGEST_NAME = 200
OFFERED = 3
MOST_LISTED = 30
EXAMPLE = "miit-2018-136"


def find_source(catalogue: Catalogue, text: str) -> Source:
    """Return a document by its id, its number or its title, however brackets, width, spaces and 号 are written.

    A list of destinations that stands as a document has its id, its number and its name; where a document has the same
    name, that is meant.

    Raises:
        InputError: no document has this name, and the nearest are offered; or several have, and all are.
    """
    found = catalogue.sources.get(text) or catalogue.lists.get(text)
    if found is not None:
        return found
    kind = _Kind("source", "sources", number_key)
    try:
        return _find(kind, catalogue.sources, text)
    except UnknownNameError:
        return _find(kind, catalogue.sources | catalogue.lists, text)


def find_region(catalogue: Catalogue, text: str) -> Region:
    """Return a region by its id or its name, in Chinese or English.

    Raises:
        InputError: no region has this name; the nearest are offered.
    """
    found = catalogue.regions.get(text)
    return found if found is not None else _find(_Kind("region", "regions", folded), catalogue.regions, text)


def find_programme(catalogue: Catalogue, text: str) -> Programme:
    """Return a pilot programme by its id or its name, in Chinese or English.

    Raises:
        InputError: no programme has this name; the nearest are offered.
    """
    found = catalogue.programmes.get(text)
    if found is not None:
        return found
    return _find(_Kind("pilot programme", "programmes", folded), catalogue.programmes, text)


@dataclass(frozen=True)
class _Kind:
    """What is looked for: the word for one, the word for all, and what does not count when names are compared."""

    word: str
    plural: str
    key: Callable[[str], str]


def _find(kind: _Kind, known: Mapping[str, T], text: str) -> T:
    asked = " ".join(text.split())
    key = kind.key(asked)
    if not key:
        raise InputError(f"no {kind.word} given: {_such_as(known)}")
    if len(asked) > LONGEST_NAME:
        raise InputError(f"the name of a {kind.word} has at most {LONGEST_NAME} characters: give its id or its name")
    names = {one.id: [kind.key(way) for way in _ways(one)] for one in known.values()}
    for way in range(max(map(len, names.values()), default=0)):  # an id before a number, a number before a title
        found = [known[name] for name, keys in names.items() if keys[way] == key]
        if len(found) > 1:
            raise InputError(f"'{asked}' is {' and '.join(map(_label, found))}: give the id of one")
        if found:
            return found[0]
    raise UnknownNameError(f"no {kind.word} is called '{asked}'", lambda: f": {_nearest(kind, known, names, key)}")


def _nearest(kind: _Kind, known: Mapping[str, T], names: Mapping[str, list[str]], key: str) -> str:
    by_key = {way: name for name, ways in names.items() for way in ways}
    near = [way for way in by_key if len(key) > 1 and key in way] + difflib.get_close_matches(key, by_key, OFFERED)
    offered = list(dict.fromkeys(by_key[way] for way in near))[:OFFERED]
    if offered:
        return f"did you mean {' or '.join(_label(known[name]) for name in offered)}?"
    if len(known) > MOST_LISTED:
        return f"{_such_as(known)}; `regionmap {kind.plural}` lists all"
    return f"choose from {', '.join(known)}"


def _such_as(known: Mapping[str, T]) -> str:
    example = known.get(EXAMPLE)
    return f"name one, such as {_label(example if example is not None else next(iter(known.values())))}"


def _ways(one: Source | Region | Programme) -> tuple[str, ...]:
    """Return the names of one, the ones that mean it most closely first."""
    if isinstance(one, Source):
        return one.id, one.number, one.title.zh, one.title.en
    return one.id, one.name.zh, one.name.en


def _label(one: Source | Region | Programme) -> str:
    return f"{one.number if isinstance(one, Source) else one.name.zh} ({one.id})"
