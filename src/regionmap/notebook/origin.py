"""What an answer came from: held beside it, and found again where a copy of the answer is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from regionmap.errors import InputError
from regionmap.lru import LRUCache

if TYPE_CHECKING:
    from regionmap.api import Regionmap

_Key = tuple["type[Regionmap]", str, "Path | None"]
_KEPT = 2
_LIVE: WeakValueDictionary[_Key, Regionmap] = WeakValueDictionary()
_LOADED: LRUCache[_Key, Regionmap] = LRUCache(_KEPT)
"""What was loaded for copies of answers: many of them come from one."""


class Origin:
    """The ``Regionmap`` that gave an answer.

    A copy for another process tells only which one it was: the catalogue does not travel. It is loaded there when the
    copy is first written out.
    """

    __slots__ = ("_key", "_rm")

    def __init__(self, key: _Key, rm: Regionmap | None = None) -> None:
        """Keep which one it was: its class, the version of its catalogue, and the folder laid over it."""
        self._key, self._rm = key, rm

    @classmethod
    def of(cls, rm: Regionmap) -> Origin:
        """Return the origin of what a ``Regionmap`` answers."""
        key = type(rm), rm.catalogue.version, rm.folder
        _LIVE.setdefault(key, rm)
        return cls(key, rm)

    @property
    def rm(self) -> Regionmap:
        """What gave the answer.

        Raises:
            InputError: it is not in this process, and the files that are loaded here are other ones.
        """
        if self._rm is None:
            self._rm = _LIVE.get(self._key) or _LOADED.get(self._key, self._load)
        return self._rm

    def _load(self) -> Regionmap:
        kind, version, folder = self._key
        found = kind.of_folder(folder)
        if found.catalogue.version != version:
            raise InputError(
                "this answer comes from the catalogue {was}, and here it is {now}: ask again, or use the answer with "
                "the files that it was made from",
                was=version, now=found.catalogue.version,
            )  # fmt: skip
        return found

    def __copy__(self) -> Origin:
        """Return itself: it never changes."""
        return self

    def __deepcopy__(self, memo: object) -> Origin:
        """Return itself: it never changes."""
        return self

    def __reduce__(self) -> tuple[type[Origin], tuple[_Key]]:
        """Return what makes a copy: which one it was."""
        return Origin, (self._key,)

    def __repr__(self) -> str:
        """Tell which catalogue it was."""
        return f"<Origin {self._key[1]}>"


def found_again(origin: Origin) -> Regionmap:
    """Return what an origin stands for: a ``Regionmap`` that was sent to another process."""
    return origin.rm
