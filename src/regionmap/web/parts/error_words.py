"""Errors of the user's input in the words of the page: what is wrong, and what would be right, in both languages.

A page knows what was typed and where, so it says the usual ones itself by their class; any other is shown as it is,
with arguments called as on the page. Whoever says it, an error stands on a page among whole sentences, and is one: it
begins with a capital letter and ends with a stop. On the command line and in Python it follows a name and a colon
(``regionmap: no place given``), so that it begins small there and ends without a stop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from regionmap.api import Regionmap
from regionmap.errors import AmbiguousIndustryError, RegionmapError, Surface, UnknownNameError
from regionmap.i18n import joined, t, word_list
from regionmap.model import Text
from regionmap.places.errors import (
    AmbiguousPlaceError,
    MissingCoordinateError,
    NotANumberError,
    OutOfRangeError,
    OutsideChinaError,
    SwappedCoordinatesError,
    UnknownPlaceNameError,
)
from regionmap.rules.reading.suggestions import near

_MOST = 6
_BY_CLASS: tuple[tuple[type[RegionmapError], Text], ...] = (
    (
        MissingCoordinateError,
        t("A longitude or a latitude is missing: give both, in degrees, such as 115.48 and 38.87."),
    ),
    (NotANumberError, t("What was typed is not a number: give decimal degrees, such as 115.48 and 38.87.")),
    (SwappedCoordinatesError, t("Longitude and latitude look swapped: exchange them, and the point lies in China.")),
    (OutOfRangeError, t("This is no place on Earth: longitudes run from −180 to 180, latitudes from −90 to 90.")),
    (OutsideChinaError, t("The point lies in no county of China: check its coordinates and their datum.")),
)


_ENDS = (".", "。", "?", "？", "!", "！", "…")
_SMALL = re.compile(r"[a-z]+(?=[ ,])")
"""A plain word; what begins with the name of a file or of a column keeps its letters."""


def said(error: RegionmapError, rm: Regionmap | None = None, *, asked: str = "") -> Text:
    """Return an error as whole sentences in both languages.

    Args:
        error: what was raised.
        rm: what is loaded, for the names that the error offers; None where nothing could be loaded.
        asked: what the user typed, if it is known.
    """
    for kind, words in _BY_CLASS:
        if isinstance(error, kind):
            return words
    if isinstance(error, AmbiguousPlaceError):
        return t("'{asked}' may be one of several places: {names}.", asked=asked, names=_places(rm, error.candidates))
    if isinstance(error, UnknownPlaceNameError):
        if error.suggestions:
            return t(
                "No place is called '{asked}'. Near it: {names}.", asked=asked, names=_places(rm, error.suggestions)
            )
        return t("No place is called '{asked}': give a name or a code, such as 保定, Baoding or 130600.", asked=asked)
    if rm is not None and isinstance(error, AmbiguousIndustryError):
        names = joined([_industry(rm, one) for one in error.choices[:_MOST]])
        question = error.ask or t("Choose one by its name or code.")
        return t(
            "'{asked}' may mean several industries: {names}. {question}", asked=asked, names=names, question=question
        )
    if rm is not None and isinstance(error, UnknownNameError) and asked:
        offered = [_industry(rm, one) for one in near(rm.catalogue, asked)[:_MOST]]
        if not offered:
            return t("No industry is called '{asked}': give a name, such as 钢铁 or steel, or a code, such "
                     "as 3110.",
                     asked=asked)  # fmt: skip
        return t("No industry is called '{asked}'. Near it: {names}.", asked=asked, names=joined(offered))
    return sentence(error.told(Surface.PAGE))


def sentence(words: Text) -> Text:
    """Return an error as a whole sentence: with a capital letter and a stop; several lines as they are."""
    if "\n" in words.en:
        return words
    english = words.en[:1].upper() + words.en[1:] if _SMALL.match(words.en) else words.en
    return Text(
        words.zh if words.zh.endswith(_ENDS) else f"{words.zh}。",
        english if english.endswith(_ENDS) else f"{english}.",
    )


def _places(rm: Regionmap | None, codes: Sequence[str]) -> Text:
    """The names of places with their codes, the first of many."""
    if rm is None:
        return word_list(codes[:_MOST])
    more = [t("and {rest} more", rest=len(codes) - _MOST)] if codes[_MOST:] else []
    return joined([*map(rm.gazetteer.label, codes[:_MOST]), *more])


def _industry(rm: Regionmap, name: str) -> Text:
    industry, listed = rm.catalogue.industries.get(name), rm.catalogue.gbt.get(name)
    if industry is not None:
        return industry.name
    words = f"{listed.name} ({name})" if listed is not None else name
    return Text(words, words)
