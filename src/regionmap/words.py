"""Short words for the values of the vocabulary, in both languages: used by the command line and by the web app.

Every dictionary is keyed by the enum (or by its string, which is equal to it).
"""

from __future__ import annotations

from regionmap.i18n import t
from regionmap.model import (
    Action,
    Effect,
    Evidence,
    Extent,
    Level,
    PilotArea,
    Rank,
    Ruling,
    Scope,
    SourceKind,
    Standing,
    Status,
    Text,
    UnclearBecause,
)
from regionmap.model.datum import Datum
from regionmap.model.park import ParkKind, ParkStanding

RULINGS: dict[Ruling, Text] = {
    Ruling.PROHIBITED: t("Prohibited"),
    Ruling.RESTRICTED: t("Restricted"),
    Ruling.DISCOURAGED: t("Discouraged"),
    Ruling.UNCLEAR: t("Unclear"),
    Ruling.ENCOURAGED: t("Encouraged"),
    Ruling.NO_RULE: t("No rule found"),
}

RULINGS_IN_PART: dict[Ruling, Text] = {
    Ruling.PROHIBITED: t("Prohibited in part"),
    Ruling.RESTRICTED: t("Restricted in part"),
    Ruling.DISCOURAGED: t("Discouraged in part"),
    Ruling.UNCLEAR: t("Unclear in part"),
    Ruling.ENCOURAGED: t("Encouraged in part"),
    Ruling.NO_RULE: t("No rule found"),
}


def ruling_words(ruling: Ruling, extent: Extent) -> Text:
    """Return the headline of a verdict: the word, and whether it holds for a part of what was asked only."""
    return (RULINGS_IN_PART if extent is Extent.PART else RULINGS)[ruling]


UNCLEAR_BECAUSE: dict[UnclearBecause, Text] = {
    UnclearBecause.LAPSED: t(
        "A rule would have decided, but the last day of its own targets has passed; neither repeal nor successor is "
        "known."
    ),
    UnclearBecause.UNDEFINED_AREA: t(
        "A rule that names this industry would decide, but whether the site lies in its area is not known here: see "
        "what depends on the site."
    ),
    UnclearBecause.OPEN_INDUSTRY: t("No list says which industries this term means: ask by the industry itself."),
}

SCOPES: dict[Scope, Text] = {
    Scope.NATIONAL: t("Nationwide"),
    Scope.PLACE: t("For this place"),
}

RULING_MEANINGS: dict[Ruling, Text] = {
    Ruling.PROHIBITED: t("A rule in force bans this."),
    Ruling.RESTRICTED: t("A rule in force allows this only within limits or on conditions."),
    Ruling.DISCOURAGED: t("A document guides this industry away from here."),
    Ruling.UNCLEAR: t("A rule may decide this, and what is loaded does not tell whether it does."),
    Ruling.ENCOURAGED: t("A document supports this or guides it here; no loaded rule restricts it."),
    Ruling.NO_RULE: t("The loaded documents say nothing on this. That does not mean that it is allowed."),
}

EFFECTS: dict[Effect, Text] = {
    Effect.PROHIBIT: t("Ban"),
    Effect.CAP: t("Capacity cap"),
    Effect.REPLACE: t("Capacity replacement"),
    Effect.CONDITION: t("Condition"),
    Effect.PHASE_OUT: t("Phase-out"),
    Effect.RELOCATE: t("Relocation"),
    Effect.STAGGER: t("Staggered production"),
    Effect.GUIDE_OUT: t("Guides away"),
    Effect.GUIDE_IN: t("Guides here"),
    Effect.PILOT: t("Pilot"),
    Effect.SUPPORT: t("Support"),
    Effect.TARGET: t("Target"),
    Effect.DUTY: t("Duty of authorities"),
}

STATUSES: dict[Status, Text] = {
    Status.IN_FORCE: t("In force"),
    Status.HORIZON_PASSED: t("Target date passed"),
    Status.ENDED: t("Ended"),
    Status.SUPERSEDED: t("Historic rule"),
    Status.NOT_YET: t("Not yet in force"),
}

STATUS_MEANINGS: dict[Status, Text] = {
    Status.IN_FORCE: t("The rule is in force on this date."),
    Status.HORIZON_PASSED: t("The last day of its own targets has passed; no repeal is known."),
    Status.ENDED: t("Its printed last day is before this date."),
    Status.SUPERSEDED: t("Repealed or replaced by a successor before this date."),
    Status.NOT_YET: t("Issued, but it starts after this date."),
}

ACTIONS: dict[Action, Text] = {
    Action.NEW: t("New plant"),
    Action.EXPAND: t("Expansion"),
    Action.REPLACE: t("Rebuilding against retired capacity"),
    Action.MOVE_IN: t("Moving in from elsewhere"),
    Action.UPGRADE: t("Technical renovation"),
}

LEVELS: dict[Level, Text] = {
    Level.PROVINCE: t("Province"),
    Level.PREFECTURE: t("Prefecture"),
    Level.COUNTY: t("County"),
}

