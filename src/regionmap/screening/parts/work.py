"""The work on one part: read it, judge its rows, write them, and record what was read and written.

The same on every machine, so that a part that was begun on a worker that is lost is simply begun again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.screening import writers
from regionmap.screening.digests import digest_of
from regionmap.screening.files.opening import Table, open_table
from regionmap.screening.judge import Judged
from regionmap.screening.messages import ScreeningError, decoded_table, in_both, with_reasons_shown
from regionmap.screening.options import WGS84_LAT, WGS84_LON
from regionmap.screening.parts.agreement import fitted
from regionmap.screening.parts.heads import named, why_not
from regionmap.screening.parts.listing import Part
from regionmap.screening.parts.plan import Done, Failed, Outcome, Plan, Rows
from regionmap.screening.parts.records import RECORD_FORMAT, read_json, record, record_path, write_json
from regionmap.screening.summary import Summary


def judge_part(plan: Plan, part: Part, judge: Callable[[pa.Table], Judged], rows: Rows) -> Outcome:
    """Make the result of a part, unless an earlier run has made it of the same input; say what became of it.

    Args:
        plan: what all parts have in common.
        part: the part.
        judge: judges a chunk.
        rows: told the rows that are judged.
    """
    try:
        with plan.source.local(part.path) as file:
            read = _stamp(file)
            source = {"size": file.stat().st_size, "sha256": digest_of(file)}
            made = _made_before(plan, part, source) if plan.resume else None
            if made is not None:
                rows(made["output"]["rows"])
                return Done(made, kept=True)
            done = _make(plan, part, file, source, judge, rows)
            if _stamp(file) != read:
                raise ScreeningError(t("{file} was changed while it was read: run again", file=part.name))
            write_json(plan.target, done, record_path(plan.folder, part))
            return Done(done, kept=False)
    except InputError as error:
        return Failed(named(part, in_both(error)))
    except Exception as error:  # whatever a part or a store makes a library say: the other parts are done all the same
        return Failed(why_not(part, error))


def _make(
    plan: Plan, part: Part, file: Path, source: dict[str, Any], judge: Callable[[pa.Table], Judged], rows: Rows
) -> dict[str, Any]:
    """Write the result of a part, and return its record."""
    table = open_table(file, plan.encoding, wanted=plan.wanted, rowless=True)
    summary = Summary(plan.first_day, {})
    broken: list[InputError] = []

    def judged() -> Iterator[pa.Table]:
        try:
            for chunk in _chunks(table, plan):
                one = judge(chunk)
                summary.add(one)
                rows(one.table.num_rows)
                yield _agreed(with_reasons_shown(one.table, plan.options.language, coded=True), plan.result)
        except InputError as error:  # of what is read: writing has errors of its own
            broken.append(error)
            raise

    with plan.target.scratch(plan.folder) as folder:
        written = folder / part.output
        try:
            writers.write(judged(), written, plan.about, folder)
        except InputError as error:
            raise (broken or [error])[0] from None
        result = {"rows": summary.rows, "size": written.stat().st_size, "sha256": digest_of(written)}
        plan.target.publish(written, f"{plan.folder}/{part.output}")
    return record(plan.state, part, source, result, summary.counts(), table.notes)


def _agreed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a result with the types of all parts; a column stays as it is where each distinct text is held once."""
    columns = [
        column
        if pa.types.is_dictionary(column.type) and column.type.value_type == field.type
        else column.cast(field.type)
        for column, field in zip(table.columns, schema, strict=True)
    ]
    return pa.table(columns, names=schema.names)


def _chunks(table: Table, plan: Plan) -> Iterator[pa.Table]:
    """Yield the chunks of a part as they are judged: at least one, which may have no rows."""
    empty = True
    for chunk in table.chunks(plan.chunk):
        empty = False
        yield fitted(chunk, plan.schema)
    if empty:
        yield fitted(pa.table({name: pa.array([], pa.string()) for name in table.names}), plan.schema)


def _made_before(plan: Plan, part: Part, source: dict[str, Any]) -> dict[str, Any] | None:
    """Return the record of a part whose result is there, whole, and of this input; None for any other."""
    found = read_json(plan.target, record_path(plan.folder, part))
    if found is None or found.get("format") != RECORD_FORMAT or found.get("state") != plan.state:
        return None
    if found["input"] != {"name": part.name, **source}:
        return None
    try:
        with plan.target.local(f"{plan.folder}/{part.output}") as file:
            whole = file.stat().st_size == found["output"]["size"] and digest_of(file) == found["output"]["sha256"]
    except FileNotFoundError:
        return None
    return found if whole else None


def result_schema(judge: Callable[[pa.Table], Judged], schema: pa.Schema) -> pa.Schema:
    """Return the columns of every part of the result, by judging a table without rows."""
    return decoded_table(judge(schema.empty_table()).table).schema.remove_metadata()


def written_columns(result: pa.Schema) -> list[dict[str, str]]:
    """Return names and types of the columns that the files get."""
    return [{"name": one.name, "type": str(one.type)} for one in result if one.name not in (WGS84_LON, WGS84_LAT)]


def _stamp(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns
