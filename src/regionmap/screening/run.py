"""A whole run: read, judge and keep chunk after chunk, then write the file; a run that stopped can go on."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
import json
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from regionmap.api import Regionmap
from regionmap.errors import why
from regionmap.i18n import t
from regionmap.model.datum import Datum
from regionmap.resources import ATTRIBUTION, geo_file
from regionmap.rules.verdict.coverage import coverage
from regionmap.screening import unread_columns, writers
from regionmap.screening.ahead import Later, ahead
from regionmap.screening.begun import Begun
from regionmap.screening.checkpoints import CheckpointStore
from regionmap.screening.columns import GEOMETRY_LON, Columns, described, recognise, unique
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.datum_check import Evidence
from regionmap.screening.digests import digest_of
from regionmap.screening.files.opening import Table, open_table
from regionmap.screening.judge import Judge, Judged, result_names
from regionmap.screening.keeping import Consumer
from regionmap.screening.messages import Message, ScreeningError, note, with_reasons_shown
from regionmap.screening.options import CHUNK, WGS84_LAT, WGS84_LON, Options
from regionmap.screening.planes import plane
from regionmap.screening.summary import Summary
from regionmap.version import __version__

FORMAT = "regionmap.screen/1"
_TIDIED = 2
"""Chunks after which memory that lies free between others' is given back: else a long run takes more and more."""
Engine = Callable[[Regionmap, Options, Iterator[pa.Table]], Iterator[Judged]]
"""Judges chunks, wherever it likes, and gives them back in order."""
Progress = Callable[[int, int | None], None]
"""Told the rows that are done and those of the file, as far as known."""


