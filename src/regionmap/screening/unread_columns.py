"""Columns that no role was found for and that hold what was assumed for all rows: actions, dates, points, industries.

What is assumed decides answers, so that a column which says otherwise must not pass in silence. Only the first rows of
a chunk are looked at, by Arrow and not by Python; nothing found here changes an answer.
"""

from __future__ import annotations

import re
import sys
import warnings as python_warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType

import pyarrow as pa
import pyarrow.compute as pc

from regionmap.i18n import joined, t
from regionmap.model import Action, Text
from regionmap.rules.reading.actions import MEANINGS, called
from regionmap.screening.cells import NOTHING
from regionmap.screening.datum_check import Evidence
from regionmap.screening.headings import is_of_another_place, like_action, role
from regionmap.screening.messages import Message, listed, note, warning
from regionmap.screening.options import Options

LOOKED_AT = 1_000
"""Rows of each chunk that are looked at."""
_MOST_CELLS = 200_000
"""Cells of each chunk: of a table with very many columns, fewer rows are looked at."""
_MOST_TOLD = 3
"""Columns of one kind that are told one by one."""
_PREFIX = "unread"
_MOST = 0.8
"""Share of the cells, blank ones aside, that make a column one of dates, coordinates or industries."""
_DATE = (
    r"^(?:19|20)\d\d(?:-\d{1,2}(?:-\d{1,2})?|/\d{1,2}(?:/\d{1,2})?|\.\d{1,2}\.\d{1,2}|年\d{1,2}月(?:\d{1,2}日)?"
    r"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[T ]\d.*)?$"
)
_LON = r"^(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d{3,}$"
_LAT = r"^(?:[3-9]|[1-4]\d|5[0-3])\.\d{3,}$"
_BOTH = r"^(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d+ ?[,，;；、 ] ?(?:[3-9]|[1-4]\d|5[0-3])\.\d+$"
_YEAR = r"^(?:19|20)\d\d$"
_ACTION, _ACTION_NAME, _DATES, _LONS, _LATS, _PAIRS, _INDUSTRY = (
    "action", "action_name", "dates", "lon", "lat", "both", "industry",
)  # fmt: skip
_SEVERAL = "several"