RANKS: dict[Rank, Text] = {
    Rank.LAW: t("Law"),
    Rank.CENTRAL: t("Central Committee"),
    Rank.STATE_COUNCIL: t("State Council"),
    Rank.MINISTRY: t("Ministry"),
    Rank.LOCAL_REGULATION: t("Local regulation"),
    Rank.LIST: t("List of places"),
    Rank.PROVINCE: t("Province"),
    Rank.STANDARD: t("Standard"),
}

KINDS: dict[SourceKind, Text] = {
    SourceKind.LAW: t("Statute"),
    SourceKind.REGULATION: t("Regulation"),
    SourceKind.PLAN: t("Plan"),
    SourceKind.WORK_POINTS: t("Work points of a year"),
    SourceKind.OPINION: t("Opinion"),
    SourceKind.NOTICE: t("Notice"),
    SourceKind.CATALOGUE: t("Catalogue"),
    SourceKind.GUIDE: t("Guide"),
}

EVIDENCE: dict[Evidence, Text] = {
    Evidence.VERBATIM: t("Read in a copy of the text"),
    Evidence.REPORTED: t("Reported by a second source"),
}

STANDINGS: dict[Standing, Text] = {
    Standing.APPROVED: t("Approved"),
    Standing.INVITED: t("Invited, not approved"),
    Standing.PROPOSED: t("Proposed, not final"),
    Standing.NAMED: t("Named, no pilot by that"),
    Standing.ACCEPTED: t("Passed acceptance"),
}

# Keyed by regionmap.rules.pilots.PilotStatus, which is equal to its string.
PILOT_STATUSES: dict[str, Text] = {
    "listed": t("Listed"),
    "day_unknown": t("May have been listed: the day is not known"),
    "ended": t("Term over"),
}

PILOT_AREAS: dict[PilotArea, Text] = {
    PilotArea.UNIT: t("The unit itself"),
    PilotArea.PARK: t("A park"),
    PilotArea.NEW_AREA: t("A new area"),
    PilotArea.REGION: t("Some area"),
    PilotArea.FIRM: t("A firm"),
}

PARK_KINDS: dict[ParkKind, Text] = {
    ParkKind.CHEMICAL: t("Chemical park"),
    ParkKind.NEW_AREA: t("New area"),
    ParkKind.DEVELOPMENT: t("Development zone"),
    ParkKind.BORDER: t("Border cooperation zone"),
    ParkKind.TRANSFER: t("Zone for taking in industry"),
    ParkKind.JOINT: t("Park of two provinces"),
}

PARK_STANDINGS: dict[ParkStanding, Text] = {
    ParkStanding.RECOGNISED: t("Recognised"),
    ParkStanding.PROPOSED: t("Proposed, not final"),
    ParkStanding.NURTURED: t("To be built up, not recognised"),
    ParkStanding.APPLIED: t("Applied for, not recognised"),
}

ASPECTS: dict[str, Text] = {
    "place": t("Place"),
    "industry": t("Industry"),
    "action": t("Action"),
    "date": t("Date"),
}

GOVERNMENT_LEVELS: dict[str, Text] = {
    "national": t("National"),
    "province": t("Provincial"),
    "city": t("City"),
}

REGION_KINDS: dict[str, Text] = {
    "key-region": t("Key region"),
    "key-basin": t("Key basin"),
    "economic-region": t("Economic region"),
    "other": t("Other area"),
}

READ: dict[str, Text] = {
    "whole": t("Read whole"),
    "part": t("Read in part"),
}

DATUMS: dict[str, Text] = {
    Datum.WGS84: t("WGS-84 (GPS)"),
    Datum.CGCS2000: t("CGCS2000 (Tianditu, surveys)"),
    Datum.GCJ02: t("GCJ-02 (Amap, Tencent)"),
    Datum.BD09: t("BD-09 (Baidu)"),
}

TIERS: dict[str, Text] = {
    "named": t("Named"),
    "class": t("Class of area"),
    "open": t("Open"),
}
"""The tiers of destinations: a document names the place, or its class of area, or nothing is loaded either way."""


def in_metres(metres: float) -> Text:
    """Return a distance in whole metres, which never reads as none where there is one.

    >>> in_metres(0.2).en, in_metres(78_765.4).en
    ('less than 1 m', '78,765 m')
    """
    return t("less than 1 m") if metres < 1 else t("{metres} m", metres=f"{metres:,.0f}")


def distance(metres: float) -> Text:
    """Return a distance as people say it: in metres where it is short.

    >>> distance(0.2).en, distance(37.4).en, distance(1240).en, distance(41_200).en
    ('less than 1 m', '37 m', '1.24 km', '41 km')
    """
    if metres < 999.5:
        return in_metres(metres)
    return t("{km} km", km=f"{metres / 1000:.2f}" if metres < 9_995 else f"{metres / 1000:,.0f}")
