"""A provision that may speak of an industry, with all that no place changes, and how places stand to all areas."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Evidence, Provision, Scope, Source, Status
from regionmap.rules.matching.decision import BEYOND, BY_CLASS, NATIONWIDE, PART, REPORTED, rank_of, strict_and_new
from regionmap.rules.matching.effects import ENCOURAGING, RESTRICTING, SHOWN_ONLY, scope
from regionmap.rules.matching.fits import NAMES_INDUSTRY, Aspect, IndustryFit, IndustryMatch, PlaceMatch
from regionmap.rules.matching.outcomes import BINDS, CLASS_UNDEFINED, FAILS, Outcomes

_order = attrgetter("order")


class Mark:
    """What a provision brings to an answer that shows it, as bits.

    An answer looks for what no provision of it is marked with in vain, and need not look. Each bit says that there may
    be something: what there is, the place and the date decide.
    """

    LAPSES = 1
    """Restricts, does not depend on the site, and has passed its horizon."""
    MAY_DECIDE = 1 << 1
    """Restricts, and names the industry and a part of the country."""
    MAY_HAVE_BEGUN = 1 << 2
    OPEN_LIST = 1 << 3
    WIDER_READING = 1 << 4
    BY_CODE = 1 << 5
    INDUSTRY_IN_PART = 1 << 6
    UNDEFINED_CLASS = 1 << 7
    OUR_READING = 1 << 8
    """Of a class of industries, or of words for an area."""
    VERSION = 1 << 9
    """Of the text that was read, or the last day of the copy."""
    CAVEATS = 1 << 10
    SECOND_HAND = 1 << 11
    OVERLAY = 1 << 12


_OF_FITS = {
    IndustryFit.OPEN: Mark.OPEN_LIST,
    IndustryFit.NEAR: Mark.WIDER_READING,
    IndustryFit.CODE: Mark.BY_CODE,
    IndustryFit.PART: Mark.INDUSTRY_IN_PART,
    IndustryFit.UNDEFINED: Mark.UNDEFINED_CLASS,
}


class Matches(NamedTuple):
    """How places stand to each distinct area of provisions; ``kinds`` is the same in one byte each.

    ``reached``: the numbers of the areas that lie around the places or on them, of those that not every place lies in;
    ``unlisted``: of the areas whose open list (等) does not print the places. ``out_of_scope``: no document addresses
    the places. ``inside``, ``undefined`` and ``partly`` have a bit for each number of an area: whether its kind is
    INSIDE or UNDEFINED, and whether it holds the places in part.
    """

    matches: tuple[PlaceMatch, ...]
    kinds: bytes
    reached: tuple[int, ...]
    unlisted: frozenset[int]
    out_of_scope: bool
    inside: int
    undefined: int
    partly: int


class Candidate(NamedTuple):
    """A provision that may speak of the industry; ``where`` numbers its area, the next two are of its ``Outcomes``.

    ``rank``: of the ruling that it gives where it binds. ``order``: its place among what binds (see ``decision``),
    without ``PART`` where a place is reached in part. ``asking_order``: what may decide first, then what does not hold
    everywhere, then the strictest and newest.
    ``notable``: an answer must look at it although it does not bind: see ``is_notable``. ``marks``: see ``Mark``.
    """

    where: int
    by_kind: tuple[int, ...]
    fell_on: tuple[tuple[Aspect, ...], ...]
    provision: Provision
    source: Source
    status: Status
    industry: IndustryMatch
    rank: int
    order: int
    asking_order: int
    local: bool
    notable: bool
    marks: int


def is_notable(provision: Provision, source: Source, status: Status, industry: IndustryMatch, *, local: bool) -> bool:
    """Tell whether an answer must look at a provision although it does not bind.

    Of those not in force: what restricts or helps and has passed its horizon, and what may have begun on a day that is
    not printed. Of those that depend on the site: what restricts and names the industry and a part of the country, or
    an undefined class, and what reaches the industry by a reading of ours. Of those that fell away: what names the
    industry in a wider sense, in an open list, or by a reading.
    """
    if status is Status.HORIZON_PASSED:
        return provision.effect not in SHOWN_ONLY
    if status is not Status.IN_FORCE:
        return _may_have_begun(source, status)
    if industry.fit in {IndustryFit.OPEN, IndustryFit.NEAR, IndustryFit.READING}:
        return True
    names = local and industry.fit in NAMES_INDUSTRY
    return provision.effect in RESTRICTING and (names or industry.fit is IndustryFit.UNDEFINED)


def _may_have_begun(source: Source, status: Status) -> bool:
    return status is Status.NOT_YET and source.date_note is not None and source.issued is not None


class _Standing(NamedTuple):
    """What a provision is on a day for every industry."""

    provision: Provision
    source: Source
    rank: int
    strict: int
    falls_back: int
    local: bool
    restricts: bool
    lapses: bool
    """Unless it depends on the site."""
    marks: int


def _standing(catalogue: Catalogue, number: int, status: Status) -> _Standing:
    known: dict[tuple[int, Status], _Standing] = catalogue.derived.setdefault(__name__, {})  # type: ignore[assignment]
    found = known.get((number, status))
    if found is None:
        one = catalogue.provisions[number]
        source, where = catalogue.source_of(one), one.where
        rank, local, second_hand = rank_of(one), scope(one) is Scope.PLACE, one.evidence is Evidence.REPORTED
        restricts = one.effect in RESTRICTING
        marks = {
            Mark.MAY_HAVE_BEGUN: _may_have_begun(source, status),
            Mark.OUR_READING: where.undefined is not None,
            Mark.VERSION: source.version is not None or source.known_until is not None,
            Mark.CAVEATS: bool(one.caveats),
            # Also where the list behind it is known so.
            Mark.SECOND_HAND: second_hand or bool(where.regions or where.except_regions),
            Mark.OVERLAY: not source.bundled,
        }
        found = known[number, status] = _Standing(
            one,
            source,
            rank,
            strict_and_new(rank, one.in_force_from),
            NATIONWIDE * (not local) + REPORTED * second_hand,
            local,
            restricts,
            status is Status.HORIZON_PASSED and restricts and one.ask is None,
            sum(mark for mark, holds in marks.items() if holds),
        )
    return found


def _marks(known: _Standing, industry: IndustryMatch) -> int:
    found, fit = known.marks, industry.fit
    if known.lapses and fit is not IndustryFit.UNDEFINED:
        found |= Mark.LAPSES
    if known.restricts and known.local and fit in NAMES_INDUSTRY:
        found |= Mark.MAY_DECIDE
    if industry.reading is not None:
        found |= Mark.OUR_READING
    helps = fit in {IndustryFit.NEAR, IndustryFit.UNDEFINED} and known.provision.effect in ENCOURAGING
    return found if helps else found | _OF_FITS.get(fit, 0)


def in_order(candidates: Iterable[Candidate], matches: Matches) -> list[Candidate]:
    """Return provisions that bind in the order of ``decision.decision_order``.

    Args:
        candidates: provisions that reach the places and the industry.
        matches: how the places stand to all areas.
    """
    areas = matches.partly

    def order(one: Candidate) -> int:
        return one.order + PART if areas >> one.where & 1 and not one.industry.parts else one.order

    return sorted(candidates, key=order if areas else _order)


def partly(candidates: Iterable[Candidate], matches: Matches) -> list[bool]:
    """Tell of provisions whether they reach a part of the places, or of the industry, alone: ``Finding.extent``.

    Args:
        candidates: provisions that reach both.
        matches: how the places stand to all areas.
    """
    areas = matches.partly
    return [bool(areas >> one.where & 1 or one.industry.parts) for one in candidates]


def stands_to_industry(match: IndustryMatch) -> int:
    """Return FAILS, BINDS or CLASS_UNDEFINED for a match."""
    if match.binds:
        return BINDS
    return CLASS_UNDEFINED if match.fit is IndustryFit.UNDEFINED else FAILS


def candidate_of(
    catalogue: Catalogue, number: int, where: int, status: Status, industry: IndustryMatch, outcomes: Outcomes
) -> Candidate:
    """Return a provision, by its place in the catalogue, as a candidate of an industry.

    Args:
        catalogue: what is loaded.
        number: the place of the provision in it.
        where: the number of its area.
        status: its standing on the date.
        industry: how it stands to the industry.
        outcomes: what becomes of it by the kind of match of its area.
    """
    known = _standing(catalogue, number, status)
    one, source, rank, strict, order, local, *_ = known
    notable = is_notable(one, source, status, industry, local=local)
    order += strict + PART * bool(industry.parts) + BY_CLASS * (industry.fit not in NAMES_INDUSTRY)
    asking = (2 * (not notable) + (not local)) * BEYOND + strict
    fell_on, by_kind, *_ = outcomes
    marks = _marks(known, industry)
    return Candidate(where, by_kind, fell_on, one, source, status, industry, rank, order, asking, local, notable, marks)
