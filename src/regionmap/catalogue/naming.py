"""From what a person types to a document, a region or a programme: by id, number, title or name.

Industries and places have their own: ``rules.subject`` and ``places.gazetteer``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.folding import folded, number_key
from regionmap.closest import closest, holding
from regionmap.errors import InputError, UnknownNameError
from regionmap.i18n import joined, t
from regionmap.model import Region, Source, Text
from regionmap.model.pilot import Programme

T = TypeVar("T", Source, Region, Programme)
LONGEST_NAME = 200
OFFERED = 3
_ENDS = re.compile("(?<=..)(?:地区|区域)$")
MOST_LISTED = 30
_ALIKE, _ALIKE_HAN = 0.75, 0.65
"""How like a name, or a part of it, must be to what was typed; of three Chinese characters, two."""
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
    kind = _Kind(t("document"), "sources", number_key)
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
    return found if found is not None else _find(_Kind(t("region"), "regions", _region_key), catalogue.regions, text)


def find_programme(catalogue: Catalogue, text: str) -> Programme:
    """Return a pilot programme by its id or its name, in Chinese or English.

    Raises:
        InputError: no programme has this name; the nearest are offered.
    """
    found = catalogue.programmes.get(text)
    if found is not None:
        return found
    return _find(_Kind(t("pilot programme"), "", folded), catalogue.programmes, text)


def _region_key(name: str) -> str:
    """Return a name as it is compared: 长三角 is 长三角地区."""
    return _ENDS.sub("", folded(name))


@dataclass(frozen=True)
class _Kind:
    """What is looked for: its word, the command that lists all, and what does not count when names are compared."""

    word: Text
    command: str
    key: Callable[[str], str]


def _find(kind: _Kind, known: Mapping[str, T], text: str) -> T:
    asked = " ".join(text.split())
    key = kind.key(asked)
    if not key:
        raise InputError("no {kind} given: name one, such as {example}", kind=kind.word, example=_example(known))
    if len(asked) > LONGEST_NAME:
        raise InputError(
            "the name of a {kind} has at most {most} characters: give its id or its name",
            kind=kind.word,
            most=LONGEST_NAME,
        )
    names = {one.id: [kind.key(way) for way in _ways(one)] for one in known.values()}
    for way in range(max(map(len, names.values()), default=0)):  # an id before a number, a number before a title
        found = [known[name] for name, keys in names.items() if keys[way] == key]
        if len(found) > 1:
            raise InputError("'{asked}' is {names}: give the id of one", asked=asked, names=_joined(found, t(" and ")))
        if found:
            return found[0]
    raise UnknownNameError(
        "no {kind} is called '{asked}'", lambda: _nearest(kind, known, names, key), kind=kind.word, asked=asked
    )


def _nearest(kind: _Kind, known: Mapping[str, T], names: Mapping[str, list[str]], key: str) -> Text:
    by_key = {way: name for name, ways in names.items() for way in ways}
    near = [way for way in by_key if len(key) > 1 and key in way]
    least = _ALIKE if key.isascii() else _ALIKE_HAN
    near += closest(key, by_key, OFFERED, least) + (holding(key, by_key, OFFERED, least) if len(key) > 2 else [])
    offered = list(dict.fromkeys(by_key[way] for way in near))[:OFFERED]
    if offered:
        return t(": did you mean {names}?", names=_joined([known[name] for name in offered], t(" or ")))
    if len(known) <= MOST_LISTED:
        return t(", nor anything like it: choose from {names}", names=joined([_label(one) for one in known.values()]))
    if not kind.command:
        return t(": name one, such as {example}", example=_example(known))
    return t(": name one, such as {example}; regionmap {command} shows all of them",
             example=_example(known), command=kind.command)  # fmt: skip


def _example(known: Mapping[str, T]) -> Text:
    example = known.get(EXAMPLE)
    return _label(example if example is not None else next(iter(known.values())))


def _joined(found: Sequence[Source | Region | Programme], word: Text) -> Text:
    labels = [_label(one) for one in found]
    return Text(word.zh.join(one.zh for one in labels), word.en.join(one.en for one in labels))


def _ways(one: Source | Region | Programme) -> tuple[str, ...]:
    """Return the names of one, the ones that mean it most closely first."""
    if isinstance(one, Source):
        return one.id, one.number, one.title.zh, one.title.en
    return one.id, one.name.zh, one.name.en


def _label(one: Source | Region | Programme) -> Text:
    name = Text(one.number, one.number) if isinstance(one, Source) else one.name
    return Text(f"{name.zh}（{one.id}）", f"{name.en} ({one.id})")
