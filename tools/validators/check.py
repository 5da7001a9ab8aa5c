"""Every layer in programs that Python's index does not bring: R's sf, QGIS, GDAL's ogrinfo, GeoJSON linters.

``make validators`` runs it; CI does not, since these are large. On Debian: ``apt-get install r-cran-sf python3-qgis
qgis-providers gdal-bin npm``. What is not installed is named as not looked at. What the index offers (validators of
GeoParquet and GeoJSON, DuckDB) is a test: ``tests/output/test_outside_readers.py``.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd

import regionmap
from regionmap.output.formats import write_layer
from regionmap.output.layers.build import dissolve, make_layer
from regionmap.output.layers.schema import SCHEMAS

HERE = Path(__file__).resolve().parent
DAYS = (dt.date(2012, 1, 1), dt.date(2019, 6, 1), dt.date(2026, 6, 1))
INDUSTRY = {"restricted-capacity": "钢铁", "transfer-destinations": "纺织"}
LINTERS = ("@placemarkio/check-geojson@0.1.14", "@mapbox/geojsonhint@2.2.0")
"""The last geojsonhint whose own dependencies all come from the registry."""
LONG = 3_000_000
"""Bytes of GeoJSON over which a linter is not asked: they keep the tree of every coordinate and take minutes."""


@dataclass(frozen=True)
class Written:
    """A file of a layer, and what a reader ought to find in it."""

    path: Path
    layer: str
    rows: int
    shapes: int
    days: frozenset[str]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name


class Missing(Exception):  # noqa: N818
    """A program is not installed; the text says which, and what brings it."""


def layers(rm: regionmap.Regionmap) -> Iterator[tuple[str, str, gpd.GeoDataFrame]]:
    """Yield layers with their names and a word for the file: on every day, dissolved, and the whole history."""
    for name in SCHEMAS:
        for day in DAYS if name != "units" else DAYS[1:2]:
            yield name, day.isoformat(), make_layer(rm, name, day, INDUSTRY.get(name))
    for name in ("key-regions", "key-basins", "pilots"):
        yield name, "dissolved", dissolve(make_layer(rm, name, DAYS[1]))
        yield name, "history", make_layer(rm, name, DAYS[1], history=True)


def write(rm: regionmap.Regionmap, folder: Path) -> Iterator[Written]:
    """Write every layer in every format that holds shapes and that these programs read."""
    for name, word, layer in layers(rm):
        days = frozenset(one.name for one in SCHEMAS[name] if one.kind == "date" and layer[one.name].notna().any())
        for ending in ("geojson", "gpkg", "fgb", "kml"):
            path = folder / f"{name}_{word}.{ending}"
            write_layer(lambda layer=layer: layer, path)  # type: ignore[misc]
            yield Written(path, name, len(layer), int(layer.geometry.notna().sum()), days)


def run(*command: str | Path, folder: Path | None = None) -> str:
    """Run a program and return what it prints."""
    return subprocess.run(  # noqa: S603
        [str(one) for one in command], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


def need(program: str, package: str) -> str:
    """Return the path of a program.

    Raises:
        Missing: it is not installed.
    """
    found = shutil.which(program)
    if found is None:
        raise Missing(f"{program} is not installed ({package})")
    return found


def ask_sf(files: Sequence[Written]) -> Iterator[str]:
    """Yield what R's sf has against files: unread, other counts, shapes that s2 refuses, days that are text."""
    rscript = need("Rscript", "apt-get install r-cran-sf")
    if subprocess.run([rscript, "-e", "library(sf)"], capture_output=True, check=False).returncode:  # noqa: S603
        raise Missing("R has no package sf (apt-get install r-cran-sf)")
    said = [line.split("\t") for line in run(rscript, HERE / "sf.R", *[one.path for one in files]).splitlines()]
    yield from _all_told("sf", files, [Path(line[0]) for line in said[:-1]])
    for one, (_path, *found) in zip(files, said[:-1], strict=False):
        if found[0] == "error":
            yield f"{one.name}: {found[1]}"
            continue
        rows, empty, invalid, days = int(found[0]), int(found[1]), int(found[2]), set(found[3].split(","))
        if (rows, rows - empty, invalid) != (one.rows, one.shapes, 0):
            yield f"{one.name}: {rows} rows, {rows - empty} shapes, {invalid} invalid"
        if one.path.suffix != ".kml" and one.rows and not one.days <= days:
            yield f"{one.name}: {', '.join(sorted(one.days - days))} is no day"


