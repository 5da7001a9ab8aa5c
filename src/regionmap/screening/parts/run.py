"""A whole run over parts: what they have in common, each by itself, then one summary and one manifest for all."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from regionmap.api import Regionmap
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.resources import ATTRIBUTION
from regionmap.rules.verdict.coverage import coverage
from regionmap.screening.columns import GEOMETRY_LON, described, recognise
from regionmap.screening.county_index import CountyIndex
from regionmap.screening.judge import Judge
from regionmap.screening.messages import Message, ScreeningError, listed, note
from regionmap.screening.options import CHUNK, Options
from regionmap.screening.parts.agreement import agreed_schema
from regionmap.screening.parts.heads import Head, HeadReader
from regionmap.screening.parts.listing import Part, find_parts, read_output
from regionmap.screening.parts.plan import Done, Outcome, Plan, R, Rows, Runner, Runners, T
from regionmap.screening.parts.records import (
    MANIFEST,
    MANIFEST_FORMAT,
    RUN_FORMAT,
    notes_of,
    read_json,
    run_path,
    write_json,
)
from regionmap.screening.parts.storage import ASIDE, Storage, storage_of
from regionmap.screening.parts.work import judge_part, result_schema, written_columns
from regionmap.screening.run import FORMAT, Progress, about_run, idle_options, projected, renamed
from regionmap.screening.summary import Summary
from regionmap.screening.unread_columns import assumed

_MOST_NOTES = 12


class Here:
    """Does one part after the other in this process."""

    def each(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]:
        """See ``Runner``."""
        return enumerate(map(function, items))

    def judge(self, rm: Regionmap, plan: Plan, parts: Sequence[Part], rows: Rows) -> Iterator[tuple[int, Outcome]]:
        """See ``Runner``."""
        judge = Judge(rm, CountyIndex.load(rm.locator, many=True), plan.options)
        for number, part in enumerate(parts):
            yield number, judge_part(plan, part, judge.judge, rows)


@contextlib.contextmanager
def run_here() -> Iterator[Runner]:
    """Give the one that works in this process."""
    yield Here()


def screen_parts(
    rm: Regionmap,
    source: str,
    output: str,
    options: Options,
    named: Mapping[str, str | None],
    *,
    encoding: str | None = None,
    resume: bool = False,
    chunk: int = CHUNK,
    runners: Runners = run_here,
    progress: Progress = lambda done, total: None,
) -> dict[str, Any]:
    """Judge every row of every part of an input, and write a result for each part; return a summary of all.

    A part that cannot be read is named under ``failed`` in the summary, and the others are done. Nothing is deleted,
    and nothing is replaced but results that this run makes anew.

    Args:
        rm: what is loaded.
        source: a folder, a pattern or an address of Parquet or CSV files.
        output: a folder, or a pattern that says the format too: ``'out/*.csv'``; Parquet without one.
        options: what is asked; its ``columns`` are found here.
        named: columns by role where the usual names fail.
        encoding: of CSV parts, where it is not to be found out.
        resume: go on in a folder that a run of the same question has begun: parts that are done and whose inputs have
            not changed are kept.
        chunk: rows at a time.
        runners: gives the one that does the work.
        progress: told the rows that are done and those of all parts, as far as known.

    Raises:
        InputError: no part can be read, parts have other columns than others, or the output cannot be used.
    """
    folder_address, ending = read_output(output)
    place, parts = find_parts(source, ending)
    target = storage_of(folder_address)
    folder = target.root(folder_address)
    begun = _check_folder(target, folder, parts, output, resume=resume)
    with runners() as runner:
        heads = dict(runner.each(HeadReader(place, encoding, tuple(one for one in named.values() if one)), parts))
        unread = {parts[at].name: head for at, head in sorted(heads.items()) if isinstance(head, Text)}
        good = [one for one in parts if one.name not in unread]
        known = {parts[at].name: head for at, head in sorted(heads.items()) if isinstance(head, Head)}
        if not good:
            raise ScreeningError(_some_failed(unread, len(parts)))
        plan, about = _plan(
            rm, options, named, known,
            source=place, target=target, folder=folder, encoding=encoding, chunk=chunk, resume=begun, ending=ending,
        )  # fmt: skip
        _begin(plan, about, output, begun)
        total, done = sum(one.rows for one in known.values()), 0
        progress(0, total)

        def rows(more: int) -> None:
            nonlocal done
            done += more
            progress(done, total)

        outcomes = dict(runner.judge(rm, plan, good, rows))
    finished = {good[at].name: one for at, one in sorted(outcomes.items()) if isinstance(one, Done)}
    failed = {**unread, **{good[at].name: one.why for at, one in outcomes.items() if not isinstance(one, Done)}}
    failed = {one.name: failed[one.name] for one in parts if one.name in failed}
    failed |= _missing(plan, finished)
    summary = Summary(plan.first_day, rm.gazetteer.by_code)
    for one in finished.values():
        summary.add_counts(one.record["counts"])
    counted = summary.result(plan.options)
    _check_own(plan, output)
    write_json(target, _manifest(plan, about, finished, failed, counted), f"{folder}/{MANIFEST}")
    target.tidy(folder)
    statement = coverage(rm.catalogue).statement
    columns = plan.options.columns
    own_points = next(iter(known.values())).points and columns.lon == GEOMETRY_LON
    idle = idle_options(dataclasses.replace(options, columns=columns), own_points=own_points)
    return {
        "format": FORMAT, "input": source, "output": output, **counted,
        "notes": [*_notes(plan, finished), *idle], "coverage": {"zh": statement.zh, "en": statement.en}, **about,
        "parts": len(parts), "kept": sum(one.kept for one in finished.values()),
        "failed": {name: {"zh": why.zh, "en": why.en} for name, why in failed.items()},
    }  # fmt: skip


def failure(summary: Mapping[str, Any]) -> Text | None:
    """Return in one line which parts have no result; None where all have."""
    failed = {name: Text(**why) for name, why in summary["failed"].items()}
    return _some_failed(failed, summary["parts"]) if failed else None


def _check_folder(target: Storage, folder: str, parts: Sequence[Part], output: str, *, resume: bool) -> bool:
    """See that a folder holds nothing but what this run may go on from; return whether a run has begun there.

    Raises:
        InputError: it holds something else, or ``resume`` is not asked for.
    """
    names = target.names(folder)
    begun = ASIDE in names and target.read(run_path(folder)) is not None
    ours = {ASIDE, MANIFEST, *(one.output for one in parts)} if begun else {ASIDE}
    foreign = [one for one in names if one not in ours]
    if foreign:
        raise ScreeningError(
            t("{output} holds files that this run does not make ({names}): name an empty or a new folder",
              output=output, names=listed(foreign, 3))
        )  # fmt: skip
    if begun and not resume and any(one != ASIDE for one in names):
        raise ScreeningError(
            t("{output} holds the result of a run: add --resume to go on with it and do changed parts anew, or name "
              "another folder", output=output)
        )  # fmt: skip
    return begun and resume


def _plan(
    rm: Regionmap, options: Options, named: Mapping[str, str | None], heads: Mapping[str, Head], *, source: Storage,
    target: Storage, folder: str, encoding: str | None, chunk: int, resume: bool, ending: str,
) -> tuple[Plan, dict[str, Any]]:  # fmt: skip
    """Decide what all parts have in common; return it, and what the answers rest on."""
    schema = agreed_schema(heads)
    columns = recognise(schema.names, named, industry_given=options.industry is not None, date_given=options.date_given)
    options = dataclasses.replace(options, columns=columns, many=True)
    if next(iter(heads.values())).points and columns.lon == GEOMETRY_LON:  # in WGS-84, as in a single file
        options = dataclasses.replace(
            options, columns=dataclasses.replace(columns, datum=None), datum="wgs84", crs=None
        )
    result = result_schema(Judge(rm, CountyIndex.load(rm.locator, many=False), options).judge, schema)
    about = about_run(rm, options)
    state = {
        "run": about["run"], "chunk": chunk, "encoding": encoding, "ending": ending, "language": options.language,
        "columns": written_columns(result),
    }  # fmt: skip
    plan = Plan(
        source, target, folder, options, encoding, tuple(one for one in named.values() if one), schema, result,
        hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest(),
        {"run": about["run"], "catalogue": about["catalogue"], "attribution": ATTRIBUTION}, chunk, resume,
        min(one.in_force_from for one in rm.sources()),
    )  # fmt: skip
    return plan, about


def _begin(plan: Plan, about: Mapping[str, Any], output: str, begun: bool) -> None:
    """Write of which run the parts of the folder are, or see that they are of this one.

    Raises:
        InputError: they are of another, or the folder cannot be written.
    """
    run = {"format": RUN_FORMAT, "state": plan.state, **about}
    try:
        plan.target.prepare(plan.folder)
        if not begun:
            write_json(plan.target, run, run_path(plan.folder))
    except (OSError, RuntimeError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0][:160]
        raise ScreeningError(t("{path} cannot be written: {why}", path=output, why=why)) from None
    if begun and (read_json(plan.target, run_path(plan.folder)) or {}).get("state") != plan.state:
        raise ScreeningError(
            t("the run that made {output} had other columns, another catalogue, version, date or options: name "
              "another folder", output=output)
        )  # fmt: skip


def _check_own(plan: Plan, output: str) -> None:
    """See that no other run has begun in the folder meanwhile."""
    if (read_json(plan.target, run_path(plan.folder)) or {}).get("state") != plan.state:
        raise ScreeningError(
            t("another run has written to {output} at the same time: name a new folder for each", output=output)
        )


def _missing(plan: Plan, finished: Mapping[str, Done]) -> dict[str, Text]:
    """Return the parts whose results were written somewhere that is not the folder that this machine sees."""
    there = set(plan.target.names(plan.folder))
    return {
        name: t("the result of {file} is not in the folder: the workers write to another, which must be one that all "
                "machines share", file=name)
        for name, one in finished.items()
        if one.record["output"]["name"] not in there
    }  # fmt: skip


def _manifest(
    plan: Plan, about: Mapping[str, Any], finished: Mapping[str, Done], failed: Mapping[str, Text],
    counted: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    return {
        "format": MANIFEST_FORMAT, **about, "language": plan.options.language, "attribution": ATTRIBUTION,
        "columns": written_columns(plan.result), "rows": counted["rows"], "judged": counted["judged"],
        "verdicts": counted["verdicts"], "default_action": counted["default_action"],
        "warnings": [str(one) for one in counted["warnings"]],
        "parts": [
            {"input": one.record["input"], "output": one.record["output"]}
            for name, one in finished.items()
            if name not in failed
        ],
        "failed": [{"name": name, "why": why.en} for name, why in failed.items()],
    }  # fmt: skip


def _notes(plan: Plan, finished: Mapping[str, Done]) -> list[Message]:
    """Return the notes on all parts; what holds for some of them says for how many."""
    where: dict[tuple[str, str], list[tuple[str, Message]]] = {}
    for name, one in finished.items():
        for message in notes_of(one.record):
            where.setdefault((message.id, str(message)), []).append((name, message))
    notes = []
    for told in where.values():
        first, message = told[0]
        if len(told) < len(finished):
            message = note(
                "in_some_parts", note=message.text, count=f"{len(told):,}", all=f"{len(finished):,}", first=first
            )
        notes.append(message)
    more = len(notes) - _MOST_NOTES
    if more > 0:
        notes = [*notes[:_MOST_NOTES], note("more_notes", more=f"{more:,}", folder=ASIDE)]
    kept = sum(one.kept for one in finished.values())
    columns = plan.options.columns
    return [
        note("parts", count=f"{len(finished) - kept:,}", kept=f"{kept:,}"), *notes,
        *(columns.notes or [described(columns)]), *projected(plan.options), *assumed(plan.options),
        *renamed(plan.schema.names),
    ]  # fmt: skip


def _some_failed(failed: Mapping[str, Text], parts: int) -> Text:
    first = next(iter(failed.values()))
    words = {"count": f"{len(failed):,}", "all": f"{parts:,}", "why": first}
    if len(failed) == 1:
        return t("{count} of {all} parts has no result: {why}; mend it, and run again with --resume", **words)
    others = listed(list(failed)[1:], 5)
    return t(
        "{count} of {all} parts have no result, the first: {why}; the others: {others}; mend them, and run again with "
        "--resume",
        **words,
        others=others,
    )
