"""What a whole run found: counts by verdict, province, reason and caveat, and what the user should look at first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from regionmap.rules.verdict.answers import CaveatKind
from regionmap.screening import datum_check
from regionmap.screening.judge import PLACE_DISAGREES, Judged
from regionmap.screening.options import Options

_SEPARATOR = "; "
_SUSPICIOUS = ("swapped", "out_of_range", "zero_coordinates")


class Summary:
    """Counts over the chunks of a run."""

    def __init__(self, first_day: dt.date) -> None:
        """Begin with nothing counted; ``first_day`` is the first one of all loaded documents."""
        self._first_day = first_day.isoformat()
        self.rows = 0
        self._verdicts: Counter[str] = Counter()
        self._provinces: Counter[tuple[str, str]] = Counter()
        self._reasons: Counter[str] = Counter()
        self._caveats: Counter[str] = Counter()
        self._provisions: Counter[str] = Counter()
        self._examples: dict[str, str] = {}
        self._evidence: datum_check.Evidence = Counter()
        self._early = 0

    def add(self, judged: Judged) -> None:
        """Count a chunk."""
        table = judged.table
        self.rows += table.num_rows
        self._evidence.update(judged.evidence)
        groups = table.select(["province", "verdict"]).group_by(["province", "verdict"]).aggregate([([], "count_all")])
        for row in groups.to_pylist():
            if row["verdict"]:
                self._verdicts[row["verdict"]] += row["count_all"]
                self._provinces[row["province"], row["verdict"]] += row["count_all"]
        judged_days = table["judged_on"].filter(pc.not_equal(table["verdict"], ""))
        self._early += sum(count for day, count in _counted(judged_days) if day < self._first_day)
        for reason, count in _counted(table["reason"]):
            kind = reason.split(":")[0]
            self._reasons[kind] += count
            self._examples.setdefault(kind, reason)
        for name, counter in (("caveats", self._caveats), ("provisions", self._provisions)):
            for words, count in _counted(table[name]):
                for one in words.split(_SEPARATOR):
                    counter[one] += count

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
            "near_boundary": self._caveats[CaveatKind.NEAR_BOUNDARY],
            "warnings": self._warnings(options),
        }

    def _warnings(self, options: Options) -> list[str]:
        said = [
            f"{self._reasons[kind]:,} of {self.rows:,} rows have coordinates that cannot be right; nothing was "
            f"converted and they are not judged. For example: {self._examples[kind]}"
            for kind in _SUSPICIOUS
            if kind in self._reasons
        ]
        said += datum_check.warnings(self._evidence, options.datum)
        hint = options.columns.named_datum
        if hint and options.columns.datum is None and hint != options.datum:
            said.append(
                f"the column '{options.columns.lon}' names {hint}, but coordinates were taken as {options.datum}: give "
                f"--datum {hint} if they are"
            )
        if self._caveats[PLACE_DISAGREES]:
            said.append(
                f"{self._caveats[PLACE_DISAGREES]:,} rows name another place than their coordinates lie in, or than "
                f"their code: they are judged by coordinates, else code, and have the caveat {PLACE_DISAGREES}"
            )
        if self._early:
            said.append(
                f"{self._early:,} rows ask for a day before {self._first_day}, the first day of all loaded documents: "
                "nothing loaded speaks of them"
            )
        return said


def _counted(column: pa.ChunkedArray) -> list[tuple[str, int]]:
    """Return the texts of a column that are not blank, with their counts, in order of first appearance."""
    return [(one["values"], one["counts"]) for one in column.value_counts().to_pylist() if one["values"]]
