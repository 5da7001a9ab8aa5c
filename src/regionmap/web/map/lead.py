"""The sentences over the map: what holds everywhere, what is special to places, and how many of them are in view."""

from __future__ import annotations

from collections.abc import Callable

from regionmap.i18n import tn
from regionmap.model import Ruling, Text
from regionmap.rules.pilots import PilotStatus, newest_in_force, standing_of
from regionmap.web import service, state
from regionmap.web.map import pilots as pilot_views
from regionmap.web.parts import rulings_view
from regionmap.web.parts.ruled import nationwide
from regionmap.words import RULINGS

Words = Callable[..., str]
_ANY_UNIT = "130600"
"""A unit of the mainland: what holds everywhere holds there."""


def lead(view: rulings_view.View, _: Words) -> str:
    """Return the lead of a map of verdicts, regions or basins."""
    if state.show() is state.Show.RULES:
        return _baseline(_) if state.lens() is state.Lens.SPECIAL else _("The strictest of all rules that bind.")
    if view.legend:
        return _("Each region is drawn by the list of the document named in the table. Places may lie in several.")
    return _("No list of such a region was in use on this date, or none is loaded.")


def of_pilots(view: pilot_views.PilotView, _: Words) -> str:
    """Return the lead of a map of a pilot programme."""
    told = pilot_views.counted(view.listed, state.language())
    sentences = []
    if newest_in_force(service.loaded().programmes(), state.date()) is None:
        sentences.append(_("No pilot programme that is loaded is known to be in force on this date."))
    elif view.programme is not None and standing_of(view.programme, state.date()) is PilotStatus.ENDED:
        sentences.append(_("The term of this programme is over; others are in force on this date."))
    if not told:
        return _together([*sentences, _("No list of this programme was out on this date, or none is loaded.")])
    sentences.append(_("Names on its lists: {counts}.", counts=" · ".join(told)))
    seen, printed = pilot_views.seen(view.listed)
    if printed:
        words = tn(
            "Of {printed} names that some of them print, {count} was seen: a place that is not drawn may be on a list "
            "all the same.",
            "Of {printed} names that some of them print, {count} were seen: a place that is not drawn may be on a list "
            "all the same.",
            seen,
            printed=f"{printed:,}",
        )
        sentences.append(words[state.language()])
    return _together(sentences)


def _baseline(_: Words) -> str:
    """What the rules say that hold everywhere: the map draws only what comes on top of it."""
    rm, language = service.loaded(), state.language()
    question = rm.question(state.get("industry"), state.action(), state.date())
    found = nationwide(question, rm.gazetteer.unit(_ANY_UNIT))
    if found.ruling is Ruling.NO_RULE:
        return _("Nationwide: no rule found. The map shows the rules of particular places.")
    return _(
        "Nationwide: {ruling} ({document}). The map shows what is special to places on top of that.",
        ruling=RULINGS[found.ruling][language],
        document=rulings_view.cited(found.deciding[:1], language),
    )


def in_view(view: rulings_view.View, _: Words) -> str:
    """Return what the legend counts: how many units of which level."""
    total, province = sum(view.counts.values()), state.get("province")
    if not total:
        return _("Legend")
    if not province:
        return tn("Legend: {count} prefecture-level unit", "Legend: {count} prefecture-level units", total)[
            state.language()
        ]
    unit = service.loaded().gazetteer.unit(province)
    name = unit.name_en if state.language() == "en" else unit.name
    return tn(
        "Legend: {count} county of {province}", "Legend: {count} counties of {province}", total,
        province=Text(name, name),
    )[state.language()]  # fmt: skip


def _together(sentences: list[str]) -> str:
    return ("" if state.language() == "zh" else " ").join(sentences)
