"""What the engine says of a file and of a run, in the words of the page.

The engine speaks English and of the options of the command line. Here its usual sentences are found again and said in
both languages; any other is shown as it is, with the options called as the page calls them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from regionmap.i18n import t
from regionmap.model import Text
from regionmap.screening.kinds import REASONS
from regionmap.web.batch.columns import LABELS
from regionmap.words import DATUMS

ENCODING = t("Encoding of the file")
DATUM = t("Datum of the coordinates")
_DATUMS = "|".join(DATUMS)
INDUSTRY = t("Industry (name or GB/T 4754 code)")
_DELIMITERS = {
    "comma": t("comma"),
    "tab": t("tab"),
    "semicolon": t("semicolon"),
    "bar": t("vertical bar"),
}
Found = re.Match[str]


def in_words(said: str) -> Text:
    """Return a note, a warning or an error of the engine in the words of the page."""
    for pattern, make in _SENTENCES:
        found = re.fullmatch(pattern, said)
        if found is not None:
            return make(found)
    return Text(_in_labels(said, "zh"), _in_labels(said, "en"))


def _in_labels(said: str, language: str) -> str:
    """Return a sentence with the options of the command line called as on the page."""
    for option, label in _OPTIONS.items():
        quoted = f"“{label[language]}”"
        said = re.sub(rf"{option}(?![\w-])(?: (?={_DATUMS}))?", quoted, said)
    return re.sub(rf"(?<=”)(?={_DATUMS})", " ", said)


_OPTIONS: Mapping[str, Text] = {
    **{f"--{role}-column": label for role, label in LABELS.items()},
    "--industry": INDUSTRY,
    "--encoding": ENCODING,
    "--datum": DATUM,
}


def _datum(name: str) -> Text:
    return DATUMS.get(name, Text(name, name))


def _encoding(found: Found) -> Text:
    delimiter = _DELIMITERS.get(found["delimiter"], Text(found["delimiter"], found["delimiter"]))
    return t("Encoding {encoding}, cells parted by: {delimiter}.", encoding=found["encoding"], delimiter=delimiter)


def _columns(found: Found) -> Text:
    pairs = [one.partition(" = ") for one in found["pairs"].split(", ")]
    labels = [(LABELS.get(role, Text(role, role)), name) for role, _, name in pairs]
    return Text(
        "；".join(f"{label.zh}：{name}" for label, name in labels),
        "; ".join(f"{label.en}: {name}" for label, name in labels),
    )


def _suspicious(found: Found) -> Text:
    kind, _, example = found["example"].partition(": ")
    return t(
        "{count} of {rows} rows have coordinates that cannot be right ({kind}). Nothing was converted, and these rows "
        "are not judged. For example: {example}",
        count=found["count"], rows=found["rows"], kind=REASONS.get(kind, Text(kind, kind)), example=example,
    )  # fmt: skip


def _fits_better(found: Found) -> Text:
    return t(
        "The coordinates fit better as {other} than as {declared}: of {both} points whose county depends on the datum "
        "and whose row names a unit, {away} lie in that unit as {other} and {here} as {declared}. Nothing was "
        "converted: choose the right datum and run again.",
        other=_datum(found["other"]), declared=_datum(found["declared"]), both=found["both"], away=found["away"],
        here=found["here"],
    )  # fmt: skip


def hinted(column: str, hint: str, datum: str) -> Text:
    """Return that the name of a column speaks of another datum than the chosen one."""
    return t(
        "The column “{column}” names {hint}, but coordinates are taken as {datum}: choose the datum that they are in.",
        column=column, hint=_datum(hint), datum=_datum(datum),
    )  # fmt: skip


_SENTENCES: tuple[tuple[str, Callable[[Found], Text]], ...] = (
    (r"encoding: (?P<encoding>\S+), delimiter: (?P<delimiter>\w+)", _encoding),
    (r"encoding: (?P<encoding>\S+)", lambda one: t("Encoding {encoding}.", encoding=one["encoding"])),
    (r"sheet: (?P<sheet>.+?) \(not read: (?P<others>.+)\)",
     lambda one: t("Sheet “{sheet}”; not read: {others}.", sheet=one["sheet"], others=one["others"])),
    (r"sheet: (?P<sheet>.+)", lambda one: t("Sheet “{sheet}”.", sheet=one["sheet"])),
    (r"column names: from (?P<rows>.+) of the sheet",
     lambda one: t("The column names are from {rows} of the sheet.", rows=one["rows"])),
    (r"columns: (?P<pairs>.+)", _columns),
    (r"units are read from the heads of the addresses in '(?P<column>.+)'",
     lambda one: t("Units are read from the heads of the addresses in “{column}”.", column=one["column"])),
    (r"columns that also speak of places and are not read: (?P<names>.+)",
     lambda one: t("Columns that also speak of places and are not read: {names}.", names=one["names"])),
    (r"the name of the column '(?P<column>.+)' speaks of (?P<datum>\w+)",
     lambda one: t("The name of the column “{column}” speaks of {datum}.", column=one["column"],
                   datum=_datum(one["datum"]))),
    (r"coordinates: the points are taken as WGS-84, since the file names no coordinate system.*",
     lambda one: t("The points are taken as WGS-84, since the file names no coordinate system.")),
    (r"coordinates: the points are in (?P<crs>[^;]+)", lambda one: t("The points are in {crs}.", crs=one["crs"])),
    (r"coordinates: the points are converted from (?P<crs>.+) to WGS-84",
     lambda one: t("The points are converted from {crs} to WGS-84.", crs=one["crs"])),
    (r"(?P<count>[\d,]+) of (?P<rows>[\d,]+) rows have coordinates that cannot be right;.*? For example: "
     r"(?P<example>.+)", _suspicious),
    (r"the coordinates fit better as (?P<other>\w+) than as (?P<declared>\w+): of (?P<both>[\d,]+) points .*?, "
     r"(?P<away>[\d,]+) lie in that unit as \w+ and (?P<here>[\d,]+) as .*", _fits_better),
    (r"the column '(?P<column>.+)' names (?P<hint>\w+), but coordinates were taken as (?P<datum>\w+): .*",
     lambda one: hinted(one["column"], one["hint"], one["datum"])),
    (r"(?P<count>[\d,]+) rows name another place than their coordinates lie in.*",
     lambda one: t("{count} rows name another place than their coordinates or their code: they are judged by the "
                   "coordinates, else by the code, and carry a caveat.", count=one["count"])),
)  # fmt: skip
