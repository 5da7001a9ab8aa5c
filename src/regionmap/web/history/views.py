"""What the history page shows of a region between two dates: who joined, left, moved or stayed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regionmap.api import Regionmap
from regionmap.i18n import t
from regionmap.model import Definition, Text, Unit
from regionmap.output import display
from regionmap.output.maps import Area, Label, Layer, Style
from regionmap.output.patterns import CHANGE_PATTERNS
from regionmap.places.names.unit_sets import units_in
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.history.words import cited, dissolved_text, how_many, list_in_use, moved_text
from regionmap.web.parts.rulings_view import LegendEntry, Row, View
from regionmap.web.parts.shapes import label_of, name, own_province

CHANGES: dict[str, Text] = {
    "joined": t("Joined"),
    "left": t("Left"),
    "moved": t("Moved to another part"),
    "stayed": t("Stayed"),
}
"""What may become of a place, by the name of its pattern."""

_STYLES = {key: Style(key) for key in CHANGE_PATTERNS}


@dataclass(frozen=True)
class _Place:
    unit: Unit
    kind: str
    says: Text
    document: str


def change_view(rm: Regionmap, change: RegionChange, language: str) -> View:
    """Return the difference of a region between two dates as a map, a legend and rows."""
    places = list(_places(rm, change))
    # What left is drawn as it was on the first date; a prefecture that was dissolved lies in what stayed or joined.
    days = {"left": change.start}
    drawn = [(one, display.shape_on(one.unit.code, days.get(one.kind, change.end))) for one in places]
    drawn = [(one, shape) for one, shape in drawn if display.holder(shape) is not None]
    areas = [Area(shape, one.kind, (name(one.unit, language), one.says[language])) for one, shape in drawn]
    layer = Layer(
        name="history",
        # Counties over the prefectures that hold them.
        areas=sorted(areas, key=lambda area: display.holder(area.code) != display.PREFECTURES),
        styles=_STYLES,
        labels=_labels(rm, change, language),
        view=display.bounds(shape for _, shape in drawn),
    )
    count = {kind: sum(one.kind == kind for one in places) for kind in CHANGES}
    legend = tuple(LegendEntry(kind, words, count[kind]) for kind, words in CHANGES.items() if kind != "moved")
    if change.moved:
        legend = (*legend[:2], LegendEntry("moved", CHANGES["moved"], count["moved"]), *legend[2:])
    rows = tuple(Row(one.unit, own_province(rm, one.unit.code), one.says, one.document) for one in places)
    return View(layer, legend, rows, {})


def told(rm: Regionmap, change: RegionChange) -> list[Text]:
    """Return the difference in sentences: the list in use on each date, and how many joined, left, moved, stayed."""
    return [*_told_of_list(rm, change), *(_sentence(dissolved_text(one)) for one in change.dissolved)]


def _sentence(words: Text) -> Text:
    return Text(f"{words.zh}。", f"{words.en}.")


def _told_of_list(rm: Regionmap, change: RegionChange) -> list[Text]:
    lists = [
        list_in_use(rm.catalogue, change.start, change.before),
        list_in_use(rm.catalogue, change.end, change.after),
    ]
    if change.before is None and change.after is None:
        return lists
    if change.before is change.after:
        return [*lists, t("The same list on both dates: nothing changed.")]
    if change.before is None:
        return [*lists, t("Every place of the later list counts as joined: {places}.", places=_many(rm, change.joined))]
    if change.after is None:
        return [*lists, t("Every place of the earlier list counts as left: {places}.", places=_many(rm, change.left))]
    if not (change.joined or change.left or change.moved):
        return [*lists, t("Another list, the same places: {places}.", places=_many(rm, change.stayed))]
    counts = [
        t("Joined: {places}.", places=_many(rm, change.joined)),
        t("Left: {places}.", places=_many(rm, change.left)),
    ]
    for moved in change.moves().values():
        places = _many(rm, tuple(one.unit for one in moved))
        counts.append(t("{move}: {places}.", move=moved_text(moved[0]), places=places))
    both = _many(rm, change.stayed)
    if change.moved:
        return [*lists, *counts, t("In both lists, with those that moved: {places}.", places=both)]
    return [*lists, *counts, t("In both lists: {places}.", places=both)]


def _many(rm: Regionmap, units: tuple[Unit, ...]) -> Text:
    return how_many(rm.gazetteer, units) if units else t("none")


def _places(rm: Regionmap, change: RegionChange) -> Iterator[_Place]:
    before, after = _document(rm, change.before), _document(rm, change.after)
    for unit in change.joined:
        yield _Place(unit, "joined", CHANGES["joined"], after)
    for unit in change.left:
        yield _Place(unit, "left", CHANGES["left"], before)
    for one in change.moved:
        yield _Place(one.unit, "moved", moved_text(one), after)
    moved = {one.unit.code for one in change.moved}
    for unit in change.stayed:
        if unit.code not in moved:
            yield _Place(unit, "stayed", CHANGES["stayed"], after)


def _document(rm: Regionmap, definition: Definition | None) -> str:
    return cited(rm.catalogue, definition).zh if definition is not None else ""


def _labels(rm: Regionmap, change: RegionChange, language: str) -> list[Label]:
    """The names of the parts of the later list (the earlier one's where there is no later), at their middles."""
    definition, on = (change.after, change.end) if change.after is not None else (change.before, change.start)
    if definition is None:
        return []
    lists = rm.catalogue.parts(definition) or (definition,)
    named = [(rm.catalogue.region_of(one), units_in(rm.gazetteer, rm.catalogue.area(one), on)) for one in lists]
    return [label_of(rm, region.name[language], held) for region, held in named if held]
