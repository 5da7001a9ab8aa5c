"""From the addresses of a file to the units at their heads: every address is read once."""

from __future__ import annotations

from regionmap.api import Regionmap
from regionmap.lru import LRUCache
from regionmap.model import Unit
from regionmap.places.names.past_units import GonePrefecture

_KEPT = 100_000


class Addresses:
    """Reads the heads of addresses and keeps what they mean."""

    def __init__(self, rm: Regionmap) -> None:
        """Use the units of a catalogue."""
        self._gazetteer = rm.gazetteer
        self._known: LRUCache[str, tuple[Unit, ...]] = LRUCache(_KEPT)
        self._gone_words = [one.unit.short_name for one in rm.gazetteer.past_units.gone.values()]
        self._gone: LRUCache[str, GonePrefecture | None] = LRUCache(_KEPT)

    def units(self, address: str) -> tuple[Unit, ...]:
        """Return the unit at the head of an address: a county, a prefecture, or a municipality.

        Raises:
            AmbiguousPlaceError: the name at the head fits several units.
            InputError: no unit stands there, or only a province that has prefectures.
        """
        # Errors are not kept: one that is raised again holds on to all that was at work where it was raised.
        return self._known.get(address, lambda: self._gazetteer.at_head(address))

    def gone(self, address: str) -> GonePrefecture | None:
        """Return the prefecture that is gone whose name stands at the head of an address, if one does."""
        if not any(word in address for word in self._gone_words):
            return None
        return self._gone.get(address, lambda: self._gazetteer.gone_at_head(address))
