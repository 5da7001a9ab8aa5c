"""KML and KMZ: the placemarks of all folders, with the names of their data as they are written.

GDAL's reader makes underscores of Chinese names, and gives one folder at a time.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa

from regionmap.i18n import t
from regionmap.limits import MOST_KML_BYTES, MOST_PLACEMARK
from regionmap.screening.columns import unique
from regionmap.screening.files.batches import rechunk, with_problems
from regionmap.screening.files.bounds import check_columns
from regionmap.screening.files.text import Opened
from regionmap.screening.files.zips import blocks, open_zip
from regionmap.screening.messages import ScreeningError, note, reason
from regionmap.screening.usual_names import GEOMETRY_LAT, GEOMETRY_LON

_BATCH = 5_000
_OWN = {"name": "name", "description": "description"}
_SHAPES = frozenset(("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack"))
Row = tuple[dict[str, str], tuple[float, float] | None, str]


def open_kml(path: Path) -> Opened:
    """Return names, rows, notes and chunks of the placemarks of a file.

    Raises:
        InputError: it is no KML, is broken, or has no placemarks.
    """
    fields: dict[str, None] = {}
    rows = 0
    for cells, _, _ in _placemarks(path):
        fields.update(dict.fromkeys(cells))
        check_columns(len(fields), path.name)
        rows += 1
    if rows == 0:
        raise ScreeningError(t("{file} has no placemarks: there is nothing to judge", file=path.name))
    names, renamed = unique(list(fields), reserved=(GEOMETRY_LON, GEOMETRY_LAT))

    def tables() -> Iterator[pa.Table]:
        some: list[Row] = []
        for one in _placemarks(path):
            some.append(one)
            if len(some) == _BATCH:
                yield _table(list(fields), names, some)
                some = []
        if some:
            yield _table(list(fields), names, some)

    notes = (note("points", crs="WGS 84"), *renamed)
    return (*names, GEOMETRY_LON, GEOMETRY_LAT), rows, notes, lambda size: rechunk(size, tables())


def _table(fields: list[str], names: tuple[str, ...], rows: list[Row]) -> pa.Table:
    columns = [pa.array([cells.get(one, "") for cells, _, _ in rows], pa.string()) for one in fields]
    points = [[None if one is None else one[axis] for _, one, _ in rows] for axis in (0, 1)]
    table = pa.table(
        [*columns, *(pa.array(one, pa.float64()) for one in points)], names=[*names, GEOMETRY_LON, GEOMETRY_LAT]
    )
    problems = [problem for _, _, problem in rows]
    return with_problems(table, problems) if any(problems) else table


def _placemarks(path: Path) -> Iterator[Row]:
    """Yield (texts by name, point, why there is none) of every placemark, one at a time."""
    with _file(path) as source:
        try:
            path_of_tags: list[Any] = []
            for event, element in ElementTree.iterparse(source, ("start", "end")):  # noqa: S314  (no entities)
                if event == "start":
                    if not path_of_tags and _tag(element) not in ("kml", "Document", "Folder", "Placemark"):
                        raise ScreeningError(t("{file} is no KML by its content: save it again", file=path.name))
                    path_of_tags.append(element)
                    continue
                path_of_tags.pop()
                if _tag(element) == "Placemark":
                    yield _row(element)
                    element.clear()
                    if path_of_tags:
                        path_of_tags[-1].remove(element)
        except ElementTree.ParseError as error:
            raise ScreeningError(
                t("{file} is no KML that can be read, or was cut short: {why}", file=path.name, why=error)
            ) from None


@contextlib.contextmanager
def _file(path: Path) -> Iterator[Path]:
    """Give the KML file itself, unpacked from a KMZ file, after a look at its size and for entities."""
    with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
        source = path
        if path.suffix.lower() == ".kmz":
            source = Path(folder) / "doc.kml"
            with open_zip(path) as archive:
                parts = [one for one in archive.infolist() if one.filename.lower().endswith(".kml")]
                if not parts:
                    raise ScreeningError(t("{file} holds no KML: save it again", file=path.name))
                part = next((one for one in parts if one.filename.lower() == "doc.kml"), parts[0])
                with source.open("wb") as target:
                    for block in blocks(archive, part, path.name):
                        target.write(block)
        if source.stat().st_size > MOST_KML_BYTES:
            raise ScreeningError(t("{file} is larger than KML is read: save it as .gpkg or CSV", file=path.name))
        _refuse_entities(source, path.name)
        yield source


def _refuse_entities(source: Path, name: str) -> None:
    """Refuse XML that defines entities, which can stand for far more text than they are long."""
    tail = b""
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            if b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block:
                raise ScreeningError(t("{file} defines XML entities: it is no plain KML", file=name))
            tail = block[-16:]


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _row(placemark: Any) -> Row:
    cells: dict[str, str] = {}
    shapes = []
    for child in placemark:
        tag = _tag(child)
        if tag in _OWN:
            cells[_OWN[tag]] = _text(child)
        elif tag == "ExtendedData":
            cells.update(_data(child))
        elif tag in _SHAPES:
            shapes.append(child)
    if not shapes:
        return cells, None, reason("no_geometry")
    shape = shapes[0]
    if _tag(shape) == "MultiGeometry":
        inner = [one for one in shape if _tag(one) in _SHAPES]
        shape = inner[0] if len(inner) == 1 else shape
    if _tag(shape) != "Point":
        return cells, None, reason("not_a_point", kind=_tag(shape))
    point = _point(shape)
    return cells, point, "" if point is not None else reason("no_geometry.unread")


def _data(extended: Any) -> dict[str, str]:
    """Return the data of a placemark: of <Data name><value>, and of <SimpleData name>."""
    found: dict[str, str] = {}
    for one in extended.iter():
        name = one.get("name")
        if name and _tag(one) == "SimpleData":
            found[name] = _text(one)
        elif name and _tag(one) == "Data":
            found[name] = next((_text(value) for value in one if _tag(value) == "value"), "")
    return found


def _point(shape: Any) -> tuple[float, float] | None:
    words = next((_text(one) for one in shape if _tag(one) == "coordinates"), "")
    try:
        lon, lat = (float(one) for one in words.split(",")[:2])
    except ValueError:
        return None
    return (lon, lat) if abs(lon) <= 1e6 and abs(lat) <= 1e6 else None


def _text(element: Any) -> str:
    return ("".join(element.itertext())).strip()[:MOST_PLACEMARK]
