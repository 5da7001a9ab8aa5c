"""From many points to their counties at once: an index of cells, with the answers of the exact test.

The index is made once from the boundaries, in seconds, and kept in the user's cache folder under a digest of the
boundaries and of the code that makes it. Where no folder can be written, it is made in memory. ``REGIONMAP_CACHE``
names another folder, or ``off``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from regionmap import cache_dir
from regionmap.places.index import grid_build, npz
from regionmap.places.index.grid_build import BITS, EXACT, FIRST_EDGE, Cells, Edges

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

_POINTS_AT_ONCE = 1 << 15
# The error of the sign of a 2 × 2 determinant of differences is below 3.4e-16 of the sum of its products.
_UNSURE = 1e-15


class Counties(Protocol):
    """The counties that an index is made of, with the exact test; ``Locator`` has them."""

    codes: tuple[str, ...]

    def rows_at(self, lon: Floats, lat: Floats) -> NDArray[np.intp]:
        """Return the indices into ``codes`` of the counties at points (WGS-84 degrees); -1 for none."""

    def geometry(self, code: str) -> Any:
        """Return the polygon or multipolygon of a county, degrees."""

    def digest(self) -> bytes:
        """Return the SHA-256 of all codes and boundaries."""


class CountyGrid:
    """The counties by cells of degrees: ``rows`` tells those of a million points in a fraction of a second.

    Answers are those of ``Locator.county_at``: a point on an edge belongs to the county with the lowest code of those
    that share it.
    """

    def __init__(self, locator: Counties, cells: Cells, edges: Edges) -> None:
        """Use cells and edges that were made for this locator."""
        self._locator = locator
        self.cells = cells
        self.edges = edges
        self._first_block = grid_build.first_block(edges)
        self.codes: tuple[str, ...] = locator.codes

    @classmethod
    def load(cls, locator: Counties) -> CountyGrid:
        """Return the kept index for these counties, or make it and keep it."""
        folder = cache_dir.folder()
        path = None if folder is None else folder / f"grid-{_key(locator)}.npz"
        found = None if path is None else _read(path)
        if found is None:
            found = _made(locator)
            if path is not None:
                _write(path, *found)
        return cls(locator, *found)

    @property
    def nbytes(self) -> int:
        """The size of the index in memory, in bytes."""
        arrays: list[NDArray[Any]] = [*self.cells.levels, *self.edges]
        return sum(array.nbytes for array in arrays)

    def rows(self, lon: ArrayLike, lat: ArrayLike) -> Ints:
        """Return the indices into ``codes`` of the counties at points; −1 for none, also for NaN and infinities.

        Args:
            lon: WGS-84 degrees, shape (n,).
            lat: WGS-84 degrees, shape (n,).
        """
        x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        found = np.empty(len(x), np.int32)
        # Pieces that stay in the processor's cache; the exact test then sees all that is left at once.
        for start in range(0, len(x), _POINTS_AT_ONCE):
            part = slice(start, start + _POINTS_AT_ONCE)
            found[part] = self._quick(x[part], y[part])
        left = np.flatnonzero(found == EXACT)
        if len(left):
            found[left] = self._locator.rows_at(x[left], y[left])
        return found

    def _quick(self, x: Floats, y: Floats) -> Ints:
        """Return rows, ``OUTSIDE``, or ``EXACT`` where the cells do not settle it."""
        wide, high, west, south = self.cells.frame
        finest, degree = BITS[-1], 1 << BITS[-1]
        # fmax turns NaN into the rim of the frame, which is outside. Scaling by a power of two and floor are exact.
        across = _steps(x, west, west + (wide >> BITS[0]), degree)
        up = _steps(y, south, south + (high >> BITS[0]), degree)
        shift = finest - BITS[0]
        found: Ints = self.cells.levels[0].take((up >> shift) * np.int32(wide) + (across >> shift))
        deep = np.flatnonzero(found <= self._first_block)
        for level in range(1, len(BITS)):
            if not len(deep):
                break
            bits = BITS[level] - BITS[level - 1]
            shift, mask = finest - BITS[level], (1 << bits) - 1
            block = self._first_block - found[deep]
            slot = (((block << bits) + (up[deep] >> shift & mask)) << bits) + (across[deep] >> shift & mask)
            values = self.cells.levels[level].take(slot)
            found[deep] = values
            deep = deep[values <= self._first_block]
        beside = np.flatnonzero(found <= FIRST_EDGE)
        if len(beside):
            found[beside] = self._side(FIRST_EDGE - found[beside], x[beside], y[beside])
        return found

    def _side(self, edge: Ints, x: Floats, y: Floats) -> Ints:
        """Return the row on the side of an edge where a point lies, ``EXACT`` on the edge or too near to tell."""
        ax, ay, bx, by = self.edges.ends[edge].T
        one, other = (bx - ax) * (y - ay), (by - ay) * (x - ax)
        turn = one - other
        rows = np.where(turn > 0, self.edges.left[edge], self.edges.right[edge])
        unsure = np.abs(turn) <= _UNSURE * (np.abs(one) + np.abs(other))
        return np.where(unsure, EXACT, rows).astype(np.int32)


def _steps(degrees: Floats, low: int, high: int, scale: int) -> Ints:
    """Return the number of finest cells from ``low``, for values within the frame or moved to its rim."""
    inside = np.fmin(np.fmax(degrees, low), high - 0.5)
    inside *= scale
    np.floor(inside, out=inside)
    inside -= low * scale
    return inside.astype(np.int32)


def _made(locator: Counties) -> tuple[Cells, Edges]:
    polygons = np.array([locator.geometry(code) for code in locator.codes], dtype=object)
    edges = grid_build.edges_of(polygons)
    return grid_build.build(polygons, edges, locator.rows_at), edges


def _key(locator: Counties) -> str:
    total = hashlib.sha256(f"{shapely.geos_version}".encode())
    for path in (Path(__file__), Path(grid_build.__file__)):
        total.update(path.read_bytes())
    total.update(locator.digest())
    return total.hexdigest()[:32]


def _read(path: Path) -> tuple[Cells, Edges] | None:
    """Return what was kept; None where it is missing, cut off or another user's: it is made again."""
    try:
        if not cache_dir.is_ours(path):
            return None
        held = npz.read(path)
        edges = Edges(held["ends"], held["left"], held["right"])
        levels = tuple(held[f"level{level}"] for level in range(len(BITS)))
        wide, high, west, south = (int(number) for number in held["frame"])
    except npz.FAULTS:
        return None
    return Cells(levels, (wide, high, west, south)), edges


def _write(path: Path, cells: Cells, edges: Edges) -> None:
    arrays: dict[str, Any] = {f"level{number}": level for number, level in enumerate(cells.levels)}
    arrays |= {"frame": np.array(cells.frame)} | edges._asdict()
    cache_dir.keep(path, lambda temporary: np.savez(temporary, **arrays), like="grid-*.npz", most=2)
