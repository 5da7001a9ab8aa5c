"""What the user must know of the site itself: outside the scope of the documents, near a boundary, partly at sea."""

from __future__ import annotations

from regionmap.i18n import t
from regionmap.model import Caveat, CaveatKind, Unit
from regionmap.rules.matching.explanation import unit_text
from regionmap.rules.matching.fits import LineDistance
from regionmap.rules.matching.places import OUT_OF_SCOPE
from regionmap.rules.matching.question import Question
from regionmap.rules.verdict.rulings import turning_limits
from regionmap.words import in_metres


def out_of_scope(place: Unit) -> Caveat:
    """Return the caveat for Taiwan, Hong Kong and Macao."""
    return Caveat(
        CaveatKind.OUT_OF_SCOPE,
        t("The loaded documents do not address {place}.", place=unit_text(place)),
    )


def is_out_of_scope(province: Unit) -> bool:
    """Tell whether the loaded documents do not speak for a province-level unit."""
    return province.code in OUT_OF_SCOPE


def near_boundary(metres: float, beyond: Unit, uncertainty_m: float) -> Caveat:
    """Return the caveat for a point that may lie on the other side of a line across which the answer differs.

    Args:
        metres: how far the point is from that line.
        beyond: the county on the other side.
        uncertainty_m: how well boundaries and coordinates are known, in metres.
    """
    return Caveat(
        CaveatKind.NEAR_BOUNDARY,
        t(
            "The point lies {distance} from {place}, where other rules hold; boundaries and coordinates are known to "
            "about {uncertainty} m. Check on which side the site is.",
            distance=in_metres(metres),
            place=unit_text(beyond),
            uncertainty=f"{uncertainty_m:,.0f}",
        ),
    )


def near_limits(question: Question, place: Unit, line: LineDistance, uncertainty_m: float) -> list[Caveat]:
    """Return caveats for a point that may lie on the other side of the distance that a rule reaches.

    Args:
        question: industry, action and date.
        place: the county of the point.
        line: how far the point is from another province (metres).
        uncertainty_m: how well boundaries and coordinates are known, in metres.
    """
    metres, beyond = line.metres, line.beyond
    if metres is None or beyond is None:
        return []
    return [
        Caveat(
            CaveatKind.NEAR_LIMIT,
            t(
                "The point lies {distance} from {province}; a rule reaches {km} km from a boundary between provinces, "
                "and boundaries and coordinates are known to about {uncertainty} m. Measure the distance of the site.",
                distance=in_metres(metres),
                province=unit_text(beyond),
                km=f"{limit / 1000:g}",
                uncertainty=f"{uncertainty_m:,.0f}",
            ),
        )
        for limit in turning_limits(question, place)
        if abs(metres - limit) <= uncertainty_m
    ]


def outside_the_country(share: float) -> Caveat:
    """Return the caveat for an area of which ``share`` (0 to 1) lies in no county: at sea or abroad."""
    return Caveat(
        CaveatKind.OUTSIDE,
        t("{share} of the area lies in no county (at sea or abroad): nothing is said of it.", share=f"{share:.1%}"),
    )
