"""Write a layer to a file, or to standard output: the format by the ending, nothing half-written under a final name."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from regionmap.errors import Argument, InputError, why
from regionmap.i18n import t, word_list
from regionmap.output.formats import gdal, kml, parquet, rfc7946, tables
from regionmap.printable import visible, visible_json
from regionmap.target import check_target
from regionmap.whole_file import whole_file

if TYPE_CHECKING:
    import geopandas as gpd

Writer = Callable[["gpd.GeoDataFrame", Path], None]

ENDINGS = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".fgb": "flatgeobuf",
    ".parquet": "parquet",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".kml": "kml",
}
DEFAULT_ENDINGS = {name: ending for ending, name in reversed(ENDINGS.items())}
STANDARD_OUTPUT = "-"
_SHOWN_AS: dict[str, Callable[[str], str]] = {"geojson": visible_json, "csv": visible, "kml": visible}
"""Formats of text, and what makes a part of one fit for a terminal; a pipe gets every byte as a file would."""
_PIECE = 1 << 16

_WRITERS: dict[str, Writer] = {
    "geojson": rfc7946.write,
    "gpkg": gdal.write_geopackage,
    "flatgeobuf": gdal.write_flatgeobuf,
    "parquet": parquet.write,
    "csv": tables.write_csv,
    "xlsx": tables.write_xlsx,
    "kml": kml.write,
}


def write_layer(make: Callable[[], gpd.GeoDataFrame], path: Path, file_format: str | None = None) -> int:
    """Write the layer that ``make`` returns and return its number of features.

    Args:
        make: called once the path has been checked.
        path: the file; one that is there is replaced when the new one is whole, but for a GeoPackage, whose other
            layers stay. ``-`` is standard output, which needs ``file_format``; on a terminal, which shows text alone,
            controls and marks that nobody sees are shown as such.
        file_format: a value of ``ENDINGS``; by the ending of ``path`` without it.

    Raises:
        InputError: the format is unknown or no text for a terminal, or the file cannot be written.
    """
    to_output = str(path) == STANDARD_OUTPUT
    chosen = file_format or ENDINGS.get(path.suffix.lower())
    if chosen is None:
        if to_output:
            raise InputError(
                "standard output has no ending that names a format: add one, such as {format}",
                format=Argument("file_format", "geojson", option="--format"),
            )
        check_target(path, "layer.geojson")  # a folder has no ending either
        raise InputError(
            "the file {file} has no ending that names a format: use one of {endings}, or give {format}",
            file=path.name, endings=word_list(ENDINGS), format=Argument("file_format", option="--format"),
        )  # fmt: skip
    if to_output and sys.stdout.isatty() and chosen not in _SHOWN_AS:
        raise InputError(
            "{format} is no text that a terminal shows: name a file, or pass standard output on to one", format=chosen
        )
    if not to_output:
        check_target(path, f"layer{DEFAULT_ENDINGS[chosen]}")
    layer = make()
    try:
        if to_output:
            _to_output(layer, chosen)
        else:
            with whole_file(path) as temporary:
                if chosen == "gpkg" and path.exists():
                    gdal.check_geopackage(path)
                    shutil.copyfile(path, temporary)
                _WRITERS[chosen](layer, temporary)
    except BrokenPipeError:
        raise  # whoever reads standard output has enough: no failure, as in every other command
    except OSError as error:
        name = t("standard output") if to_output else path
        raise InputError("{path} cannot be written: {why}", path=name, why=why(error)) from None
    return len(layer)


def _to_output(layer: gpd.GeoDataFrame, chosen: str) -> None:
    with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
        whole = Path(folder) / f"layer{DEFAULT_ENDINGS[chosen]}"
        _WRITERS[chosen](layer, whole)
        if sys.stdout.isatty():
            shown = _SHOWN_AS[chosen]
            with whole.open(encoding="utf-8-sig") as text:
                while piece := text.read(_PIECE):
                    sys.stdout.write(shown(piece))
            sys.stdout.flush()
            return
        with whole.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
