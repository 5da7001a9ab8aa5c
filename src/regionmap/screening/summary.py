"""What a whole run found: counts by verdict, province, reason and caveat, and what the user should look at first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regionmap.model import Unit
from regionmap.places.names.former import held_before
from regionmap.rules.verdict.answers import CaveatKind
from regionmap.screening import datum_check, unread_columns
from regionmap.screening.judge import PLACE_DISAGREES, REUSED, Judged
from regionmap.screening.messages import Message, Reason, decoded, kind_of, reason, warning
from regionmap.screening.numbering import numbered
from regionmap.screening.options import Options
from regionmap.screening.usual_names import GEOMETRY_LON

_SEPARATOR = "; "
_SUSPICIOUS = ("swapped", "out_of_range", "zero_coordinates")
_LOUD = ("warning_unread", "warning_suspicious.swapped")
_MOST_REUSED = 10
_COUNTERS = ("verdicts", "provinces", "reasons", "caveats", "provisions", "evidence")


class Summary:
    """Counts over the chunks of a run."""

    def __init__(self, first_day: dt.date, units: Mapping[str, Unit]) -> None:
        """Begin with nothing counted.

        Args:
            first_day: of all loaded documents.
            units: of today, by their codes.
        """
        self._units = units
        self._first_day = first_day.isoformat()
        self.rows = 0
        self._verdicts: Counter[str] = Counter()
        self._provinces: Counter[tuple[str, str]] = Counter()
        self._reasons: Counter[str] = Counter()
        self._caveats: Counter[str] = Counter()
        self._provisions: Counter[str] = Counter()
        self._examples: dict[str, Reason] = {}
        self._evidence: datum_check.Evidence = Counter()
        self._early = 0

    def add(self, judged: Judged) -> None:
        """Count a chunk."""
        table = judged.table
        self.rows += table.num_rows
        self._evidence.update(judged.evidence)
        verdicts = _Coded(table["verdict"])
        for (province, verdict), count in _counted_pairs(_Coded(table["province"]), verdicts):
            if verdict:
                self._verdicts[verdict] += count
                self._provinces[province, verdict] += count
        for (day, verdict), count in _counted_pairs(_Coded(table["judged_on"]), verdicts):
            if verdict and day < self._first_day:
                self._early += count
        for encoded, count in _counted(_Coded(table["reason"])):
            kind = kind_of(encoded)
            self._reasons[kind] += count
            if kind not in self._examples:
                self._examples[kind] = decoded(encoded)
        for name, counter in (("caveats", self._caveats), ("provisions", self._provisions)):
            for words, count in _counted(_Coded(table[name])):
                for one in words.split(_SEPARATOR):
                    counter[one] += count

    def counts(self) -> dict[str, Any]:
        """Return what was counted as plain values, for ``add_counts`` on another machine."""
        return {
            "rows": self.rows,
            **{name: list(getattr(self, f"_{name}").items()) for name in _COUNTERS},
            "examples": {kind: reason(one.id, **one.fields) for kind, one in self._examples.items()},
            "early": self._early,
        }

    def add_counts(self, counts: Mapping[str, Any]) -> None:
        """Count the chunks of another run, by its ``counts``."""
        self.rows += counts["rows"]
        for name in _COUNTERS:
            counter = getattr(self, f"_{name}")
            for key, count in counts[name]:
                counter[tuple(key) if isinstance(key, list) else key] += count
        for kind, example in counts["examples"].items():
            self._examples.setdefault(kind, decoded(example))
        self._early += counts["early"]

    def result(self, options: Options) -> dict[str, Any]:
        """Return the counts, largest first, and warnings about the file."""
        provinces: dict[str, dict[str, int]] = {}
        for (province, verdict), count in self._provinces.most_common():
            provinces.setdefault(province, {})[verdict] = count
        return {
            "rows": self.rows,
            "judged": self._verdicts.total(),
            "verdicts": dict(self._verdicts.most_common()),
            "provinces": dict(sorted(provinces.items(), key=lambda one: -sum(one[1].values()))),
            "reasons": dict(self._reasons.most_common()),
            "examples": {kind: self._examples[kind] for kind, _ in self._reasons.most_common()},
            "caveats": dict(self._caveats.most_common()),
            "provisions": dict(self._provisions.most_common()),
            "default_action": options.action if options.columns.action is None else None,
            "near_boundary": self._caveats[CaveatKind.NEAR_BOUNDARY],
            "warnings": self._warnings(options),
        }

    def _warnings(self, options: Options) -> list[Message]:
        said = unread_columns.warnings(self._evidence, options)
        said += [self._suspicious(kind, options) for kind in _SUSPICIOUS if kind in self._reasons]
        said += datum_check.warnings(self._evidence, options.datum)
        hint = options.columns.named_datum
        if hint and options.columns.datum is None and hint != options.datum:
            column = options.columns.lon or options.columns.coordinates
            said.append(warning("hint", column=column, hint=hint, datum=options.datum))
        if self._caveats[PLACE_DISAGREES]:
            said.append(warning("place_disagrees", count=f"{self._caveats[PLACE_DISAGREES]:,}", caveat=PLACE_DISAGREES))
        said += self._reused_codes()
        if self._early:
            said.append(warning("early", count=f"{self._early:,}", day=self._first_day))
        return said

    def _suspicious(self, kind: str, options: Options) -> Message:
        """Return how many rows have coordinates that cannot be right; where most are exchanged, what to name."""
        count, columns = self._reasons[kind], options.columns
        said = {"count": f"{count:,}", "rows": f"{self.rows:,}", "kind": kind, "example": self._examples[kind].text}
        if kind == "swapped" and 2 * count > self.rows and columns.lon not in (None, GEOMETRY_LON):
            return warning("suspicious.swapped", **said, lon=columns.lat, lat=columns.lon)
        return warning("suspicious", **said)

    def _reused_codes(self) -> list[Message]:
        """Return for each code that was another place's who had it and who has it, and how many rows carry it."""
        said = []
        for key, count in self._evidence.most_common():
            code = key.removeprefix(REUSED)
            then = held_before(code) if key.startswith(REUSED) else None
            if then is None:
                continue
            words = {"code": code, "then": then.name, "now": self._units[code].name, "count": f"{count:,}"}
            if then.year:
                said.append(warning("code_reused", **words, before=then.year, caveat=str(CaveatKind.PLACE_READING)))
            else:
                said.append(warning("code_reused.undated", **words, caveat=str(CaveatKind.PLACE_READING)))
        return said


