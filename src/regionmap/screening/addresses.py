"""From the addresses of a file to the units at their heads: every address is read once."""

from __future__ import annotations

from regionmap.api import Regionmap
from regionmap.lru import LRUCache
from regionmap.model import Unit

_KEPT = 100_000


class Addresses:
    """Reads the heads of addresses and keeps what they mean."""

    def __init__(self, rm: Regionmap) -> None:
        """Use the units of a catalogue."""
        self._gazetteer = rm.gazetteer
        self._known: LRUCache[str, tuple[Unit, ...]] = LRUCache(_KEPT)

    def units(self, address: str) -> tuple[Unit, ...]:
        """Return the unit at the head of an address: a county, a prefecture, or a municipality.

        Raises:
            AmbiguousPlaceError: the name at the head fits several units.
            InputError: no unit stands there, or only a province that has prefectures.
        """
        # Errors are not kept: one that is raised again holds on to all that was at work where it was raised.
        return self._known.get(address, lambda: self._gazetteer.at_head(address))