def ask_qgis(files: Sequence[Written]) -> Iterator[str]:
    """Yield what QGIS has against files: unread, other counts, a style of a GeoPackage that it does not draw by."""
    system = "/usr/bin/python3"
    if subprocess.run([system, "-c", "import qgis.core"], capture_output=True, check=False).returncode:  # noqa: S603
        raise Missing("QGIS has no bindings here (apt-get install python3-qgis qgis-providers)")
    named = [f"{one.path}={one.layer}" for one in files]
    said = [json.loads(line) for line in run(system, HERE / "qgis_styles.py", *named).splitlines()][1:]
    yield from _all_told("QGIS", files, [Path(one["path"]) for one in said])
    for one, found in zip(files, said, strict=False):
        if "error" in found:
            yield f"{one.name}: {found['error']}"
        elif (found["rows"], found["shapes"], found["invalid"]) != (one.rows, one.shapes, 0):
            yield f"{one.name}: {found['rows']} rows, {found['shapes']} shapes, {found['invalid']} invalid"
        elif one.path.suffix == ".gpkg" and one.layer != "units" and one.rows:
            wanted = style(one.path, one.layer)
            if found["by"] is None or found["colours"] != wanted:
                yield f"{one.name}: drawn by {found['by']} in {found['colours']}, the style says {wanted}"
            elif not set(found["values"]) <= set(wanted):
                yield f"{one.name}: no colour for {', '.join(sorted(set(found['values']) - set(wanted)))}"


def style(path: Path, layer: str) -> dict[str, str]:
    """Return the colours of values that the style in a GeoPackage gives."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        found = file.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = ?", (layer,)).fetchall()
    root = ElementTree.fromstring(found[0][0])  # noqa: S314
    fills = {
        str(symbol.get("name")): next(
            str(one.get("value")) for one in symbol.iter("Option") if one.get("name") == "color"
        )
        for symbol in root.iter("symbol")
    }
    return {str(one.get("value")): fills[str(one.get("symbol"))] for one in root.iter("category")}


def ask_ogrinfo(files: Sequence[Written]) -> Iterator[str]:
    """Yield files in which GDAL's own program counts other rows."""
    ogrinfo = need("ogrinfo", "apt-get install gdal-bin")
    for one in files:
        said = run(ogrinfo, "-ro", "-so", one.path, one.layer if one.path.suffix != ".geojson" else one.path.stem)
        found = re.search(r"Feature Count: (\d+)", said)
        if found is None or int(found[1]) != one.rows:
            yield f"{one.name}: {found[1] if found else 'no'} features, {one.rows} were written"


def ask_linters(files: Sequence[Written]) -> Iterator[str]:
    """Yield what two linters of GeoJSON have against files."""
    npm, node = need("npm", "apt-get install npm"), need("node", "apt-get install npm")
    asked = [one for one in files if one.path.suffix == ".geojson" and one.path.stat().st_size <= LONG]
    with tempfile.TemporaryDirectory() as folder:
        try:
            run(npm, "install", "--silent", "--no-audit", "--no-fund", *LINTERS, folder=Path(folder))
        except subprocess.CalledProcessError:
            raise Missing(f"npm does not get {' and '.join(LINTERS)}") from None
        said = run(node, HERE / "lint.mjs", *[one.path for one in asked], folder=Path(folder)).splitlines()
    yield from _all_told("the linters", asked, [Path(line.split("\t")[0]) for line in said])
    for one, line in zip(asked, said, strict=False):
        for problems in line.split("\t")[1:]:
            if problems != "[]":
                yield f"{one.name}: {problems}"


def _all_told(who: str, files: Sequence[Written], told: list[Path]) -> Iterator[str]:
    if told != [one.path for one in files]:
        yield f"{who} told of {len(told)} of {len(files)} files"


ASKED: dict[str, Callable[[Sequence[Written]], Iterator[str]]] = {
    "R's sf": ask_sf,
    "QGIS": ask_qgis,
    "GDAL's ogrinfo": ask_ogrinfo,
    "GeoJSON linters": ask_linters,
}


def main() -> int:
    """Write all layers and ask every program; the exit status is 1 when one of them has something against a file."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix="regionmap-validators-") as folder:
        files = list(write(regionmap.load(), Path(folder)))
        sys.stdout.write(f"{len(files)} files of {len(SCHEMAS)} layers\n")
        for name, ask in ASKED.items():
            try:
                problems = list(ask(files))
            except Missing as error:
                sys.stdout.write(f"{name}: not looked at, {error}\n")
                continue
            failed = failed or bool(problems)
            sys.stdout.write(f"{name}: {'accepts them' if not problems else f'{len(problems)} problems'}\n")
            sys.stdout.writelines(f"  {line}\n" for line in problems)
            sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