class UnreadColumns:
    """Looks at the columns that a run does not read, for what it assumes instead."""

    def __init__(self, options: Options, classes: Mapping[str, object]) -> None:
        """Take what is asked, with the columns that are read, and the codes of GB/T 4754-2017."""
        columns = options.columns
        self._options, self._used = options, frozenset(columns.used)
        self._no_action, self._no_points = columns.action is None, not columns.has_points
        self._no_date = columns.date is None and not options.date_given
        self._no_industry = columns.industry is None and options.industry is not None
        self._blank = pa.array(["", *NOTHING], pa.string())  # not when this is imported: Arrow loads pandas with a list
        self._words = pa.array(MEANINGS, pa.string())
        self._codes = pa.array([one for one in classes if len(one) == 4], pa.string())

    def evidence(self, table: pa.Table) -> Evidence:
        """Return what the columns of a chunk that are not read say, as counts by kind, word and column."""
        found: Evidence = Counter()
        if not (self._no_action or self._no_points or self._no_date or self._no_industry):
            return found
        names = [one for one in table.column_names if one not in self._used]
        rows = min(LOOKED_AT, max(_MOST_CELLS // max(len(names), 1), 50))
        for name in names:
            if self._no_action and like_action(name):
                found[_key(_ACTION_NAME, "", name)] += 1
            cells = self._cells(table[name].slice(0, rows))
            if cells is not None and len(cells):
                found.update({_key(*one, name): count for one, count in self._kinds(name, cells)})
        return found

    def _cells(self, column: pa.ChunkedArray) -> pa.Array | None:
        """Return the cells that are not blank, as texts to be compared; None where they are no plain values."""
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if not (pa.types.is_primitive(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            return None
        try:
            words = pc.cast(pc.cast(column, kind), pa.string()).combine_chunks()
        except pa.ArrowException:
            return None
        words = words if isinstance(words, pa.Array) else pa.concat_arrays(words.chunks)
        words = pc.utf8_lower(pc.utf8_trim_whitespace(pc.utf8_normalize(words.drop_null(), "NFKC")))
        return words.filter(pc.invert(pc.is_in(words, self._blank)))

    def _kinds(self, name: str, cells: pa.Array) -> Iterator[tuple[tuple[str, str], int]]:
        """Yield what the cells of a column that are not blank may be, with counts."""
        if self._no_action:
            yield from self._actions(cells)
        if self._no_date and _are(cells, _DATE):
            yield (_DATES, ""), len(cells)
        if self._no_points and not is_of_another_place(name):
            for kind, pattern in ((_LONS, _LON), (_LATS, _LAT), (_PAIRS, _BOTH)):
                if _are(cells, pattern):
                    yield (kind, ""), len(cells)
        if self._no_industry and (role(name) == "industry" or self._are_codes(cells)):
            others = pc.sum(pc.not_equal(cells, (self._options.industry or "").casefold())).as_py()
            if others:
                yield (_INDUSTRY, ""), others

    def _actions(self, cells: pa.Array) -> Iterator[tuple[tuple[str, str], int]]:
        """Yield the actions of which cells speak, where some speak of another one than is assumed.

        Single signs (新, 改) may stand for anything, 新疆 for one: they count where nearly all cells are such words.
        """
        counts: Counter[str] = Counter()
        known = pc.is_in(cells, self._words)
        found = cells.filter(known).value_counts().to_pylist()
        if _share(known) < _MOST and all(len(one["values"]) == 1 for one in found):
            return
        for one in found:
            meant = MEANINGS[one["values"]]
            counts[meant[0].value if len(meant) == 1 else _SEVERAL] += one["counts"]
        if counts.keys() - {self._options.action}:
            yield (_ACTION, ""), len(cells)
            yield from (((_ACTION, word), count) for word, count in counts.items())

    def _are_codes(self, cells: pa.Array) -> bool:
        """Whether cells hold four-digit classes of GB/T 4754; 2011 to 2029 are some of them, and years."""
        known = pc.is_in(cells, self._codes)
        return _share(known) >= _MOST and not _are(cells, _YEAR)


def warnings(evidence: Mapping[str, int], options: Options) -> list[Message]:
    """Return a warning for what the unread columns of a run hold, by what was assumed instead."""
    said = []
    by_kind: dict[str, dict[str, dict[str, int]]] = {}
    for key, count in evidence.items():
        prefix, _, rest = key.partition(":")
        if prefix == _PREFIX:
            kind, word, name = rest.split(":", 2)
            by_kind.setdefault(kind, {}).setdefault(name, {})[word] = count
    assumed = called(Action(options.action))
    of_actions = by_kind.get(_ACTION, {})
    for name, words in list(of_actions.items())[:_MOST_TOLD]:
        told = [
            Text(f"{meant.zh} {words[one]:,}", f"{meant.en} {words[one]:,}") for one, meant in _meant() if one in words
        ]
        said.append(warning("unread_actions", column=name, rows=f"{words['']:,}", words=joined(told), action=assumed))
    if len(of_actions) > _MOST_TOLD:
        said.append(warning("unread_actions.more", count=f"{len(of_actions) - _MOST_TOLD:,}"))
    named = [one for one in by_kind.get(_ACTION_NAME, {}) if one not in of_actions]
    if named:
        said.append(warning("unread_actions.name", names=listed(named, 6), action=assumed))
    dates = list(by_kind.get(_DATES, {}))
    if dates:
        said.append(warning("unread_dates", names=listed(dates, 6), date=options.on.isoformat()))
    points = _points({kind: list(by_kind.get(kind, {})) for kind in (_LONS, _LATS, _PAIRS)})
    if points:
        said.append(warning("unread_coordinates", names=listed(points, 6)))
    for name in list(by_kind.get(_INDUSTRY, {}))[:_MOST_TOLD]:
        said.append(warning("unread_industries", column=name, industry=options.industry))
    return said


def warn(evidence: Mapping[str, int], options: Options) -> None:
    """Issue the warnings as Python does, for callers of a function that returns rows alone."""
    for one in warnings(evidence, options):
        said = re.sub(r"--(\w+)-column", r"columns={'\1': …}", one.text[options.language]).replace("--", "")
        python_warnings.warn(said, stacklevel=2 + _own_frames())


def assumed(options: Options) -> list[Message]:
    """Return the note that all rows were judged for one action, where no column tells it."""
    if options.columns.action is not None:
        return []
    return [note("default_action", action=called(Action(options.action)))]


def _meant() -> list[tuple[str, Text]]:
    """Return what cells of actions may mean, in order, as it is told."""
    return [*((one.value, called(one)) for one in Action), (_SEVERAL, t("with two meanings (改建, 搬迁)"))]


def _points(names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the columns of coordinates: a longitude or a latitude alone is some other quantity."""
    both = [*names[_LONS], *names[_LATS]] if names[_LONS] and names[_LATS] else []
    return [*both, *names[_PAIRS]]


def _own_frames() -> int:
    """Return how many functions of this package stand between the one that asks and its caller's code."""
    frame: FrameType | None = sys._getframe(2)
    count = 0
    while frame is not None and frame.f_globals.get("__name__", "").startswith("regionmap."):
        frame, count = frame.f_back, count + 1
    return count


def _key(kind: str, word: str, name: str) -> str:
    return f"{_PREFIX}:{kind}:{word}:{name}"


def _are(cells: pa.Array, pattern: str) -> bool:
    return _share(pc.match_substring_regex(cells, pattern)) >= _MOST


def _share(flags: pa.Array) -> float:
    return (pc.sum(flags).as_py() or 0) / max(len(flags), 1)
