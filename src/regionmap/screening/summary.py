"""What a whole run found: counts by verdict, province, reason and caveat, and what the user should look at first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from regionmap.rules.verdict.answers import CaveatKind
from regionmap.screening import datum_check
from regionmap.screening.judge import CODE_REUSED, PLACE_DISAGREES, Judged
from regionmap.screening.messages import Message, Reason, decoded, kind_of, warning
from regionmap.screening.options import Options
from regionmap.screening.reused_codes import former_holders

_SEPARATOR = "; "
_SUSPICIOUS = ("swapped", "out_of_range", "zero_coordinates")
_MOST_REUSED = 10


class Summary:
    """Counts over the chunks of a run."""

    def __init__(self, first_day: dt.date, name_of: Callable[[str], str]) -> None:
        """Begin with nothing counted.

        Args:
            first_day: of all loaded documents.
            name_of: gives the name of the unit that has a code today.
        """
        self._name_of = name_of
        self._first_day = first_day.isoformat()
        self.rows = 0
        self._verdicts: Counter[str] = Counter()
        self._provinces: Counter[tuple[str, str]] = Counter()
        self._reasons: Counter[str] = Counter()
        self._caveats: Counter[str] = Counter()
        self._provisions: Counter[str] = Counter()
        self._examples: dict[str, Reason] = {}
        self._reused: Counter[str] = Counter()
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
            kind = kind_of(reason)
            self._reasons[kind] += count
            if kind not in self._examples:
                self._examples[kind] = decoded(reason)
        for name, counter in (("caveats", self._caveats), ("provisions", self._provisions)):
            for words, count in _counted(table[name]):
                for one in words.split(_SEPARATOR):
                    counter[one] += count
        reused = table.filter(pc.match_substring(table["caveats"], CODE_REUSED))
        for unit, count in _counted(reused["unit_code"]):
            self._reused[unit] += count

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

    def _warnings(self, options: Options) -> list[Message]:
        said = [
            warning(
                "suspicious", count=f"{self._reasons[kind]:,}", rows=f"{self.rows:,}", kind=kind,
                example=self._examples[kind].text,
            )
            for kind in _SUSPICIOUS
            if kind in self._reasons
        ]  # fmt: skip
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

    def _reused_codes(self) -> list[Message]:
        """Return for each code that was another place's who had it and who has it, and how many rows carry it."""
        holders = former_holders()
        by_code = {code: code for code in holders} | {now: code for code, one in holders.items() for now in one.now}
        said = []
        for unit, count in self._reused.most_common(_MOST_REUSED):
            code = unit if unit in holders else by_code.get(unit)
            if code is not None:
                then = holders[code]
                now = self._name_of(code)
                said.append(
                    warning("code_reused", code=code, then=then.name, before=then.before, now=now,
                            count=f"{count:,}", caveat=CODE_REUSED)
                )  # fmt: skip
        return said


def _counted(column: pa.ChunkedArray) -> list[tuple[str, int]]:
    """Return the texts of a column that are not blank, with their counts, in order of first appearance."""
    return [(one["values"], one["counts"]) for one in column.value_counts().to_pylist() if one["values"]]
