"""What the engine says of a file and of a run, in the words of the page.

The engine's messages have ids and fields. Some are said on the page in words of its own, without the options of the
command line; in all others the options are called as the page calls them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from regionmap.i18n import t
from regionmap.model import Text
from regionmap.screening.kinds import REASONS
from regionmap.screening.messages import Message, NoPlaceColumnError, in_both, listed
from regionmap.web.batch.columns import LABELS
from regionmap.words import DATUMS

ENCODING = t("Encoding of the file")
DATUM = t("Datum of the coordinates")
INDUSTRY = t("Industry (name or GB/T 4754 code)")
_OPTIONS: Mapping[str, Text] = {
    **{f"--{role}-column": label for role, label in LABELS.items()},
    "--industry": INDUSTRY,
    "--encoding": ENCODING,
    "--datum": DATUM,
}
Fields = Mapping[str, Any]


def in_words(said: Message | Exception | Text) -> Text:
    """Return a note, a warning or an error of the engine in the words of the page."""
    if isinstance(said, Message):
        own = _OWN.get(said.id)
        if own is not None:
            return own(said.fields)
        said = said.text
    if isinstance(said, NoPlaceColumnError):  # what to do about it, the page says beside its choices
        if said.headless:
            return t(
                "None of the columns {names} says where the sites are: the first line must hold names of columns.",
                names=listed(said.names),
            )
        return t("None of the columns {names} says where the sites are.", names=listed(said.names))
    text = said if isinstance(said, Text) else in_both(said)
    return Text(*(_in_labels(text[language], language) for language in ("zh", "en")))


def hinted(column: str, hint: str, datum: str) -> Text:
    """Return that the name of a column speaks of another datum than the chosen one."""
    return t(
        "The column '{column}' names {hint}, but coordinates are taken as {datum}: choose the"
        " datum that they are in.",
        column=column, hint=_datum(hint), datum=_datum(datum),
    )  # fmt: skip


def no_system(asked: str) -> Text:
    """Return that a text names no coordinate system, and what would."""
    return t(
        "'{asked}' is no coordinate system that is known: give an EPSG code, a zone or a "
        "central meridian, such as EPSG:4527, zone 39 or 117E.",
        asked=asked,
    )


def _datum(name: str) -> Text:
    return DATUMS.get(name, Text(name, name))


def _suspicious(said: Fields) -> Text:
    return t(
        "Rows with coordinates that cannot be right ({kind}): {count} of {rows}. Nothing was converted, and they are "
        "not judged. For example: {example}",
        count=said["count"], rows=said["rows"], kind=REASONS[said["kind"]], example=said["example"],
    )  # fmt: skip


def _fits_better(said: Fields) -> Text:
    return t(
        "The coordinates fit better as {other} than as {declared}. Points whose county depends on the datum and whose "
        "row names a unit: {both}; in that unit as {other}: {away}, as {declared}: {here}. Nothing was converted: "
        "choose the right datum and run again.",
        other=_datum(said["other"]), declared=_datum(said["declared"]), both=said["both"], away=said["away"],
        here=said["here"],
    )  # fmt: skip


def _exchanged(said: Fields) -> Text:
    return t(
        "Rows with longitude and latitude exchanged: {count} of {rows}. Nothing was converted, and they are not judged."
        " The columns seem to be the wrong way round: choose '{lon}' for the longitude and '{lat}' for the latitude,"
        " and run again. For example: {example}",
        count=said["count"], rows=said["rows"], lon=said["lon"], lat=said["lat"], example=said["example"],
    )  # fmt: skip


_OWN: Mapping[str, Callable[[Fields], Text]] = {
    "warning_suspicious": _suspicious,
    "warning_suspicious.swapped": _exchanged,
    "warning_fits_better": _fits_better,
    "warning_hint": lambda said: hinted(said["column"], said["hint"], said["datum"]),
    "warning_place_disagrees": lambda said: t(
        "Rows that name another place than their coordinates or their code: {count}. They are judged by the "
        "coordinates, else by the code, and carry a caveat.",
        count=said["count"],
    ),
    "note_named_datum": lambda said: t(
        "The name of the column '{column}' speaks of {datum}.", column=said["column"], datum=_datum(said["datum"])
    ),
}


def _in_labels(said: str, language: str) -> str:
    """Return a sentence with the options of the command line called as on the page."""
    for option, label in _OPTIONS.items():
        said = re.sub(rf"{option}(?![\w-])", f"“{label[language]}”".replace("\\", ""), said)
    return said