def in_language(summary: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return a summary with its notes, warnings and examples in one language, as it is printed for machines."""
    return {
        **summary,
        "notes": [one.text[language] for one in summary["notes"]],
        "warnings": [one.text[language] for one in summary["warnings"]],
        "examples": {kind: one.shown(language) for kind, one in summary["examples"].items()},
    }


def loud(summary: Mapping[str, Any]) -> list[Message]:
    """Return the warnings that question the whole result: what was assumed for all rows, and exchanged columns."""
    return [one for one in summary["warnings"] if one.id.startswith(_LOUD)]


class _Coded:
    """A column of texts: its distinct ones, and the number of each row's."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        found = column.combine_chunks()
        found = found if pa.types.is_dictionary(found.type) else found.dictionary_encode()
        self.words: list[str] = found.dictionary.to_pylist()
        self.numbers: NDArray[np.integer[Any]] = found.indices.to_numpy()


def _counted(column: _Coded) -> list[tuple[str, int]]:
    """Return the texts of a column that are not blank, with their counts, in order of first appearance."""
    counts = ((column.words[number], count) for number, count in _counts(column.numbers))
    return [(words, count) for words, count in counts if words]


def _counted_pairs(left: _Coded, right: _Coded) -> list[tuple[tuple[str, str], int]]:
    """Return the pairs of texts in two columns with their counts, in order of first appearance."""
    wide = max(len(right.words), 1)
    counts = _counts(left.numbers.astype(np.int64) * wide + right.numbers)
    return [((left.words[pair // wide], right.words[pair % wide]), count) for pair, count in counts]


def _counts(numbers: NDArray[Any]) -> list[tuple[int, int]]:
    """Return the distinct numbers of rows with their counts, in order of first appearance."""
    if not len(numbers) or numbers.max() < 2 * len(numbers):
        distinct, back = None, numbers  # a table of all numbers up to the greatest is no larger than the column
    else:
        distinct, back = numbered(numbers)
    counts = np.bincount(back)
    first = np.empty(len(counts), np.int64)
    first[back[::-1]] = np.arange(len(back))[::-1]  # of several rows the one that is written last stays
    met = np.flatnonzero(counts)
    order = met[np.argsort(first[met])]
    names = order if distinct is None else distinct[order]
    return list(zip(names.tolist(), counts[order].tolist(), strict=True))
