"""A whole run: read, judge and keep chunk after chunk, then write the file; a run that stopped can go on."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
import json
import platform
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from regionmap.api import Regionmap
from regionmap.i18n import t
from regionmap.resources import ATTRIBUTION, geo_dir
from regionmap.rules.verdict.coverage import coverage
from regionmap.screening import writers
from regionmap.screening.checkpoints import CheckpointStore
from regionmap.screening.columns import GEOMETRY_LON, Columns, described, recognise, unique
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.files.opening import Table, open_table
from regionmap.screening.judge import Judge, Judged, result_names
from regionmap.screening.messages import Message, ScreeningError, note, with_reasons_shown
from regionmap.screening.options import CHUNK, WGS84_LAT, WGS84_LON, Options
from regionmap.screening.planes import plane
from regionmap.screening.summary import Summary
from regionmap.version import __version__

FORMAT = "regionmap.screen/1"
Engine = Callable[[Regionmap, Options, Iterator[pa.Table]], Iterator[Judged]]
"""Judges chunks, wherever it likes, and gives them back in order."""
Progress = Callable[[int, int | None], None]
"""Told the rows that are done and those of the file, as far as known."""


def judge_here(rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
    """Judge chunks one after the other on this machine."""
    judge = Judge(rm, CountyIndex.load(rm.locator, many=options.many), options)
    return map(judge.judge, chunks)


def screen(
    rm: Regionmap,
    source: Path,
    output: Path,
    options: Options,
    named: Mapping[str, str | None],
    *,
    columns: Columns | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    resume: bool = False,
    chunk: int = CHUNK,
    engine: Engine = judge_here,
    progress: Progress = lambda done, total: None,
) -> dict[str, Any]:
    """Judge every row of a file, write the result, and return a summary.

    Rows keep their order and none is dropped: one that cannot be judged says why in its column ``reason``.

    Args:
        rm: what is loaded.
        source: CSV, XLSX, XLS, ODS, Parquet, GeoJSON, GPKG, FlatGeobuf, KML, KMZ or a zipped Shapefile.
        output: CSV, XLSX, Parquet, GeoJSON or GPKG, by its ending.
        options: what is asked; its ``columns`` are found here.
        named: columns by role (lon, lat, adcode, place, industry, date, action, datum) where the usual names fail.
        columns: what every column holds, where nothing is to be recognised; ``named`` is not looked at then.
        encoding: of a CSV file, where it is not to be found out.
        sheet: of a workbook, by its name; without it the first one with a table of sites.
        resume: go on after the last whole chunk of a run that stopped, if there is one.
        chunk: rows at a time.
        engine: what judges the chunks.
        progress: called after every chunk.

    Raises:
        InputError: a file cannot be read or written, columns are not found, or the parts are of another run.
    """
    writers.check_output(output, None)
    if output.exists() and source.exists() and output.samefile(source):
        raise ScreeningError(t("{path} is the file that is read: name another for the result", path=output))
    table = open_table(source, encoding, sheet=sheet, wanted=[one for one in named.values() if one])
    writers.check_output(output, table.rows)
    columns = columns or recognise(
        table.names, named, industry_given=options.industry is not None, date_given=options.date_given
    )
    many = table.rows is None or table.rows >= CHUNK
    options = dataclasses.replace(options, columns=columns, many=many)
    if table.points and columns.lon == GEOMETRY_LON:  # they are in WGS-84, whatever the datum of other files
        options = dataclasses.replace(
            options, columns=dataclasses.replace(columns, datum=None), datum="wgs84", crs=None
        )
    about = _about(rm, options)
    digest = _digest(source)
    state = {"run": about["run"], "input": digest, "chunk": chunk, "encoding": encoding, "sheet": sheet}
    try:
        with contextlib.closing(CheckpointStore(output, state, resume=resume)) as parts:
            summary = _judged(rm, options, table, parts, engine, chunk, progress)
            if not summary.rows:
                parts.discard()
                raise ScreeningError(
                    t("{file} has column names and no rows: there is nothing to judge", file=source.name)
                )
            if _digest(source) != digest:
                parts.discard()
                raise ScreeningError(
                    t("{file} was changed while it was read: nothing was written; run again", file=source.name)
                )
            said = {"run": about["run"], "catalogue": about["catalogue"], "attribution": ATTRIBUTION}
            shown = (with_reasons_shown(one.table, options.language) for one in parts)
            writers.write(shown, output, said, parts.folder)
            parts.discard()
    except OSError as error:
        raise ScreeningError(t("{path} cannot be written: {why}", path=output, why=error.strerror or error)) from None
    notes = [*table.notes, *(columns.notes or [described(columns)]), *_projected(options), *_renamed(table.names)]
    statement = coverage(rm.catalogue).statement
    return {
        "format": FORMAT, "input": source.name, "output": output.name, **summary.result(options), "notes": notes,
        "coverage": {"zh": statement.zh, "en": statement.en}, **about,
    }  # fmt: skip


def screen_table(
    rm: Regionmap, table: pa.Table, options: Options, named: Mapping[str, str | None] | None = None
) -> pa.Table:
    """Judge the rows of an Arrow table, such as ``pa.Table.from_pandas(frame)``; the columns RESULTS are added.

    Raises:
        InputError: columns are not found.
    """
    table = table.rename_columns(unique(table.column_names)[0])
    columns = recognise(
        table.column_names, named or {}, industry_given=options.industry is not None, date_given=options.date_given
    )
    if columns.lon == GEOMETRY_LON:  # points of a geometry are in WGS-84, whatever a column says of other coordinates
        columns = dataclasses.replace(columns, datum=None)
    options = dataclasses.replace(options, columns=columns, many=table.num_rows >= CHUNK)
    starts = range(0, max(table.num_rows, 1), CHUNK)
    judged = judge_here(rm, options, (table.slice(start, CHUNK) for start in starts))
    shown = [with_reasons_shown(one.table, options.language) for one in judged]
    return pa.concat_tables(shown).drop_columns([WGS84_LON, WGS84_LAT])


def _judged(
    rm: Regionmap,
    options: Options,
    table: Table,
    parts: CheckpointStore,
    engine: Engine,
    chunk: int,
    progress: Progress,
) -> Summary:
    """Judge what is not yet judged, and count all."""
    summary = Summary(min(one.in_force_from for one in rm.sources()), lambda code: rm.gazetteer.unit(code).name)
    for judged in parts:
        summary.add(judged)
    progress(summary.rows, table.rows)
    rest = itertools.islice(table.chunks(chunk), parts.count, None)
    first = next(rest, None)
    if first is not None:
        for judged in engine(rm, options, itertools.chain([first], rest)):
            parts.keep(judged)
            summary.add(judged)
            progress(summary.rows, table.rows)
    return summary


def _about(rm: Regionmap, options: Options) -> dict[str, Any]:
    """Return what the answers rest on, and the id that stands for all of it."""
    asked = dataclasses.asdict(options)
    asked.pop("many")  # chooses the way, not the answers
    asked.pop("language")
    if asked["crs"] is None:
        asked.pop("crs")
    asked["columns"].pop("notes")
    about = {
        "catalogue": rm.catalogue.version,
        "boundaries": _digest(geo_dir() / "counties.parquet")[:16],
        "versions": {
            "regionmap": __version__, "python": platform.python_version(), "shapely": shapely.__version__,
            "geos": shapely.geos_version_string, "pyarrow": pa.__version__,
        },
        "options": json.loads(json.dumps(asked, default=str)),
    }  # fmt: skip
    return {"run": hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:12], **about}


def _projected(options: Options) -> list[Message]:
    return [note("projected", crs=plane(options.crs).name)] if options.crs is not None else []


def _renamed(names: tuple[str, ...]) -> list[Message]:
    return [
        note("renamed", name=name, new=new)
        for name, new in zip(names, result_names(list(names)), strict=True)
        if name != new
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
