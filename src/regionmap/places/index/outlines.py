"""The true boundaries in a form that the standard library reads: a question about one point waits for nothing else.

``geo/outlines.bin`` is written by ``geo/build.py`` and says the same as ``counties.parquet``, to the last digit. It
names the digest of the table that it was made from, and one of itself: where either does not hold, it is passed over,
and the table is read.

After a line with the name of the format and the two SHA-256 digests (of the table, of all that follows) come the length
of the index (4 bytes), the index and, one after another, the counties; each is compressed with zlib. Numbers are
integers of 4 bytes, the lowest first. The index is JSON: codes in order, names, boxes (all wests, souths, easts and
norths), the length of each county's bytes, and the digest of codes and boundaries as ``Locator.digest`` gives it. A
county is: how many polygons; for each, how many rings, the outer one first; for each ring, how many corners, the first
of them once; their longitudes, then their latitudes, in millionths of a degree, each as the step from the one before.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

FILE = "outlines.bin"

Ring = tuple[list[float], list[float]]
"""Longitudes and latitudes in degrees; the last corner is the first."""
Polygon = list[Ring]
"""The outer ring and the holes."""

_MAGIC = b"regionmap outlines 1\n"
_DIGEST_SIZE = 32
_SCALE = 1_000_000


class Outlines:
    """All counties in the order of their codes; a county is decoded when it is asked for."""

    def __init__(self, rest: bytes) -> None:
        """Take what follows the digests.

        Raises:
            ValueError, KeyError, zlib.error: it is not of this form.
        """
        start = 4 + int.from_bytes(rest[:4], "little")
        index = json.loads(zlib.decompress(rest[4:start]))
        self.codes: tuple[str, ...] = tuple(index["codes"])
        self.names: tuple[str, ...] = tuple(index["names"])
        west, south, east, north = ([one / _SCALE for one in edges] for edges in index["boxes"])
        self.boxes: list[tuple[float, float, float, float]] = list(zip(west, south, east, north, strict=True))
        """West, south, east and north of each county, degrees."""
        self.digest: bytes = bytes.fromhex(index["digest"])
        """Of all codes and boundaries."""
        self._ends = list(accumulate(index["sizes"], initial=start))
        self._rest = rest

    @classmethod
    def load(cls, path: Path, table: Path) -> Outlines | None:
        """Return the outlines of a file; None where it is missing, damaged, or not made from this table."""
        try:
            with path.open("rb") as file:
                magic, of_table, digest = (file.read(size) for size in (len(_MAGIC), _DIGEST_SIZE, _DIGEST_SIZE))
                rest = file.read()
            if magic != _MAGIC or hashlib.sha256(rest).digest() != digest:
                return None
            return cls(rest) if hashlib.sha256(table.read_bytes()).digest() == of_table else None
        except (OSError, ValueError, KeyError, zlib.error):
            return None

    def polygons(self, row: int) -> list[Polygon]:
        """Return the polygons of a county, by its index in ``codes``; decoded anew each time."""
        return _decoded(self._rest[self._ends[row] : self._ends[row + 1]])


def outlines_bytes(counties: Iterable[tuple[str, str, Sequence[Polygon]]], digest: bytes, table: bytes) -> bytes:
    """Return the bytes of a file.

    Args:
        counties: code, name and polygons, in the order of the codes.
        digest: ``Locator.digest`` of them.
        table: the bytes of the table that they are from.

    Raises:
        ValueError: a coordinate is no whole number of millionths of a degree.
    """
    codes, names, bodies = [], [], []
    boxes: list[tuple[int, int, int, int]] = []
    for code, name, polygons in counties:
        corners = [(_whole(xs), _whole(ys)) for polygon in polygons for xs, ys in polygon]
        east, north = ([one for ring in corners for one in ring[axis]] for axis in (0, 1))
        codes.append(code)
        names.append(name)
        boxes.append((min(east), min(north), max(east), max(north)))
        bodies.append(_encoded(polygons))
    index = {
        "codes": codes,
        "names": names,
        "boxes": list(zip(*boxes, strict=True)) or [()] * 4,
        "sizes": list(map(len, bodies)),
        "digest": digest.hex(),
    }
    head = zlib.compress(json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    rest = len(head).to_bytes(4, "little") + head + b"".join(bodies)
    return _MAGIC + hashlib.sha256(table).digest() + hashlib.sha256(rest).digest() + rest


def _encoded(polygons: Sequence[Polygon]) -> bytes:
    numbers = array("i", [len(polygons)])
    for polygon in polygons:
        numbers.append(len(polygon))
        for xs, ys in polygon:
            numbers.append(len(xs) - 1)
            for axis in (xs, ys):
                whole = _whole(axis)[:-1]
                numbers.extend([whole[0], *(after - before for before, after in pairwise(whole))])
    return zlib.compress(_lowest_first(numbers).tobytes(), 9)


def _decoded(body: bytes) -> list[Polygon]:
    numbers = array("i")
    numbers.frombytes(zlib.decompress(body))
    values = _lowest_first(numbers).tolist()
    at = 0

    def count() -> int:
        nonlocal at
        at += 1
        return values[at - 1]

    def axis(corners: int) -> list[float]:
        nonlocal at
        at += corners
        degrees = [one / _SCALE for one in accumulate(values[at - corners : at])]
        degrees.append(degrees[0])
        return degrees

    def ring() -> Ring:
        corners = count()
        return axis(corners), axis(corners)

    return [[ring() for _ in range(count())] for _ in range(count())]


def _whole(degrees: Sequence[float]) -> list[int]:
    found = [round(one * _SCALE) for one in degrees]
    if any(whole / _SCALE != one for whole, one in zip(found, degrees, strict=True)):
        raise ValueError("a coordinate is no whole number of millionths of a degree")
    return found


def _lowest_first(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
