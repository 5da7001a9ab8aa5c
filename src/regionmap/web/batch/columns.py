"""Which column holds what: what was recognised, and what the user chose instead."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence

from regionmap.errors import InputError
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.screening.columns import Columns, recognise
from regionmap.screening.coordinate_columns import coordinates_of

ROLES = ("lon", "lat", "coordinates", "adcode", "place", "industry", "date", "action", "datum")
"""The roles that the page offers, in its order."""
LABELS: Mapping[str, Text] = {
    "lon": t("Column of the longitude"),
    "lat": t("Column of the latitude"),
    "coordinates": t("Column of both coordinates in one cell"),
    "adcode": t("Column of the code (adcode)"),
    "place": t("Column of the place"),
    "industry": t("Column of the industry"),
    "date": t("Column of the date"),
    "action": t("Column of the action"),
    "datum": t("Column of the datum"),
}
Chosen = Mapping[str, tuple[str, ...]]
"""Columns by role, none for an empty tuple; a place may be several that are read together (省, 市, 县)."""
_ANCHOR = "adcode"
_MOST_TRIED, _MOST_PAIRED = 200, 24
_NOTHING = Columns()


class ChoiceError(Exception):
    """The choice cannot be judged; ``text`` says why, in both languages."""

    def __init__(self, text: Text) -> None:
        """Keep what is wrong and what would be right."""
        super().__init__(text.en)
        self.text = text


def preset(names: Sequence[str]) -> tuple[Columns, InputError | None]:
    """Return what is recognised, and what is wrong with it, None if nothing.

    A file without a column of industries is no mistake here: the page asks for one industry for all rows. Where two
    columns fit one role, or a longitude has no latitude, the others are recognised all the same.
    """
    try:
        return recognise(names, {}), None
    except InputError:
        pass
    try:
        return recognise(names, {}, industry_given=True), None
    except InputError as error:
        return _as_far_as_possible(names), error


def _as_far_as_possible(names: Sequence[str]) -> Columns:
    """Recognise without one of the columns, or two, the last ones that help; codes stand in where no place is told."""
    anchor = () if _ANCHOR in names else (_ANCHOR,)
    doubtful = list(reversed(names[:_MOST_TRIED]))
    left_out = [(), *itertools.combinations(doubtful, 1), *itertools.combinations(doubtful[-_MOST_PAIRED:], 2)]
    for without, given in itertools.product(left_out, (False, True)):
        some = (name for name in names if name not in without)
        try:
            found = recognise((*some, *anchor), {}, industry_given=given)
        except InputError:
            continue
        return dataclasses.replace(found, adcode=None) if anchor else found
    return Columns()


def chosen_of(columns: Columns) -> dict[str, tuple[str, ...]]:
    """Return columns by the roles of the page."""
    found: dict[str, tuple[str, ...]] = {}
    for role in ROLES:
        value: str | tuple[str, ...] | None = getattr(columns, role)
        found[role] = value if isinstance(value, tuple) else (value,) if value is not None else ()
    return found


def columns_of(
    chosen: Chosen, address: str | None, *, industry_given: bool, found: Columns = _NOTHING, names: Sequence[str] = ()
) -> Columns:
    """Return the columns of a choice.

    Args:
        chosen: columns by role.
        address: the column of addresses, where there is one.
        industry_given: one industry is asked for in all rows.
        found: what was recognised: where the page offers no choice, it holds.
        names: of all columns of the file: columns of minutes and seconds stand beside those of degrees.

    Raises:
        ChoiceError: nothing says where the sites are or which industry is meant, or one of two coordinates lacks.
    """
    one = {role: chosen[role][0] if chosen[role] else None for role in ROLES}
    if (one["lon"] is None) != (one["lat"] is None):
        raise ChoiceError(t("choose both a column of the longitude and one of the latitude, or neither"))
    if one["lon"] is not None and one["lon"] == one["lat"]:
        raise ChoiceError(t("the longitude and the latitude cannot be the same column: choose two"))
    if one["lon"] is not None and one["coordinates"] is not None:
        raise ChoiceError(
            t("choose columns of longitude and latitude, or one of both coordinates, and not all of them")
        )
    both = one["coordinates"]
    if not (one["lon"] or both or one["adcode"] or chosen["place"]) and address is None:
        raise ChoiceError(t("say where the sites are: choose columns of coordinates, of a place or of a code"))
    if one["industry"] is None and not industry_given:
        raise ChoiceError(t("say which industry is meant: choose a column, or give one industry for all rows"))
    used = {name for some in chosen.values() for name in some}
    parts = coordinates_of(names or [one["lon"] or "", one["lat"] or ""], one["lon"], one["lat"])
    return Columns(
        lon=one["lon"], lat=one["lat"], adcode=one["adcode"], place=chosen["place"],
        address=address if address not in used else None, industry=one["industry"], date=one["date"],
        action=one["action"], datum=one["datum"],
        named_datum=_hint(one["lon"], one["lat"]) or (found.named_datum if both else None),
        lon_parts=parts.lon, lat_parts=parts.lat, coordinates=both, zone=found.zone,
    )  # fmt: skip


def _hint(lon: str | None, lat: str | None) -> str | None:
    """Return the datum that the names of the coordinates speak of.

    Raises:
        ChoiceError: they speak of two.
    """
    if lon is None or lat is None:
        return None
    try:
        return recognise((lon, lat), {"lon": lon, "lat": lat}, industry_given=True).named_datum
    except InputError:
        raise ChoiceError(
            t("the columns of the longitude and the latitude name two coordinate systems: choose two of one kind")
        ) from None
