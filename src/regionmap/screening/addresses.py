"""From an address to the unit that stands at its head: 河北省保定市莲池区朝阳北大街1号 → 莲池区.

Only names of units at the very beginning are read, the longest that is one and plain; what is behind them, never.
"""

from __future__ import annotations

import re
import unicodedata

from regionmap.api import Regionmap
from regionmap.errors import InputError, UnknownNameError
from regionmap.lru import LRUCache
from regionmap.model import Level, Unit
from regionmap.places.errors import AmbiguousPlaceError

_ENDS = frozenset("省市区县旗州盟")
_NO_UNIT = re.compile("市辖区|省直辖县级行政区划|自治区直辖县级行政区划")
_LONGEST_HEAD = 40
_MOST_MISSES = 2  # behind a name: 青岛市市 is none, 青岛市市南区 is one
_KEPT_HEADS = 100_000


class Addresses:
    """Reads the heads of addresses; every head is looked up once."""

    def __init__(self, rm: Regionmap) -> None:
        """Use the units of a catalogue."""
        self._gazetteer = rm.gazetteer
        self._known: LRUCache[str, tuple[Unit, ...] | InputError] = LRUCache(_KEPT_HEADS)

    def units(self, address: str) -> tuple[Unit, ...]:
        """Return the unit at the head of an address: a county, a prefecture, or a municipality.

        Raises:
            AmbiguousPlaceError: the name at the head fits several units.
            InputError: no unit stands there, or only a province that has prefectures.
        """
        plain = "".join(unicodedata.normalize("NFKC", address).split())
        plain = plain.removeprefix("中华人民共和国").removeprefix("中国")
        plain = _NO_UNIT.sub("", plain[:_LONGEST_HEAD])
        found: tuple[Unit, ...] = ()
        ambiguous: AmbiguousPlaceError | None = None
        misses = 0
        for at, sign in enumerate(plain):
            if sign not in _ENDS or at == 0:
                continue
            said = self._look_up(plain[: at + 1])
            if isinstance(said, tuple):
                found, misses = said, 0
                continue
            if isinstance(said, AmbiguousPlaceError) and not found:
                ambiguous = ambiguous or said
            misses += bool(found)
            if misses > _MOST_MISSES:
                break
        if found and not all(self._too_wide(one) for one in found):
            return found
        if ambiguous is not None and not found:
            raise ambiguous
        raise UnknownNameError(
            f"no prefecture or county stands at the head of the address '{address[:40]}'",
            lambda: ": write it as 河北省保定市莲池区…, or give a column of places or codes",
        )

    def _too_wide(self, unit: Unit) -> bool:
        return unit.level is Level.PROVINCE and not self._gazetteer.is_prefecture_level_city(unit.code)

    def _look_up(self, head: str) -> tuple[Unit, ...] | InputError:
        def make() -> tuple[Unit, ...] | InputError:
            try:
                return self._gazetteer.resolve_places(head)[0]
            except InputError as error:
                return error

        return self._known.get(head, make)
