"""A place in brief: what restricts, guides and pilots there, the special before the nationwide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from regionmap.api import Regionmap
from regionmap.i18n import t, tn, translator
from regionmap.model import CaveatKind, Ruling, Scope, Text
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
MOST_LINES_OF_REGIONS = 5
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
    _ = translator(language)
    asked = f"{place_name(answer.place, rm, answer.date, language)} · {answer.date.isoformat()}"
    lines = [Line(line, "head") for line in wrap(asked, width, "", "  ")]
    unknown = unaddressed(answer.caveats, language)
    lines += [Line(line) for one in unknown for line in wrap(one, width, "  ")]
    lines += [] if unknown else _regions(answer, rm, language, width)
    below = _below_rulings(answer, rm, language, width)
    left = MOST_LINES * 80 // min(width, 80) - len(lines) - len(below)
    return [*lines, *_rulings(answer.industries, language, width, left), *below]


def _below_rulings(answer: PlaceAnswer, rm: Regionmap, language: str, width: int) -> list[Line]:
    _ = translator(language)
    lines = [*_pilots(answer.pilots, language, width)]
    lines += _destinations(rm.destinations(answer.place.code, answer.date), rm, language, width)
    if answer.parks:
        named = _joined((park_name(one.park)[language] for one in answer.parks), language)
        head = headed(_("Parks and zones"), len(answer.parks), language)
        lines += _clipped(_("{head}: {what}", head=head, what=named), width)
    questions = by_question(answer.depends_on_site)
    if questions:
        counted = questions_line(len(answer.depends_on_site), len(questions), language)
        lines += [Line(line) for line in wrap(counted, width, "", "  ")]
    further = [one for one in answer.caveats if one.kind is not CaveatKind.OUT_OF_SCOPE]
    lines += caveat_lines(further, language, width, MOST_CAVEATS)
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
    shown = lines = 0
    for one in answer.regions[:MOST_REGIONS]:
        number = rm.catalogue.sources[one.definition.source].number
        part, head = _(" (in part)") if one.part else "", _("Region")
        named = f"{one.region.name[language]}{part} · {number} {one.definition.item}"
        told = wrap(_("{head}: {what}", head=head, what=named), width, "", "  ")
        lines += len(told)
        if lines * min(width, 80) > MOST_LINES_OF_REGIONS * 80:
            break
        shown += 1
        yield from map(Line, told)
    if len(answer.regions) > shown:
        yield Line("  " + _("and {count} more", count=len(answer.regions) - shown), "dim")


def _rulings(groups: Sequence[IndustryFindings], language: str, width: int, most: int) -> list[Line]:
    """Return industries by ruling: those that a rule of this place names, then how many the whole country has.

    Where they would take more than ``most`` lines, the longest lists of names are cut first.
    """
    _ = translator(language)
    special = {one.industry.id for one in groups if one.industry is not None and _is_special(one)}
    named = [one for one in groups if one.industry is not None]
    by_place = _by_ruling([one for one in named if one.industry and one.industry.id in special])
    elsewhere = _by_ruling([one for one in named if one.industry and one.industry.id not in special])
    nationwide = [line for ruling, held in elsewhere.items() for line in _line(ruling, held, language, width, 1)]
    nationwide = [Line(_("By nationwide rules alone"), "head"), *nationwide] if len(named) > len(special) else []
    rooms = dict.fromkeys(by_place, MOST_LINES_OF_NAMES)
    while True:
        lists = {one: [*_line(one, held, language, width, rooms[one])] for one, held in by_place.items()}
        longest = max(lists, key=lambda one: (rooms[one] > 1, len(lists[one])), default=None)
        if longest is None or rooms[longest] == 1 or sum(map(len, lists.values())) + len(nationwide) < most:
            break
        rooms[longest] -= 1
    none = [] if lists else [Line("  " + _("none is loaded"), "dim")]
    head = Line(_("By rules for this place"), "head")
    return [head, *none, *(line for held in lists.values() for line in held), *nationwide]


def _by_ruling(groups: Sequence[IndustryFindings]) -> dict[Ruling, list[IndustryFindings]]:
    """Return what a look-up shows of industries, by their ruling, the strictest first."""
    found = {ruling: [one for one in groups if one.ruling is ruling] for ruling in _SHOWN}
    return {ruling: held for ruling, held in found.items() if held}


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
    names = _joined((_programme(one)[language] for one in pilots), language)
    more = (
        tn("named or proposed on {count} more list", "named or proposed on {count} more lists", others)[language]
        if others
        else ""
    )
    head = headed(_("Pilots"), len(pilots), language)
    words = _("{head}: {what}", head=head, what=names) if pilots else head
    yield from _clipped(f"{words} · {more}" if more else words, width)


def _programme(one: PilotListing) -> Text:
    """Return the name of a programme, and what is known of its date where it may not have begun yet."""
    name = one.programme.name
    return name if one.status is PilotStatus.LISTED else t("{name} ({when})", name=name, when=one.when)


def _destinations(found: Sequence[PlaceDestination], rm: Regionmap, language: str, width: int) -> Iterator[Line]:
    _ = translator(language)
    rows = [one for one in found if not one.is_status]
    taken, others = [one for one in rows if one.takes_in], [one for one in rows if not one.takes_in]
    yield from _guided(_("Guided here"), taken, 1 if others else 2, rm, language, width)
    yield from _guided(_("To adjust or give up"), others, 1, rm, language, width)


def _guided(
    title: str, guiding: Sequence[PlaceDestination], shown: int, rm: Regionmap, language: str, width: int
) -> Iterator[Line]:
    _ = translator(language)
    if not guiding:
        return
    industries = _joined(
        (rm.catalogue.industries[code].name[language] for one in guiding for code in one.industries), language
    )
    head = headed(title, len(guiding), language)
    yield from _clipped(_("{head}: {what}", head=head, what=industries) if industries else head, width)
    for one in guiding[:shown]:
        if one.provision is not None and one.source is not None:
            words = f"{citation(one.provision, one.source.number)} 「{one.provision.quote}」"
        elif one.listed is not None and one.row is not None:
            words = listed_row_text(one.listed, one.row)[language]
        else:
            continue
        yield from (Line(line, "dim") for line in clip(words, width, "  ", "    "))
