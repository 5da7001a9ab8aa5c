"""The judge of one chunk: a table of sites in, the same rows with verdicts or reasons out.

A chunk needs nothing but the loaded catalogue, the boundaries and the options, and its rows do not depend on what was
judged before, so that chunks can be judged anywhere in any order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regionmap.api import UNCERTAINTY_M, Regionmap
from regionmap.rules.matching.finding import LineDistance
from regionmap.rules.verdict import rulings
from regionmap.rules.verdict.answers import CaveatKind
from regionmap.screening.answers import Answer, Answers
from regionmap.screening.asking import QuestionReader, Questions, spread
from regionmap.screening.county_index import CountyIndex, Floats, Pairs
from regionmap.screening.datum_check import DatumCheck, Evidence
from regionmap.screening.numbering import numbered, numbered_as_met
from regionmap.screening.options import RESULTS, WGS84_LAT, WGS84_LON, Options
from regionmap.screening.place_words import PlaceWords
from regionmap.screening.row_texts import RowTexts
from regionmap.screening.site_resolver import SiteResolver, Sites
from regionmap.screening.strips import Strips
from regionmap.screening.unread_columns import UnreadColumns
from regionmap.screening.usual_names import PROBLEM

PLACE_DISAGREES = "place_disagrees"
ADDRESS_READING = "address_reading"
DATE_IN_PART = "date_in_part"
REUSED = "reused:"
"""Before a code, in the evidence of a chunk: rows that are judged by it, and that another place had it before."""


@dataclass(frozen=True)
class Judged:
    """A chunk with its results, and its evidence about the datum of the file and the columns that are not read."""

    table: pa.Table
    evidence: Evidence


@dataclass(frozen=True)
class Located:
    """A chunk with the places of its rows and what they ask, and what hangs on these alone.

    ``disagrees`` tells which rows name another place than that of their point or code. ``judged`` tells which rows have
    a place and a question, ``rows`` are the county rows of their points, −1 for others. ``limits``: the distances to
    another province that answers to each question hang on. ``far``: that of the points, see ``Strips.metres``.
    ``near``: their pairs with other counties within the uncertainty; None where those farther off count too.
    """

    table: pa.Table
    sites: Sites
    evidence: Evidence
    disagrees: NDArray[np.bool_]
    questions: Questions
    judged: NDArray[np.bool_]
    rows: NDArray[Any]
    limits: Sequence[tuple[int, ...]]
    far: Floats
    near: Pairs | None


_BLANK = Answer("", "", "", ())


class Judge:
    """Judges chunks; keeps the answers that it has found, one for each question and kind of place."""

    def __init__(self, rm: Regionmap, counties: CountyIndex, options: Options) -> None:
        """Prepare for a file whose columns are known."""
        self._rm, self._counties, self._options = rm, counties, options
        columns = options.columns
        self._resolver = SiteResolver(rm, counties, columns, options.datum, options.crs)
        self._datum_check = DatumCheck(rm, counties, self._resolver, columns, options.datum)
        self._answers = Answers(rm, self._resolver.places)
        self._strips = Strips(rm, counties)
        self._questions = QuestionReader(rm, options, self._answers)
        self._words = PlaceWords(rm, self._resolver.places)
        self._unread = UnreadColumns(options, rm.catalogue.gbt)

    def judge(self, table: pa.Table) -> Judged:
        """Return the rows of a chunk, in order, with the columns RESULTS added.

        A column of the input that has the name of one of them is called ``input_…``.
        """
        return self.decide(self.locate(table))

    def locate(self, table: pa.Table) -> Located:
        """Return a chunk with the places of its rows and what they ask.

        One thread may locate chunks while another decides.
        """
        broken = RowTexts(table.num_rows)
        if PROBLEM in table.column_names:
            broken = RowTexts.of(table[PROBLEM].to_pylist())
        days = cache(lambda: self._questions.days(table))
        sites = self._resolver.find(table, broken, days)
        questions = self._questions.read(table, sites.reasons)
        evidence = Counter[str]() if self._options.crs else self._datum_check.collect_evidence(table, sites)
        evidence.update(self._reused(sites, questions))
        evidence.update(self._unread.evidence(table))
        judged = questions.reasons.blank & (sites.place > 0)
        rows = np.where(judged, sites.rows, -1)
        limits = self._answers.limits(questions.asked)
        far = self._strips.metres(sites.lon, sites.lat, rows, questions.number, limits)
        near = None
        if not self._options.boundary:
            near = self._counties.near(sites.lon, sites.lat, rows, UNCERTAINTY_M)
        disagrees = self._resolver.disagrees(sites)
        return Located(table, sites, evidence, disagrees, questions, judged, rows, limits, far, near)

    def _reused(self, sites: Sites, questions: Questions) -> dict[str, int]:
        """Return how many rows are judged by each code that another place had."""
        numbers, codes = sites.code_reused.where((sites.rows < 0) & questions.reasons.blank).encoded()
        counts = np.bincount(numbers, minlength=len(codes)).tolist()
        return {f"{REUSED}{code}": count for code, count in zip(codes, counts, strict=True) if code}

    def decide(self, located: Located) -> Judged:
        """Return the rows of a chunk, whose places are known, with the columns RESULTS added."""
        return Judged(self._result(located), located.evidence)

    def _result(self, located: Located) -> pa.Table:
        table, sites, questions, far = located.table, located.sites, located.questions, located.far
        met = np.array([*(bool(one) for one in located.limits), False])[questions.number]
        plain = self._answers.kinds.of(sites.place, met)
        kinds = self._answers.kinds.banded(plain, self._strips.bands(located.rows, far))
        answers, answer = self._answers_of(questions, kinds, located.judged)
        metres = self._boundary(located, kinds, met)
        near_limit = self._near_limit(located, plain)
        caveats = self._caveats(answers, answer, located, metres <= UNCERTAINTY_M, near_limit)
        days = np.array([*(one.on.toordinal() for one in questions.asked), 0])[questions.number]
        # As for a single answer, see ``PointInfo``.
        most = np.array([*(max(one, default=-np.inf) for one in located.limits), -np.inf])[questions.number]
        near_province = located.judged & (far <= most + UNCERTAINTY_M)
        values: dict[str, Any] = {
            **self._words.columns(np.where(located.judged, sites.place, 0), days),
            "industry_id": questions.industry,
            "gbt4754_code": questions.class_code,
            "gbt4754_name": questions.class_name,
            "judged_action": questions.action,
            "judged_on": questions.on,
            "verdict": spread([one.verdict for one in answers], answer),
            "provisions": spread([one.provisions for one in answers], answer),
            "numbers": spread([one.numbers for one in answers], answer),
            "caveats": caveats,
            "boundary_m": pa.array(np.round(metres, 1), mask=np.isnan(metres)),
            "province_line_m": pa.array(np.round(far, 1), mask=~near_province),
            "reason": _told(questions.reasons),
        }
        kept = table.drop_columns(PROBLEM) if PROBLEM in table.column_names else table
        names = result_names(kept.column_names)
        added = [values[name] for name in RESULTS]
        points = [pa.array(one, mask=np.isnan(one)) for one in (sites.lon, sites.lat)]
        return pa.table([*kept.columns, *added, *points], names=[*names, *RESULTS, WGS84_LON, WGS84_LAT])

    def _answers_of(
        self, questions: Questions, kinds: NDArray[np.int64], judged: NDArray[np.bool_]
    ) -> tuple[list[Answer], NDArray[np.int64]]:
        """Return the distinct answers of a chunk, and the number of each row's, a blank one where it is not judged."""
        wide = np.int64(self._answers.kinds.count)
        # As they stand in the rows: kinds of places have numbers as they were met, by other chunks too, and a chunk is
        # the same bytes wherever it is judged.
        pairs, pair = numbered_as_met(np.where(judged, questions.number * wide + kinds, -1))
        asking = pairs >= 0
        given = iter(self._answers.answers(questions.asked, pairs[asking] // wide, pairs[asking] % wide))
        found = [next(given) if asks else _BLANK for asks in asking.tolist()]
        numbers: dict[Answer, int] = {}
        of_pair = np.array([numbers.setdefault(one, len(numbers)) for one in found], np.int64)
        return list(numbers), of_pair[pair]

    def _boundary(self, located: Located, kinds: NDArray[np.int64], met: NDArray[np.bool_]) -> Floats:
        """Return metres to the nearest county with another answer; NaN for none in reach, and without a point."""
        if located.near is None:
            return self._however_far(located)
        questions, metres = located.questions, np.full(len(kinds), np.nan)
        points, others, away = located.near
        bands = self._strips.bands(others, located.far[points])
        there = self._answers.kinds.banded(self._answers.kinds.of(others + 1, met[points]), bands)
        differ = self._differ(questions, questions.number[points], kinds[points], there)
        np.fmin.at(metres, points[differ], away[differ])
        return metres

    def _however_far(self, located: Located) -> Floats:
        sites, questions, rows = located.sites, located.questions, located.rows
        metres = np.full(len(rows), np.nan)
        differs: dict[tuple[int, int, LineDistance | None], Callable[[str], bool]] = {}
        lines = self._strips.lines(located.far)
        for point in np.flatnonzero(rows >= 0).tolist():
            key = int(questions.number[point]), int(rows[point]), lines[point]
            if key not in differs:
                (unit,) = self._resolver.places[key[1] + 1]
                differs[key] = rulings.differs_from(questions.asked[key[0]].question, unit, key[2])
            found = self._counties.locator.boundary_m(sites.lon[point], sites.lat[point], differs[key])
            metres[point] = found[0] if found is not None else np.nan
        return metres

    def _differ(
        self, questions: Questions, number: NDArray[Any], here: NDArray[np.int64], there: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Tell for questions by their numbers whether two kinds of counties get another answer."""
        wide = np.int64(self._answers.kinds.count)
        distinct, back = numbered(np.concatenate([number * wide + here, number * wide + there]))
        answers = self._answers.answers(questions.asked, distinct // wide, distinct % wide)
        found = np.array([one.signature for one in answers], np.int64)[back]
        return np.asarray(found[: len(number)] != found[len(number) :])

    def _near_limit(self, located: Located, kinds: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which points may lie on the other side of a distance to another province that changes their answer."""
        questions, limits = located.questions, located.limits
        near = np.zeros(len(kinds), bool)
        wide = np.int64(self._answers.kinds.count)
        for limit, points in self._strips.near_limits(located.far):
            points = points[np.array([*(limit in one for one in limits), False])[questions.number[points]]]
            distinct, back = numbered(questions.number[points] * wide + kinds[points])
            turn = self._answers.turn_at(limit, questions.asked, distinct // wide, distinct % wide)
            near[points] |= turn[back]
        return near

    def _caveats(
        self, answers: list[Answer], answer: NDArray[np.int64], located: Located,
        near_boundary: NDArray[np.bool_], near_limit: NDArray[np.bool_],
    ) -> pa.Array:  # fmt: skip
        """Return the kinds of caveats of every row, those of the row itself before those of its answer."""
        sites, questions, judged = located.sites, located.questions, located.judged
        own = {
            str(CaveatKind.NEAR_BOUNDARY): near_boundary,
            str(CaveatKind.NEAR_LIMIT): near_limit,
            str(CaveatKind.DEFAULT_DATE): questions.undated & judged,
            DATE_IN_PART: questions.in_part & judged,
            str(CaveatKind.PLACE_READING): sites.reading & judged,
            ADDRESS_READING: sites.addressed & judged,
            PLACE_DISAGREES: located.disagrees & judged,
        }
        keys = answer << len(own)
        for bit, here in enumerate(own.values()):
            if here.any():
                keys |= here.astype(np.int64) << bit
        keys, back = numbered(keys)
        words = []
        for key in keys.tolist():
            first = [kind for bit, kind in enumerate(own) if key >> bit & 1]
            words.append("; ".join(dict.fromkeys([*first, *answers[key >> len(own)].caveats])))
        return spread(words, back)


def result_names(names: list[str]) -> list[str]:
    """Return the names of the input's columns in the result: ``input_…`` where a result has the name."""
    reserved = {*RESULTS, WGS84_LON, WGS84_LAT}
    taken = {*names, *reserved}
    new_names = []
    for name in names:
        new = name
        while new in reserved or (new != name and new in taken):
            new = f"input_{new}"
        taken.add(new)
        new_names.append(new)
    return new_names


def _told(reasons: RowTexts) -> pa.DictionaryArray:
    """Return the reasons of rows, most of which have none; each distinct one is held once."""
    numbers, distinct = reasons.encoded()
    return pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(distinct, pa.string()))
