"""Names of units of the past in pinyin: Xiangfan, "Xiangfan, Hubei". Asked only for what is no name today.

``geo/former_pinyin.csv`` is written by ``geo/build_former_pinyin.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from regionmap.csv_table import read_rows
from regionmap.places.names import spelling
from regionmap.places.names.past import PastNames, Reading
from regionmap.resources import geo_file


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return the Chinese names of units of the past by their pinyin without the word for the kind."""
    found: dict[str, list[str]] = {}
    for name, pinyin in read_rows(geo_file("former_pinyin.csv"), ("name", "pinyin"), "pinyin", tuple):
        found.setdefault("".join(spelling.english_parts(pinyin)[0]), []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def read(words: list[str], past: PastNames) -> Iterator[Reading]:
    """Yield what folded English words may stand for that is of the past."""
    stem, kinds = spelling.without_kind(words)
    for name in _names().get("".join(stem), ()):
        if not kinds or name.endswith(kinds):
            yield from (one for one in past.named(name) if one.former is not None)


def read_parts(parts: list[list[str]], past: PastNames, inside: Callable[[str], bool] | None) -> tuple[Reading, ...]:
    """Return what a name stands for, each place once.

    Args:
        parts: the name, and the units above it behind it.
        past: the names of the past.
        inside: tells whether a unit lies in the unit above; None where none is given.
    """
    found = {
        one.now: one for one in (read(parts[0], past) if parts else ()) if inside is None or all(map(inside, one.now))
    }
    return tuple(found.values())
