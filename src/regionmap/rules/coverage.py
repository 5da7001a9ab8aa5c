"""What was looked at: the levels of government and the documents that are loaded, whole or in part."""

from __future__ import annotations

from regionmap.catalogue.catalogue import Catalogue
from regionmap.i18n import joined, t
from regionmap.model import Text
from regionmap.rules.answers import Coverage
from regionmap.words import GOVERNMENT_LEVELS


def coverage(catalogue: Catalogue) -> Coverage:
    """Return the coverage of the loaded catalogue, with a statement in plain words."""
    with_rules = [one for one in catalogue.sources.values() if one.provisions]
    levels = tuple(dict.fromkeys(one.level for one in with_rules))
    part = tuple(one.id for one in with_rules if one.read == "part")
    loaded = joined([GOVERNMENT_LEVELS[level] for level in levels])
    statement = t(
        "Looked at: {sources} documents with {provisions} provisions ({loaded}).",
        sources=len(with_rules),
        provisions=len(catalogue.provisions),
        loaded=loaded,
    )
    missing = (
        t("City rules and most provincial rules are not loaded.")
        if "province" in levels
        else t("No provincial or city rules are loaded.")
    )
    parts = t("{count} of them were read only in part.", count=len(part)) if part else t("All of them were read whole.")
    law = t("Laws, plans and catalogues that are not in this list may bind as well.")
    told = [statement, missing, parts, law]
    if catalogue.as_of is not None:
        told.append(t("Documents were collected up to {day}.", day=catalogue.as_of.isoformat()))
    return Coverage(levels, len(with_rules), len(catalogue.provisions), part, _sentences(told), catalogue.as_of)


def _sentences(parts: list[Text]) -> Text:
    return Text("".join(one.zh for one in parts), " ".join(one.en for one in parts))
