"""What a verdict says in words beside its findings. Why each finding applied stands in ``matching.explanation``."""

from __future__ import annotations

import datetime as dt

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import joined, t
from regionmap.model import Caveat, CaveatKind, Ruling, Text
from regionmap.rules.matching.explanation import MOST_UNITS, kilometres, units_text
from regionmap.rules.matching.places import out_of_scope
from regionmap.rules.verdict.answers import PlaceAnswer, Verdict
from regionmap.words import RULING_MEANINGS, RULINGS, UNCLEAR_BECAUSE, in_metres

__all__ = ["beside_meaning", "kilometres", "local_text", "meaning"]


def meaning(verdict: Verdict) -> Text:
    """Return in words what the ruling means; of a place that no document addresses, that this is why nothing is found.

    Args:
        verdict: the answer of a check.
    """
    if verdict.unclear_because is not None:
        return UNCLEAR_BECAUSE[verdict.unclear_because]
    unaddressed = _unaddressed(verdict)
    if unaddressed is None:
        return RULING_MEANINGS[verdict.ruling]
    more = t("That does not mean that it is allowed.")
    return Text(f"{unaddressed.text.zh}{more.zh}", f"{unaddressed.text.en} {more.en}")


def beside_meaning(verdict: Verdict) -> list[Caveat]:
    """Return the caveats that ``meaning`` does not tell.

    Args:
        verdict: the answer of a check.
    """
    told = _unaddressed(verdict)
    return [one for one in verdict.caveats if one is not told]


def _unaddressed(verdict: Verdict) -> Caveat | None:
    """Return the caveat that no document addresses the place, where that is all that there is to say."""
    if verdict.ruling is not Ruling.NO_RULE or not all(map(out_of_scope, verdict.places)):
        return None
    return next((one for one in verdict.caveats if one.kind is CaveatKind.OUT_OF_SCOPE), None)


def local_text(verdict: Verdict, most: int | None = MOST_UNITS) -> Text:
    """Return in words what only the rules say that do not hold everywhere, and which part the verdict is about.

    Args:
        verdict: the answer of a check.
        most: how many units of the part it names before it counts the rest; None names all of them.
    """
    said = [local_word(verdict), part_text(verdict, most)]
    told = [one for one in said if one is not None]
    return Text("".join(one.zh for one in told), " ".join(one.en for one in told))


def local_word(verdict: Verdict) -> Text:
    """Return in words what only the rules say that do not hold everywhere."""
    return t("Rules for this place alone: {ruling}.", ruling=RULINGS[verdict.local])


def part_text(verdict: Verdict, most: int | None = MOST_UNITS) -> Text | None:
    """Return which part of the place and of the industry a verdict is about, None where it is about the whole.

    Args:
        verdict: the answer of a check.
        most: how many units of the part are named, as in ``local_text``.
    """
    said = []
    if verdict.part_units:
        said.append(t("Part of the place: {units}.", units=units_text(verdict.part_units, most)))
    if verdict.part_industries:
        names = joined([one.name for one in verdict.part_industries])
        said.append(t("Part of the industry: {names}.", names=names))
    return Text("".join(one.zh for one in said), " ".join(one.en for one in said)) if said else None


def no_region_text(catalogue: Catalogue, on: dt.date) -> Text:
    """Say that a place lies in no key region on a date: by the lists in use, or since none was in use yet.

    Args:
        catalogue: what is loaded.
        on: the date.
    """
    if any(catalogue.definition(region, on) is not None for region in catalogue.regions):
        return t("In no key region by the lists in use on this date.")
    ahead = [
        one.in_force_from
        for region in catalogue.regions.values()
        for one in region.definitions
        if one.in_force_from > on
    ]
    if not ahead:
        return t("No loaded list of a key region was in use on {on}.", on=on.isoformat())
    return t(
        "No loaded list of a key region was in use on {on}: the first is from {first}.",
        on=on.isoformat(),
        first=min(ahead).isoformat(),
    )


def boundary_text(answer: Verdict | PlaceAnswer) -> Text | None:
    """Say how far the nearest place with another answer is; None where no point was asked for, or none is near."""
    point = answer.point
    if point is None or point.boundary_m is None or point.beyond is None:
        return None
    place = Text(point.beyond.name, point.beyond.name_en)
    return t("{distance} to {place}, where other rules hold", distance=in_metres(point.boundary_m), place=place)


def other_province_text(answer: Verdict | PlaceAnswer) -> Text | None:
    """Say how far the nearest other province is; None where no rule asked for it."""
    point = answer.point
    if point is None or point.province_line_m is None or point.other_province is None:
        return None
    province = Text(point.other_province.name, point.other_province.name_en)
    far = in_metres(point.province_line_m)
    return t("{distance} to {province}, the nearest other province", distance=far, province=province)
