"""How a region changed between two dates, in brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regionmap.api import Regionmap
from regionmap.i18n import translator
from regionmap.model import Unit
from regionmap.output.brief.layout import Line
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.history.words import dissolved_text, how_many, list_in_use, moved_text, told_apart
from regionmap.wrapping import wrap

_MOST_LINES = 4


def history_lines(change: RegionChange, rm: Regionmap, language: str, width: int) -> list[Line]:
    """Return the answer of ``history`` in brief: the lists in use, and who joined, left or moved.

    Args:
        change: the answer of ``history``.
        rm: what gave the answer.
        language: ``zh`` or ``en``.
        width: cells of the terminal.
    """
    _ = translator(language)
    asked = f"{change.region.name[language]} · {change.start} – {change.end}"
    lines = [Line(line, "head") for line in wrap(asked, width, "", "  ")]
    for day, definition in ((change.start, change.before), (change.end, change.after)):
        lines += [Line(line, "dim") for line in wrap(list_in_use(rm.catalogue, day, definition)[language], width, "  ")]
    lines += _units(_("Joined"), change.joined, rm, language, width)
    lines += _units(_("Left"), change.left, rm, language, width)
    for moved in change.moves().values():
        lines += _units(moved_text(moved[0])[language], [one.unit for one in moved], rm, language, width)
    for one in change.dissolved:
        lines += [Line(line) for line in wrap(dissolved_text(one)[language], width, "", "  ")]
    known = change.before is not None or change.after is not None
    if known and not (change.joined or change.left or change.moved):
        nobody = _("Nobody joined, left or moved between these dates.")
        lines += [Line(line) for line in wrap(nobody, width, "", "  ")]
    if known:  # without any list nothing is known of who stayed either
        head, stayed = _("Stayed"), how_many(rm.gazetteer, change.stayed)[language]
        words = _("{head}: {what}", head=head, what=stayed)
        lines += [Line(line, "dim") for line in wrap(words, width, "", "  ")]
    return [*lines, Line(_("Everything: --full, or --json"), "dim")]


def _units(head: str, units: Sequence[Unit], rm: Regionmap, language: str, width: int) -> Iterator[Line]:
    if not units:
        return
    _ = translator(language)
    separator = ", " if language == "en" else "、"
    counted = how_many(rm.gazetteer, tuple(units))[language]
    yield from (Line(line, "head") for line in wrap(_("{head}: {what}", head=head, what=counted), width, "", "  "))
    names = told_apart(units, rm.gazetteer) if language == "en" else [one.name for one in units]
    lines = wrap(separator.join(names), width, "  ")
    yield from (Line(line) for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield Line("  " + _("the rest: --full"), "dim")
