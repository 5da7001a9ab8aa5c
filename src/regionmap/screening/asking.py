"""What the rows of a chunk ask: industry, action and date of each, and the distinct questions of all."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.errors import InputError, UnknownNameError
from regionmap.lru import LRUCache
from regionmap.rules.matching.finding import Subject
from regionmap.rules.reading.actions import parse_action
from regionmap.rules.reading.code_and_name import whole_code
from regionmap.screening.answers import Answers, Asked
from regionmap.screening.cell_values import date_of
from regionmap.screening.cells import texts
from regionmap.screening.messages import in_both, reason
from regionmap.screening.numbering import numbered
from regionmap.screening.options import Options
from regionmap.screening.row_texts import RowTexts

EXPLAINED = 20
"""Unknown industries of a chunk that are told what is near them: to find that is slow."""
_KEPT = 50_000


@dataclass(frozen=True)
class Questions:
    """The distinct questions of a chunk and each row's, −1 for none; by row, what was asked in words.

    ``class_code`` and ``class_name`` are the class of GB/T 4754 where a row asks by one, else blank.
    ``undated`` tells which rows have no date of their own, ``in_part`` whose date is a month or a year. ``reasons``
    are those of the rows' places, and why a row asks nothing that can be answered.
    """

    asked: list[Asked]
    number: NDArray[Any]
    industry: pa.Array
    class_code: pa.Array
    class_name: pa.Array
    action: pa.Array
    on: pa.Array
    undated: NDArray[np.bool_]
    in_part: NDArray[np.bool_]
    reasons: RowTexts


class QuestionReader:
    """Reads the columns of industry, action and date, chunk after chunk."""

    def __init__(self, rm: Regionmap, options: Options, answers: Answers) -> None:
        """Take what is asked where no column says otherwise, and what finds questions."""
        self._rm, self._options, self._answers = rm, options, answers
        self._subjects: LRUCache[str, Subject] = LRUCache(_KEPT)

    def read(self, table: pa.Table, reasons: RowTexts) -> Questions:
        """Return what the rows of a chunk ask; ``reasons`` say why some cannot be judged whatever they ask."""
        columns, options = self._options.columns, self._options
        industry_codes, industries = _cells(table, columns.industry, options.industry or "")
        industries = [whole_code(one) for one in industries]
        action_codes, actions = _cells(table, columns.action, options.action)
        date_codes, dates = _cells(table, columns.date, options.on.isoformat())
        explained = itertools.count()
        subjects = [self._subject(one, explained) for one in industries]
        acts = [_action(one) for one in actions]
        days, part = zip(*map(_day, dates), strict=True)
        widths = max(len(actions), 1), max(len(dates), 1)
        keys = (industry_codes.astype(np.int64) * widths[0] + action_codes) * widths[1] + date_codes
        distinct, back = numbered(keys)
        asked: list[Asked] = []
        numbers: dict[int, int] = {}
        number_of = np.full(len(distinct), -1, np.int64)
        problems = RowTexts(len(distinct))
        for at, key in enumerate(distinct.tolist()):
            rest, day = divmod(key, widths[1])
            industry, action = divmod(rest, widths[0])
            (subject, no_subject), (act, no_act), (on, no_day) = subjects[industry], acts[action], days[day]
            if subject is None or act is None or on is None:
                problems[at] = no_subject or no_act or no_day
                continue
            one = self._answers.ask(subject, industries[industry], act, on)
            if id(one) not in numbers:
                numbers[id(one)] = len(asked)
                asked.append(one)
            number_of[at] = numbers[id(one)]
        reasons = reasons.or_else(problems.take(back))
        undated = np.zeros(table.num_rows, bool)
        if not options.date_given:
            undated = date_codes == len(dates) - 1  # the default stands last
        return Questions(
            asked, number_of[back],
            spread([one.id if one else "" for one, _ in subjects], industry_codes),
            spread([(one.code or "") if one else "" for one, _ in subjects], industry_codes),
            spread([(one.code_name or "") if one else "" for one, _ in subjects], industry_codes),
            spread([one or "" for one, _ in acts], action_codes),
            spread([one.isoformat() if one else "" for one, _ in days], date_codes),
            undated, np.array(part, bool)[date_codes], reasons,
        )  # fmt: skip

    def days(self, table: pa.Table) -> NDArray[np.int64]:
        """Return the day of every row as ``date.toordinal`` counts it; the last of all where it cannot be read."""
        codes, dates = _cells(table, self._options.columns.date, self._options.on.isoformat())
        days = [_day(one)[0][0] or dt.date.max for one in dates]
        found: NDArray[np.int64] = np.array([one.toordinal() for one in days], np.int64)[codes]
        return found

    def _subject(self, text: str, explained: itertools.count[int]) -> tuple[Subject | None, str]:
        """Return the industry that a cell means, or why none; only the first of a chunk get the nearest names."""
        if not text:
            return None, reason("missing_industry")
        try:
            return self._subjects.get(text, lambda: self._rm.subject(text)), ""
        except InputError as error:
            return None, why_no_industry(error, near=next(explained) < EXPLAINED)


def _cells(table: pa.Table, name: str | None, default: str) -> tuple[NDArray[Any], list[str]]:
    """Return for every row the number of its text; the default for blank cells stands last."""
    if name is None:
        return np.zeros(table.num_rows, np.int64), [default]
    codes, words = texts(table[name])
    blank = [number for number, word in enumerate(words) if not word]
    if blank:
        codes = np.where(np.isin(codes, blank), len(words), codes)
    return codes, [*words, default]


def why_no_industry(error: InputError, *, near: bool) -> str:
    """Return why a cell means no industry, in both languages; what is near in meaning only where that is wanted."""
    text = error.plain if isinstance(error, UnknownNameError) and not near else error.text
    return reason("unknown_industry", why=text)


def _action(text: str) -> tuple[str | None, str]:
    try:
        return parse_action(text).value, ""
    except InputError as error:
        return None, reason("unknown_action", why=error.text)


def _day(text: str) -> tuple[tuple[dt.date | None, str], bool]:
    """Return the day that a cell means, or why none; and whether it gives a month or a year alone."""
    try:
        found = date_of(text)
    except InputError as error:
        return (None, reason("bad_date", why=in_both(error))), False
    return (found.day, ""), found.in_part


def spread(words: Sequence[str], codes: NDArray[Any]) -> pa.DictionaryArray:
    """Return the word of every row; each distinct one is held once, however many rows have it."""
    distinct = {word: number for number, word in enumerate(dict.fromkeys(words))}
    numbers = np.array([distinct[word] for word in words], np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(numbers[codes]), pa.array(list(distinct), pa.string()))
