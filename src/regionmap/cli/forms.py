"""Every kind of answer in the forms of ``--format``.

What a form needs is loaded where it is used: JSON waits for nothing that prints, text for no table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from regionmap.cli.answering import Answering

if TYPE_CHECKING:
    import pandas as pd

    from regionmap.model import Region, Source
    from regionmap.output.brief.layout import Line
    from regionmap.output.tables import Printer
    from regionmap.rules.history.changes import RegionChange
    from regionmap.rules.search.browse import Rule
    from regionmap.rules.transfer.answers import TransferAnswer
    from regionmap.rules.verdict.answers import PlaceAnswer, Verdict


def show_verdict(verdict: Verdict, out: Answering, *, full: bool) -> None:
    """Print a verdict."""

    def to_json() -> Any:
        from regionmap.output.json.answers import verdict_json

        return verdict_json(verdict, out.rm)

    def to_lines(width: int) -> list[Line]:
        from regionmap.output.brief.check import check_lines

        return check_lines(verdict, out.rm, out.lang, width)

    def to_frame() -> pd.DataFrame:
        from regionmap.notebook.frames import verdict_frame

        return verdict_frame(verdict)

    out.show(to_json, lambda printer: printer.verdict(verdict, out.rm), to_frame, None if full else to_lines)


def show_place(answer: PlaceAnswer, out: Answering, *, full: bool) -> None:
    """Print everything about a place."""

    def to_json() -> Any:
        from regionmap.output.json.answers import lookup_json

        return lookup_json(answer, out.rm)

    def to_lines(width: int) -> list[Line]:
        from regionmap.output.brief.lookup import lookup_lines

        return lookup_lines(answer, out.rm, out.lang, width)

    def to_frame() -> pd.DataFrame:
        from regionmap.notebook.frames import place_frame

        return place_frame(answer)

    out.show(to_json, lambda printer: printer.place(answer, out.rm), to_frame, None if full else to_lines)


def show_transfer(answer: TransferAnswer, out: Answering, *, every: bool, full: bool, top: int) -> None:
    """Print where an industry is guided to; ``every``: also the places of which nothing is loaded."""

    def to_json() -> Any:
        from regionmap.output.json.transfer import transfer_json

        return transfer_json(answer, out.rm, every=every)

    def to_lines(width: int) -> list[Line]:
        from regionmap.output.brief.transfer import transfer_lines

        return transfer_lines(answer, out.rm, out.lang, width, top)

    def to_frame() -> pd.DataFrame:
        from regionmap.notebook.frames import destinations_frame

        return destinations_frame(answer.destinations, out.rm)

    out.show(
        to_json,
        lambda printer: printer.transfer(answer, out.rm, every=every),
        to_frame,
        None if full or every else to_lines,
    )


def show_rules(rules: Sequence[Rule], filters: Mapping[str, object], out: Answering) -> None:
    """Print provisions; where there are none, what fewer or other filters would find."""

    def to_json() -> Any:
        from regionmap.output.json.answers import rule_json

        return [rule_json(one) for one in rules]

    def to_frame() -> pd.DataFrame:
        from regionmap.notebook.frames import rules_frame

        return rules_frame(rules, out.rm)

    def to_table(printer: Printer) -> None:
        if rules:
            printer.rules(rules)
            return
        from regionmap.output.tables.nothing import nothing_found

        printer.lines(nothing_found(out.rm, filters))

    out.show(to_json, to_table, to_frame)


def show_regions(regions: Sequence[Region], on: dt.date | None, out: Answering, *, full: bool) -> None:
    """Print regions with their lists, or with a date the list in use; ``full`` names every member."""
    from regionmap.output.json.sources import region_json

    rows = [region_json(one, out.rm, on) for one in regions]
    numbers = {one.id: one.number for one in out.rm.sources()}
    lists = [(one, row["definitions"]) for one, row in zip(regions, rows, strict=True)]

    def to_frame() -> pd.DataFrame:
        from regionmap.notebook.frames import members_frame

        return members_frame(rows, out.rm)

    out.show(lambda: rows, lambda printer: printer.regions(lists, numbers, out.rm, full=full), to_frame)


def show_history(change: RegionChange, out: Answering, *, full: bool) -> None:
    """Print how a region's list changed."""

    def to_json() -> Any:
        from regionmap.output.json.history import history_json

        return history_json(change, out.rm)

    def to_lines(width: int) -> list[Line]:
        from regionmap.output.brief.history import history_lines

        return history_lines(change, out.rm, out.lang, width)

    def to_frame() -> pd.DataFrame:
        from regionmap.notebook.frames import change_frame

        return change_frame(change)

    out.show(to_json, lambda printer: printer.history(change, out.rm), to_frame, None if full else to_lines)


def show_sources(sources: Sequence[Source], out: Answering) -> None:
    """Print documents."""

    def to_json() -> Any:
        from regionmap.output.json.sources import source_json

        return [source_json(one) for one in sources]

    def to_frame() -> pd.DataFrame:
        from regionmap.notebook.frames import sources_frame

        return sources_frame(sources)

    out.show(to_json, lambda printer: printer.sources(sources), to_frame)
