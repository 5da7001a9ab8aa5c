"""The judge of one chunk: a table of sites in, the same rows with verdicts or reasons out.

A chunk needs nothing but the loaded catalogue, the boundaries and the options, and its rows do not depend on what was
judged before, so that chunks can be judged anywhere in any order.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regionmap.api import UNCERTAINTY_M, Regionmap
from regionmap.errors import InputError
from regionmap.i18n import word_list
from regionmap.lru import LRUCache
from regionmap.model import Action, Unit
from regionmap.rules.matching.finding import LineDistance, Subject
from regionmap.rules.verdict import rulings
from regionmap.rules.verdict.answers import CaveatKind
from regionmap.screening.answers import Answer, Answers, Asked
from regionmap.screening.cell_values import NotADateError, action_of, date_of, first_day_of, is_part_of_date
from regionmap.screening.cells import texts
from regionmap.screening.county_index import CountyIndex, Floats, Pairs
from regionmap.screening.datum_check import DatumCheck, Evidence
from regionmap.screening.industry_cells import subject_of_cell, why_no_industry
from regionmap.screening.messages import in_both, reason
from regionmap.screening.numbering import numbered
from regionmap.screening.options import RESULTS, WGS84_LAT, WGS84_LON, Options
from regionmap.screening.row_points import Reasons
from regionmap.screening.site_resolver import SiteResolver, Sites
from regionmap.screening.strips import Strips
from regionmap.screening.usual_names import PROBLEM

PLACE_DISAGREES = "place_disagrees"
ADDRESS_READING = "address_reading"
DATE_IN_PART = "date_in_part"
REUSED = "reused:"
"""Before a code, in the evidence of a chunk: rows that are judged by it, and that another place had it before."""
EXPLAINED = 20
"""Unknown industries of a chunk that are told what is near them: to find that is slow."""
_KEPT = 50_000
_DECIMAL_CODE = re.compile(r"^(\d{2,4})\.0+$")
"""A code that was a decimal number on its way: 3110.0."""


@dataclass(frozen=True)
class Judged:
    """A chunk with its results, and its evidence about the datum of the file."""

    table: pa.Table
    evidence: Evidence


@dataclass(frozen=True)
class Located:
    """A chunk with the places of its rows, and what hangs on them alone.

    ``near`` are the pairs of points and other counties within the uncertainty, None where they are not found yet.
    ``disagrees`` tells which rows name another place than that of their point or code.
    """

    table: pa.Table
    sites: Sites
    evidence: Evidence
    disagrees: NDArray[np.bool_]
    near: Pairs | None


@dataclass(frozen=True)
class _Questions:
    """The distinct questions of a chunk and each row's, −1 for none; by row, what was asked in words.

    ``undated`` tells which rows have no date of their own, ``in_part`` whose date is a month or a year. ``reasons``
    are those of the rows' places, and why a row asks nothing that can be answered.
    """

    asked: list[Asked]
    number: NDArray[Any]
    industry: pa.Array
    action: pa.Array
    on: pa.Array
    undated: NDArray[np.bool_]
    in_part: NDArray[np.bool_]
    reasons: Reasons


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
        self._subjects: LRUCache[str, Subject] = LRUCache(_KEPT)
        self._described: dict[int, tuple[str, str, str, str, str]] = {}

    def judge(self, table: pa.Table) -> Judged:
        """Return the rows of a chunk, in order, with the columns RESULTS added.

        A column of the input that has the name of one of them is called ``input_…``.
        """
        return self.decide(self.locate(table))

    def locate(self, table: pa.Table) -> Located:
        """Return a chunk with the places of its rows. One thread may locate chunks while another decides."""
        broken: Reasons = np.full(table.num_rows, "", dtype=object)
        if PROBLEM in table.column_names:
            broken = np.array(table[PROBLEM].to_pylist(), dtype=object)
        sites = self._resolver.find(table, broken)
        evidence = Counter[str]() if self._options.crs else self._datum_check.collect_evidence(table, sites)
        near = None
        if self._options.many and not self._options.boundary:
            near = self._counties.near(sites.lon, sites.lat, sites.rows, UNCERTAINTY_M)
        return Located(table, sites, evidence, self._resolver.disagrees(sites), near)

    def decide(self, located: Located) -> Judged:
        """Return the rows of a chunk, whose places are known, with the columns RESULTS added."""
        sites = located.sites
        questions = self._questions(located.table, sites.reasons)
        evidence = located.evidence.copy()
        by_code = sites.code_reused[(sites.rows < 0) & (questions.reasons == "")]
        evidence.update(f"{REUSED}{code}" for code in by_code.tolist() if code)
        return Judged(self._result(located, questions, questions.reasons), evidence)

    def _questions(self, table: pa.Table, reasons: Reasons) -> _Questions:
        columns, options = self._options.columns, self._options
        industry_codes, industries = _cells(table, columns.industry, options.industry or "")
        industries = [_DECIMAL_CODE.sub(r"\1", one) for one in industries]
        action_codes, actions = _cells(table, columns.action, options.action)
        date_codes, dates = _cells(table, columns.date, options.on.isoformat())
        explained = itertools.count()
        subjects = [self._subject(one, explained) for one in industries]
        acts = [_action(one) for one in actions]
        days = [_day(one, of_project=columns.date_of_project) for one in dates]
        part = np.array([columns.date_of_project and is_part_of_date(one) for one in dates], bool)
        widths = max(len(actions), 1), max(len(dates), 1)
        keys = (industry_codes.astype(np.int64) * widths[0] + action_codes) * widths[1] + date_codes
        distinct, back = numbered(keys)
        asked: list[Asked] = []
        numbers: dict[int, int] = {}
        number_of = np.full(len(distinct), -1, np.int64)
        problems: Reasons = np.full(len(distinct), "", dtype=object)
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
        reasons = np.where((number_of[back] < 0) & (reasons == ""), problems[back], reasons)
        undated = np.zeros(table.num_rows, bool)
        if not options.date_given:
            undated = date_codes == len(dates) - 1  # the default stands last
        return _Questions(
            asked, number_of[back],
            _spread([one.id if one else "" for one, _ in subjects], industry_codes),
            _spread([one or "" for one, _ in acts], action_codes),
            _spread([one.isoformat() if one else "" for one, _ in days], date_codes),
            undated, part[date_codes], reasons,
        )  # fmt: skip

    def _subject(self, text: str, explained: itertools.count[int]) -> tuple[Subject | None, str]:
        """Return the industry that a cell means, or why none; only the first of a chunk get the nearest names."""
        if not text:
            return None, reason("missing_industry")
        try:
            return self._subjects.get(text, lambda: subject_of_cell(self._rm, text)), ""
        except InputError as error:
            return None, why_no_industry(error, near=next(explained) < EXPLAINED)

    def _result(self, located: Located, questions: _Questions, reasons: Reasons) -> pa.Table:
        table, sites = located.table, located.sites
        judged = (reasons == "") & (sites.place > 0)
        rows = np.where(judged, sites.rows, -1)
        limits = self._answers.limits(questions.asked)
        far = self._strips.metres(sites.lon, sites.lat, rows, questions.number, limits)
        met = np.array([*(bool(one) for one in limits), False])[questions.number]
        plain = self._answers.kinds.of(sites.place, met)
        kinds = self._answers.kinds.banded(plain, self._strips.bands(rows, far))
        wide = np.int64(self._answers.kinds.count)
        pairs, pair = numbered(np.where(judged, questions.number * wide + kinds, -1))
        asking = pairs[pairs >= 0]  # of rows that are not judged, there is one pair at most, and it stands first
        answers: list[Answer | None] = [None] * (len(pairs) - len(asking))
        answers += self._answers.answers(questions.asked, asking // wide, asking % wide)
        metres = self._boundary(located, questions, rows, kinds, met, far)
        near_limit = self._near_limit(questions, plain, far, limits)
        caveats = self._caveats(answers, pair, located, questions, metres <= UNCERTAINTY_M, near_limit, judged)
        places, place = numbered(np.where(judged, sites.place, 0))
        described = list(zip(*(self._describe(one) for one in places.tolist()), strict=True)) or [()] * 5  # no rows
        blank = Answer("", "", "", ())
        known = [one or blank for one in answers]
        reached = np.array([one.by_distance for one in known], bool)
        values: dict[str, Any] = {
            name: _spread(words, place)
            for name, words in zip(
                ("unit_code", "unit_name", "prefecture_code", "province_code", "province"), described, strict=True
            )
        }
        values |= {
            "industry_id": questions.industry,
            "judged_action": questions.action,
            "judged_on": questions.on,
            "verdict": _spread([one.verdict for one in known], pair),
            "provisions": _spread([one.provisions for one in known], pair),
            "numbers": _spread([one.numbers for one in known], pair),
            "caveats": caveats,
            "boundary_m": pa.array(np.round(metres, 1), mask=np.isnan(metres)),
            "province_line_m": pa.array(np.round(far, 1), mask=~(np.isfinite(far) & reached[pair])),
            "reason": _told(reasons),
        }
        kept = table.drop_columns(PROBLEM) if PROBLEM in table.column_names else table
        names = result_names(kept.column_names)
        added = [values[name] for name in RESULTS]
        points = [pa.array(one, mask=np.isnan(one)) for one in (sites.lon, sites.lat)]
        return pa.table([*kept.columns, *added, *points], names=[*names, *RESULTS, WGS84_LON, WGS84_LAT])

    def _boundary(
        self, located: Located, questions: _Questions, rows: NDArray[Any], kinds: NDArray[np.int64],
        met: NDArray[np.bool_], far: Floats,
    ) -> Floats:  # fmt: skip
        """Return metres to the nearest county with another answer; NaN for none in reach, and without a point."""
        sites, metres = located.sites, np.full(len(rows), np.nan)
        if self._options.boundary:
            return self._however_far(sites, questions, rows, far, metres)
        near = located.near or self._counties.near(sites.lon, sites.lat, rows, UNCERTAINTY_M)
        asked = rows[near[0]] >= 0
        points, others, away = near[0][asked], near[1][asked], near[2][asked]
        bands = self._strips.bands(others, far[points])
        there = self._answers.kinds.banded(self._answers.kinds.of(others + 1, met[points]), bands)
        differ = self._differ(questions, questions.number[points], kinds[points], there)
        np.fmin.at(metres, points[differ], away[differ])
        return metres

    def _however_far(
        self, sites: Sites, questions: _Questions, rows: NDArray[Any], far: Floats, metres: Floats
    ) -> Floats:
        differs: dict[tuple[int, int, LineDistance | None], Callable[[str], bool]] = {}
        lines = self._strips.lines(far)
        for point in np.flatnonzero(rows >= 0).tolist():
            key = int(questions.number[point]), int(rows[point]), lines[point]
            if key not in differs:
                (unit,) = self._resolver.places[key[1] + 1]
                differs[key] = rulings.differs_from(questions.asked[key[0]].question, unit, key[2])
            found = self._counties.locator.boundary_m(sites.lon[point], sites.lat[point], differs[key])
            metres[point] = found[0] if found is not None else np.nan
        return metres

    def _differ(
        self, questions: _Questions, number: NDArray[Any], here: NDArray[np.int64], there: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Tell for questions by their numbers whether two kinds of counties get another answer."""
        wide = np.int64(self._answers.kinds.count)
        distinct, back = numbered(np.concatenate([number * wide + here, number * wide + there]))
        answers = self._answers.answers(questions.asked, distinct // wide, distinct % wide)
        found = np.array([one.signature for one in answers], np.int64)[back]
        return np.asarray(found[: len(number)] != found[len(number) :])

    def _near_limit(
        self, questions: _Questions, kinds: NDArray[np.int64], far: Floats, limits: Sequence[tuple[int, ...]]
    ) -> NDArray[np.bool_]:
        """Tell which points may lie on the other side of a distance to another province that changes their answer."""
        near = np.zeros(len(kinds), bool)
        wide = np.int64(self._answers.kinds.count)
        for limit, points in self._strips.near_limits(far):
            points = points[np.array([*(limit in one for one in limits), False])[questions.number[points]]]
            distinct, back = numbered(questions.number[points] * wide + kinds[points])
            turn = self._answers.turn_at(limit, questions.asked, distinct // wide, distinct % wide)
            near[points] |= turn[back]
        return near

    def _caveats(
        self, answers: list[Answer | None], pair: NDArray[Any], located: Located, questions: _Questions,
        near_boundary: NDArray[np.bool_], near_limit: NDArray[np.bool_], judged: NDArray[np.bool_],
    ) -> pa.Array:  # fmt: skip
        """Return the kinds of caveats of every row, those of the row itself before those of its answer."""
        sites = located.sites
        own = {
            str(CaveatKind.NEAR_BOUNDARY): near_boundary,
            str(CaveatKind.NEAR_LIMIT): near_limit,
            str(CaveatKind.DEFAULT_DATE): questions.undated & judged,
            DATE_IN_PART: questions.in_part & judged,
            str(CaveatKind.PLACE_READING): sites.reading & judged,
            ADDRESS_READING: sites.addressed & judged,
            PLACE_DISAGREES: located.disagrees & judged,
        }
        flags = sum(
            (here.astype(np.int64) << bit for bit, here in enumerate(own.values())), np.zeros(len(pair), np.int64)
        )
        keys, back = numbered((pair << len(own)) + flags)
        words = []
        for key in keys.tolist():
            answer = answers[key >> len(own)]
            first = [kind for bit, kind in enumerate(own) if key >> bit & 1]
            words.append("; ".join(dict.fromkeys([*first, *(answer.caveats if answer is not None else ())])))
        return _spread(words, back)

    def _describe(self, place: int) -> tuple[str, str, str, str, str]:
        """Return the codes and names of a place, its prefectures and its provinces."""
        if place not in self._described:
            units = self._resolver.places[place]
            gazetteer = self._rm.gazetteer
            prefectures = dict.fromkeys(code for code in map(self._prefecture, units) if code)
            provinces = {one.code: one.name for one in (gazetteer.province(unit.code) for unit in units)}
            self._described[place] = (
                "; ".join(one.code for one in units), "; ".join(one.name for one in units), "; ".join(prefectures),
                "; ".join(provinces), "; ".join(provinces.values()),
            )  # fmt: skip
        return self._described[place]

    def _prefecture(self, unit: Unit) -> str:
        """Return the code of the unit of a map by prefectures; blank for a province that has prefectures."""
        try:
            return self._rm.gazetteer.prefecture_level(unit.code).code
        except InputError:
            return ""


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


def _cells(table: pa.Table, name: str | None, default: str) -> tuple[NDArray[Any], list[str]]:
    """Return for every row the number of its text; the default for blank cells stands last."""
    if name is None:
        return np.zeros(table.num_rows, np.int64), [default]
    codes, words = texts(table[name])
    blank = [number for number, word in enumerate(words) if not word]
    return np.where(np.isin(codes, blank), len(words), codes), [*words, default]


def _action(text: str) -> tuple[str | None, str]:
    try:
        return action_of(text), ""
    except InputError:
        return None, reason("unknown_action", word=text[:40], actions=word_list(Action))


def _day(text: str, *, of_project: bool) -> tuple[dt.date | None, str]:
    try:
        return (first_day_of(text) if of_project and is_part_of_date(text) else date_of(text)), ""
    except NotADateError:
        return None, reason("bad_date", word=text[:40])
    except InputError as error:
        return None, reason("bad_date.day", why=in_both(error))


def _told(reasons: Reasons) -> pa.DictionaryArray:
    """Return the reasons of rows, most of which have none; each distinct one is held once."""
    distinct = {"": 0}
    numbers = np.zeros(len(reasons), np.int32)
    rows = np.flatnonzero(reasons != "")
    numbers[rows] = [distinct.setdefault(one, len(distinct)) for one in reasons[rows].tolist()]
    return pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(list(distinct), pa.string()))


def _spread(words: Any, codes: NDArray[Any]) -> pa.DictionaryArray:
    """Return the word of every row; each distinct one is held once, however many rows have it."""
    distinct = {word: number for number, word in enumerate(dict.fromkeys(words))}
    numbers = np.array([distinct[word] for word in words], np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(numbers[codes]), pa.array(list(distinct), pa.string()))
