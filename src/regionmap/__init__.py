"""regionmap: where may industry go in China, and which rule says so.

>>> import regionmap
>>> verdict = regionmap.load().check("保定市", industry="钢铁", on="2019-06-01")
>>> str(verdict.ruling)
'prohibited'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionmap.errors import CatalogueError, InputError, MissingExtraError, RegionmapError
from regionmap.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from regionmap.notebook.regionmap import Regionmap

__all__ = [
    "CatalogueError",
    "InputError",
    "MissingExtraError",
    "Regionmap",
    "RegionmapError",
    "__version__",
    "load",
]


def __getattr__(name: str) -> object:
    if name == "Regionmap":  # late: it brings the catalogue
        from regionmap.notebook.regionmap import Regionmap

        return Regionmap
    raise AttributeError(f"module 'regionmap' has no attribute {name!r}")


def load(catalogue: Path | str | None = None) -> Regionmap:
    """Load the bundled catalogue, with a folder of your own files laid over it.

    Args:
        catalogue: a folder with ``sources/``, ``regions/`` and ``industries.yaml`` of your own; without it the
            environment variable ``REGIONMAP_CATALOGUE`` is used, if set.

    Returns:
        What answers every question; it is read-only, and one object serves all threads.

    Raises:
        CatalogueError: files do not hold; every problem is listed with file and line.

    >>> import regionmap
    >>> len(regionmap.load().sources()) > 100
    True
    """
    from regionmap.notebook.regionmap import Regionmap

    return Regionmap.load(catalogue)
