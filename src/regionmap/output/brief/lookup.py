"""A place in brief: what restricts, guides and pilots there, the special before the nationwide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from regionmap.api import Regionmap
from regionmap.i18n import t, tn, translator
from regionmap.model import CaveatKind, Ruling, Scope
from regionmap.model.datum import Datum
from regionmap.output.brief.check import (
    caveat_lines,
    coverage_lines,
    headed,
    place_name,
    questions_line,
    unaddressed,
)
from regionmap.output.brief.layout import Line
from regionmap.rules.parks import park_name
from regionmap.rules.pilots import IS_A_PILOT, PilotListing, PilotStatus
from regionmap.rules.transfer.answers import listed_row_text
from regionmap.rules.transfer.destinations_at import PlaceDestination
from regionmap.rules.verdict.answers import IndustryFindings, PlaceAnswer
from regionmap.rules.verdict.asks import by_question
from regionmap.rules.verdict.explanation import no_region_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import RULINGS
from regionmap.wrapping import clip, wrap

MOST_LINES = 30
MOST_LINES_OF_NAMES = 3
MOST_REGIONS = 4
MOST_CAVEATS = 2
_SHOWN = (Ruling.PROHIBITED, Ruling.RESTRICTED, Ruling.DISCOURAGED, Ruling.UNCLEAR, Ruling.ENCOURAGED)


def lookup_lines(answer: PlaceAnswer, rm: Regionmap, language: str, width: int) -> list[Line]:
    """Return everything about a place in brief: at most some thirty lines at 80 cells.

    Args:
        answer: the answer of ``lookup``.
        rm: what gave the answer.
        language: ``zh`` or ``en``.
        width: cells of the terminal.
    """
    lines: list[Line] = []
    for room in range(MOST_LINES_OF_NAMES, 0, -1):
        lines = _lines(answer, rm, language, width, room)
        if len(lines) <= MOST_LINES * 80 // min(width, 80):
            break
    return lines


def _lines(answer: PlaceAnswer, rm: Regionmap, language: str, width: int, room: int) -> list[Line]:
    """Return the answer with at most so many lines of names (``room``, at 80 cells) for each verdict."""
    _ = translator(language)
    asked = f"{place_name(answer.place, rm, language)} · {answer.date.isoformat()}"
    lines = [Line(line, "head") for line in wrap(asked, width, "", "  ")]
    unknown = unaddressed(answer.caveats, language)
    lines += [Line(line) for one in unknown for line in wrap(one, width, "  ")]
    lines += [] if unknown else _regions(answer, rm, language, width)
    lines += _rulings(answer.industries, language, width, room)
    lines += _pilots(answer.pilots, language, width)
    lines += _destinations(rm.destinations(answer.place.code, answer.date), rm, language, width)
    if answer.parks:
        named = _joined((park_name(one.park)[language] for one in answer.parks), language)
        head = headed(_("Parks and zones"), len(answer.parks), language)
        lines += _clipped(_("{head}: {what}", head=head, what=named), width)
    questions = by_question(answer.depends_on_site)
    if questions:
        counted = questions_line(len(answer.depends_on_site), len(questions), language)
        lines += [Line(line) for line in wrap(counted, width, "", "  ")]
    below = [one for one in answer.caveats if one.kind is not CaveatKind.OUT_OF_SCOPE]
    lines += caveat_lines(below, language, width, MOST_CAVEATS)
    lines += coverage_lines(answer.coverage, language, width)
    ask = _(
        "One industry: regionmap check {asked} --industry …; everything: --full, or --json", asked=_arguments(answer)
    )
    return [*lines, *(Line(line, "dim") for line in wrap(ask, width, "", "  "))]


def _arguments(answer: PlaceAnswer) -> str:
    """Return where and when was asked, as arguments of the command line; a date only where one was given."""
    point = answer.point
    where = answer.place.code if point is None else f"--lon {point.lon} --lat {point.lat}"
    if point is not None and point.datum != Datum.WGS84:
        where += f" --datum {point.datum}"
    dated = all(one.kind is not CaveatKind.DEFAULT_DATE for one in answer.caveats)
    return f"{where} --date {answer.date.isoformat()}" if dated else where


def _clipped(text: str, width: int) -> Iterator[Line]:
    """Write a list of names as far as there is room for it."""
    yield from (Line(line) for line in clip(text, width, "", "  "))


def _joined(names: Iterable[str], language: str) -> str:
    return (", " if language == "en" else "、").join(dict.fromkeys(names))


def _regions(answer: PlaceAnswer, rm: Regionmap, language: str, width: int) -> Iterator[Line]:
    _ = translator(language)
    if not answer.regions:
        none = no_region_text(rm.catalogue, answer.date)[language]
        yield from (Line(line, "dim") for line in wrap(none, width, "", "  "))
        return
    for one in answer.regions[:MOST_REGIONS]:
        number = rm.catalogue.sources[one.definition.source].number
        part, head = _(" (in part)") if one.part else "", _("Region")
        named = f"{one.region.name[language]}{part} · {number} {one.definition.item}"
        yield from (Line(line) for line in wrap(_("{head}: {what}", head=head, what=named), width, "", "  "))
    if len(answer.regions) > MOST_REGIONS:
        yield Line("  " + _("and {count} more", count=len(answer.regions) - MOST_REGIONS), "dim")


def _rulings(groups: Sequence[IndustryFindings], language: str, width: int, room: int) -> Iterator[Line]:
    """Write industries by ruling: those that a rule of this place names, then how many the whole country has."""
    _ = translator(language)
    special = {one.industry.id for one in groups if one.industry is not None and _is_special(one)}
    named = [one for one in groups if one.industry is not None]
    yield Line(_("By rules for this place"), "head")
    any_special = False
    for ruling in _SHOWN:
        held = [one for one in named if one.ruling is ruling and one.industry and one.industry.id in special]
        if held:
            any_special = True
            yield from _line(ruling, held, language, width, room)
    if not any_special:
        yield Line("  " + _("none is loaded"), "dim")
    if len(named) > len(special):
        yield Line(_("By nationwide rules alone"), "head")
    for ruling in _SHOWN:
        held = [one for one in named if one.ruling is ruling and one.industry and one.industry.id not in special]
        if held:
            names = _joined((one.industry.name[language] for one in held if one.industry), language)
            head = headed(RULINGS[ruling][language], len(held), language)
            yield from _of_ruling(ruling, clip(_("{head}: {what}", head=head, what=names), width, "  ", "    "))


def _is_special(group: IndustryFindings) -> bool:
    return any(one.scope is Scope.PLACE and one.decides and one.provision.actions for one in group.findings)


def _line(ruling: Ruling, held: Sequence[IndustryFindings], language: str, width: int, room: int) -> Iterator[Line]:
    names = [one.industry.name[language] for one in held if one.industry is not None]
    head = t("{head}: ", head=headed(RULINGS[ruling][language], len(held), language))[language]
    yield from _of_ruling(ruling, clip(_joined(names, language), width, f"  {head}", "    ", room=room))


def _of_ruling(ruling: Ruling, lines: Sequence[str]) -> Iterator[Line]:
    """Style the word of a ruling, which begins the first line."""
    yield from (Line(line, "" if at else ruling.value) for at, line in enumerate(lines))


def _pilots(listed: Sequence[PilotListing], language: str, width: int) -> Iterator[Line]:
    _ = translator(language)
    now = [one for one in listed if one.status is not PilotStatus.ENDED]
    if not now:
        return
    pilots = [one for one in now if one.batch.standing in IS_A_PILOT]
    others = len(now) - len(pilots)
    names = _joined((one.programme.name[language] for one in pilots), language)
    more = (
        tn("named or proposed on {count} more list", "named or proposed on {count} more lists", others)[language]
        if others
        else ""
    )
    head = headed(_("Pilots"), len(pilots), language)
    words = _("{head}: {what}", head=head, what=names) if pilots else head
    yield from _clipped(f"{words} · {more}" if more else words, width)


def _destinations(found: Sequence[PlaceDestination], rm: Regionmap, language: str, width: int) -> Iterator[Line]:
    _ = translator(language)
    guiding = [one for one in found if not one.is_status]
    if not guiding:
        return
    industries = _joined(
        (rm.catalogue.industries[code].name[language] for one in guiding for code in one.industries), language
    )
    head = headed(_("Guided here"), len(guiding), language)
    yield from _clipped(_("{head}: {what}", head=head, what=industries) if industries else head, width)
    for one in guiding[:2]:
        if one.provision is not None and one.source is not None:
            words = f"{citation(one.provision, one.source.number)} 「{one.provision.quote}」"
        elif one.listed is not None and one.row is not None:
            words = listed_row_text(one.listed, one.row)[language]
        else:
            continue
        yield from (Line(line, "dim") for line in clip(words, width, "  ", "    "))