def judge_here(rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
    """Judge chunks one after the other on this machine."""
    judge = Judge(rm, CountyIndex.load(rm.locator, many=options.many), options)
    return map(judge.judge, chunks)


def judge_ahead(rm: Regionmap, options: Options, chunks: Iterator[pa.Table]) -> Iterator[Judged]:
    """Judge chunks on this machine, with the next ones read and located in a thread meanwhile, where rows are many."""
    if not options.many:
        yield from judge_here(rm, options, chunks)
        return
    judge = Judge(rm, CountyIndex.load(rm.locator, many=True), options)
    with contextlib.closing(ahead(map(judge.locate, chunks))) as located:
        yield from map(judge.decide, located)


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
    engine: Engine = judge_ahead,
    progress: Progress = lambda done, total: None,
    begun: Begun | None = None,
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
        begun: what was begun with this file before, where no sheet is named.

    Raises:
        InputError: a file cannot be read or written, columns are not found, or the parts are of another run.
    """
    writers.check_output(output, None)
    if _is_same(output, source):
        raise ScreeningError(t("{path} is the file that is read: name another for the result", path=output))
    if begun is not None and sheet is None:
        table = begun.table.result()
    else:
        table = open_table(source, encoding, sheet=sheet, wanted=[one for one in named.values() if one])
    writers.check_output(output, table.rows)
    columns = columns or recognise(
        table.names, named, industry_given=options.industry is not None, date_given=options.date_given
    )
    many = table.rows is None or table.rows >= CHUNK
    options = dataclasses.replace(options, columns=columns, many=many)
    own_points = table.points and columns.lon == GEOMETRY_LON
    idle = idle_options(options, own_points=own_points)
    if own_points:  # they are in WGS-84, whatever the datum of other files
        options = dataclasses.replace(
            options, columns=dataclasses.replace(columns, datum=None), datum="wgs84", crs=None
        )
    digest = begun.digest if begun is not None else Later(lambda: digest_of(source))
    about = about_run(rm, options)
    state = {"run": about["run"], "input": digest.result(), "chunk": chunk, "encoding": encoding, "sheet": sheet}
    try:
        with contextlib.closing(CheckpointStore(output, state, resume=resume)) as parts:
            said = {"run": about["run"], "catalogue": about["catalogue"], "attribution": ATTRIBUTION}
            try:
                write = partial(_write, output=output, language=options.language, said=said, folder=parts.folder)
                soon = output.suffix.lower() in writers.AS_THEY_COME
                keep = partial(_keep, parts, parts.count, write if soon else None)
                with Consumer(keep) as consumer:
                    after: list[str] = []
                    chunks = _digested(source, table, chunk, after)
                    summary = _judged(rm, options, chunks, table.rows, parts, engine, progress, consumer.hand_on)
                    _refuse(source, summary, changed=(after or [digest_of(source)])[0] != state["input"])
                if not soon:
                    write(parts)
            except _UselessError:
                parts.discard()
                raise
            damaged = parts.damaged
            parts.discard()
    except OSError as error:
        raise ScreeningError(t("{path} cannot be written: {why}", path=output, why=why(error))) from None
    anew = [note("kept_damaged", count=damaged)] if damaged else []
    found = columns.notes or [described(columns)]
    notes = [*table.notes, *anew, *found, *idle, *projected(options)]
    notes += [*unread_columns.assumed(options), *renamed(table.names)]
    statement = coverage(rm.catalogue).statement
    return {
        "format": FORMAT, "input": source.name, "output": output.name, **summary.result(options), "notes": notes,
        "coverage": {"zh": statement.zh, "en": statement.en}, **about,
    }  # fmt: skip


def screen_table(
    rm: Regionmap,
    table: pa.Table,
    options: Options,
    named: Mapping[str, str | None] | None = None,
    engine: Engine = judge_here,
) -> pa.Table:
    """Judge the rows of an Arrow table, such as ``pa.Table.from_pandas(frame)``; the columns RESULTS are added.

    Warns where a column that is not read holds what is assumed for all rows, see ``unread_columns``.

    Raises:
        InputError: columns are not found.
    """
    table = table.rename_columns(list(unique(table.column_names)[0]))
    columns = recognise(
        table.column_names, named or {}, industry_given=options.industry is not None, date_given=options.date_given
    )
    if columns.lon == GEOMETRY_LON:  # points of a geometry are in WGS-84, whatever a column says of other coordinates
        columns = dataclasses.replace(columns, datum=None)
    options = dataclasses.replace(options, columns=columns, many=table.num_rows >= CHUNK)
    starts = range(0, max(table.num_rows, 1), CHUNK)
    judged = engine(rm, options, (table.slice(start, CHUNK) for start in starts))
    evidence: Evidence = Counter()
    shown = []
    for one in judged:
        evidence.update(one.evidence)
        shown.append(with_reasons_shown(one.table, options.language))
    unread_columns.warn(evidence, options)
    return pa.concat_tables(shown).drop_columns([WGS84_LON, WGS84_LAT])


def _is_same(output: Path, source: Path) -> bool:
    """Tell whether two paths mean one file; a path that cannot be read is told where the file is opened."""
    with contextlib.suppress(OSError):
        return output.exists() and source.exists() and output.samefile(source)
    return False


class _UselessError(ScreeningError):
    """What was judged is of no use to a run that goes on."""


def _refuse(source: Path, summary: Summary, *, changed: bool) -> None:
    if not summary.rows:
        raise _UselessError(t("{file} has column names and no rows: there is nothing to judge", file=source.name))
    if changed:
        raise _UselessError(t("{file} was changed while it was read: nothing was written; run again", file=source.name))


def _keep(
    parts: CheckpointStore,
    known: int,
    write: Callable[[Iterable[Judged]], None] | None,
    chunks: Iterator[Judged],
) -> None:
    """Keep each chunk as it comes, and write it after the ``known`` ones that were kept before, or only keep it."""
    kept = map(parts.keep, chunks)
    if write is not None:
        write(itertools.chain(itertools.islice(parts, known), kept))
    for _ in kept:
        pass


def _write(chunks: Iterable[Judged], *, output: Path, language: str, said: Mapping[str, str], folder: Path) -> None:
    writers.write((with_reasons_shown(one.table, language, coded=True) for one in chunks), output, said, folder)


def _judged(
    rm: Regionmap,
    options: Options,
    chunks: Iterator[pa.Table],
    expected: int | None,
    parts: CheckpointStore,
    engine: Engine,
    progress: Progress,
    hand_on: Callable[[Judged], None],
) -> Summary:
    """Judge what is not yet judged, hand it on, and count all."""
    summary = Summary(min(one.in_force_from for one in rm.sources()), rm.gazetteer.by_code)
    known = parts.count
    for judged in itertools.islice(parts, known):
        summary.add(judged)
    progress(summary.rows, expected)
    rest = itertools.islice(chunks, known, None)
    first = next(rest, None)
    if first is not None:
        for number, judged in enumerate(engine(rm, options, itertools.chain([first], rest)), 1):
            hand_on(judged)
            summary.add(judged)
            progress(summary.rows, expected)
            if number % _TIDIED == 0:
                pa.default_memory_pool().release_unused()
    return summary


def _digested(source: Path, table: Table, size: int, digest: list[str]) -> Iterator[pa.Table]:
    """Yield the chunks of a file, and then tell the digest that it has by now."""
    yield from table.chunks(size)
    digest.append(table.digest() if table.digest is not None else digest_of(source))


def about_run(rm: Regionmap, options: Options) -> dict[str, Any]:
    """Return what the answers rest on, and the id that stands for all of it."""
    asked = dataclasses.asdict(options)
    asked.pop("many")  # chooses the way, not the answers
    asked.pop("language")
    if asked["crs"] is None:
        asked.pop("crs")
    asked["columns"].pop("notes")
    about = {
        "catalogue": rm.catalogue.version,
        "boundaries": digest_of(geo_file("counties.parquet"))[:16],
        "versions": {
            "regionmap": __version__, "python": platform.python_version(), "shapely": shapely.__version__,
            "geos": shapely.geos_version_string, "pyarrow": pa.__version__,
        },
        "options": json.loads(json.dumps(asked, default=str)),
    }  # fmt: skip
    return {"run": hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:12], **about}


def idle_options(options: Options, *, own_points: bool) -> list[Message]:
    """Return notes on what was asked of coordinates and has no effect.

    Args:
        options: what was asked, with the columns that are read.
        own_points: the coordinates are those of the file's geometries, which name their own system.
    """
    none = not options.columns.has_points
    if not none and not own_points:
        return []
    suffix = "" if none else ".points"
    notes = []
    if options.datum not in {Datum.WGS84, Datum.CGCS2000}:
        notes.append(note(f"idle_datum{suffix}", datum=options.datum))
    if options.crs is not None:
        notes.append(note(f"idle_crs{suffix}", crs=plane(options.crs).name))
    return [*notes, note("idle_boundary")] if none and options.boundary else notes


def projected(options: Options) -> list[Message]:
    """Return the note on the plane of coordinates in metres, if they are in one."""
    used = options.crs is not None and options.columns.has_points
    return [note("projected", crs=plane(options.crs or "").name)] if used else []


def renamed(names: Sequence[str]) -> list[Message]:
    """Return notes on the columns of the input that have the name of a result."""
    return [
        note("renamed", name=name, new=new)
        for name, new in zip(names, result_names(list(names)), strict=True)
        if name != new
    ]
