"""Short words for the kinds of caveats and of reasons that rows get, in both languages."""

from __future__ import annotations

from regionmap.i18n import t
from regionmap.model import Text
from regionmap.rules.verdict.answers import CaveatKind

CAVEATS: dict[str, Text] = {
    CaveatKind.LAPSED_STRICTER: t("A stricter rule has passed its target date without known repeal"),
    CaveatKind.OPEN_LIST: t("The place is not printed in a list that ends in 等"),
    CaveatKind.OPEN_INDUSTRIES: t("The industry is not printed in a list that ends in 等"),
    CaveatKind.CODE_FIT: t("That the code belongs to the rule's term is our reading"),
    CaveatKind.OLD_CODE: t("The code meant something else in GB/T 4754-2011"),
    CaveatKind.NEAR_INDUSTRY: t("A rule holds the industry only in a wider reading"),
    CaveatKind.UNDEFINED_AREA: t("A rule speaks of places that no loaded list defines"),
    CaveatKind.UNDEFINED_INDUSTRY: t("A rule speaks of industries that its text does not define"),
    CaveatKind.IN_PART: t("A rule covers only a part of the place or of the industry"),
    CaveatKind.NEAR_BOUNDARY: t("Another answer lies within 1,000 m"),
    CaveatKind.NEAR_LIMIT: t("A rule by distance to another province begins or ends within 1,000 m"),
    CaveatKind.DATE_UNKNOWN: t("A rule's first day is not printed; it may already bind"),
    CaveatKind.DEFAULT_DATE: t("No date was given: the answer is for the day of the run"),
    CaveatKind.HORIZON: t("The list in use is the last one known; its document's goals have passed"),
    CaveatKind.READ_PART: t("A document was read only in part"),
    CaveatKind.PROVISION: t("A rule has a note of its own"),
    CaveatKind.OUT_OF_SCOPE: t("The loaded documents do not address the place"),
    CaveatKind.OUTSIDE: t("A part of the area lies in no county"),
    CaveatKind.OVERLAY: t("A rule is from your own catalogue folder"),
    CaveatKind.PLACE_READING: t(
        "The name of the place has changed, may mean another place too, or is a park's, judged by its counties"
    ),
    CaveatKind.UNIT_CHANGED: t("The unit has changed since a list was printed or since the date"),
    CaveatKind.REPORTED: t("A rule is known only from a second source"),
    CaveatKind.READING: t("A class that no text defines is read by us"),
    CaveatKind.OPEN_INDUSTRY: t("No list says what the term asked for means"),
    CaveatKind.AS_OF: t("The date is later than the documents were collected"),
    CaveatKind.BEFORE_FIRST: t("The date is before the first loaded document"),
    CaveatKind.VERSION: t("A text was read in another version than that of the date"),
    "address_reading": t("The unit was read from the head of an address"),
    "place_disagrees": t("The row names another place than its coordinates or its code"),
    "date_in_part": t("Only a month or a year is given: the answer is for its first day"),
    "code_zero": t("The code may have lost a leading zero"),
}

REASONS: dict[str, Text] = {
    "ragged_row": t("More or fewer cells than column names"),
    "no_geometry": t("No geometry"),
    "not_a_point": t("The geometry is no point"),
    "not_convertible": t("The point cannot be brought to WGS-84"),
    "missing_place": t("Neither coordinates nor a place"),
    "missing_coordinate": t("One of the two coordinates is blank"),
    "not_a_number": t("A coordinate is no number"),
    "wrong_axis": t("A longitude stands where the latitude should, or the reverse"),
    "zero_coordinates": t("The coordinates are 0,0"),
    "swapped": t("Longitude and latitude look swapped"),
    "out_of_range": t("The coordinates are no degrees"),
    "outside_china": t("The point lies in no county of China"),
    "other_zone": t("The coordinates are in another zone of the projection"),
    "unknown_datum": t("Unknown datum"),
    "code_cut": t("The spreadsheet cut the code to a power of ten"),
    "unknown_place": t("Unknown place"),
    "region_as_place": t("A region of many units, not one place"),
    "ambiguous_place": t("The name fits several places"),
    "missing_industry": t("No industry"),
    "unknown_industry": t("Unknown industry"),
    "unknown_action": t("Unknown action"),
    "bad_date": t("The date cannot be read"),
}
