"""regionmap: where may industry go in China, and which rule says so.

>>> import regionmap
>>> verdict = regionmap.load().check("保定市", industry="钢铁", on="2019-06-01")
>>> str(verdict.ruling)
'prohibited'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionmap.version import __version__

__all__ = ["__version__", "load"]

if TYPE_CHECKING:
    from pathlib import Path

    from regionmap.api import Regionmap


def load(catalogue: Path | str | None = None) -> Regionmap:
    """Load the bundled catalogue, with a folder of your own files laid over it.

    Args:
        catalogue: a folder with ``sources/``, ``regions/`` and ``industries.yaml`` of your own; without it the
            environment variable ``REGIONMAP_CATALOGUE`` is used, if set.

    Raises:
        regionmap.errors.CatalogueError: files do not hold; every problem is listed with file and line.
    """
    from regionmap.api import Regionmap

    return Regionmap.load(catalogue)
