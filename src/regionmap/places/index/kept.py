"""Arrays that take time to make, kept in the user's cache folder under a digest of all that they are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from regionmap import cache_dir
from regionmap.places.index import npz

Arrays = Mapping[str, NDArray[Any]]


def kept(
    kind: str, sources: Iterable[bytes], modules: Iterable[str], most: int, make: Callable[[], Arrays]
) -> dict[str, NDArray[Any]]:
    """Return the kept arrays, or make them and keep them; where nothing can be kept, they are made.

    Args:
        kind: the first part of the name of the file.
        sources: what the arrays are made of: boundaries, numbers.
        modules: the files of code that makes them: after a change of one, they are made anew.
        most: how many files of this kind stay.
        make: makes them; always with the same names.
    """
    folder = cache_dir.folder()
    if folder is None:
        return dict(make())
    total = hashlib.sha256(f"{shapely.geos_version} {np.__version__}".encode())
    for module in modules:
        total.update(Path(module).read_bytes())
    for source in sources:
        total.update(source + b"\0")
    path = folder / f"{kind}-{total.hexdigest()[:32]}.npz"
    found = _read(path)
    if found is None:
        found = dict(make())
        arrays: dict[str, Any] = found
        cache_dir.keep(path, lambda temporary: np.savez(temporary, **arrays), like=f"{kind}-*.npz", most=most)
    return found


def _read(path: Path) -> dict[str, NDArray[Any]] | None:
    """Return what was kept; None where it is missing, cut off or another user's."""
    try:
        if not cache_dir.is_ours(path):
            return None
        return npz.read(path)
    except npz.FAULTS:
        return None
