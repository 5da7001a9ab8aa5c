"""The parks, new areas and zones of a place as a fold: what lies in it and around it, by which list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from regionmap.output.escape import escaped
from regionmap.rules.parks import ParkListing, by_kind
from regionmap.rules.pilots import PilotStatus
from regionmap.web.parts import style
from regionmap.words import EVIDENCE, PARK_KINDS, PARK_STANDINGS, PILOT_STATUSES

Words = Callable[..., str]


def section_html(listed: Sequence[ParkListing], language: str, _: Words) -> str:
    """Return a heading, and a fold for each kind of place; nothing where no list names one."""
    if not listed:
        return ""
    return style.head_html(_("Parks, new areas and zones"), len(listed)) + folds_html(listed, language)


def folds_html(listed: Sequence[ParkListing], language: str) -> str:
    """Return a fold for each kind of place, empty for none."""
    folds = []
    for kind, group in by_kind(listed).items():
        head = f"{style.in_language(PARK_KINDS[kind], language)} <small>{len(group)}</small>"
        folds.append(
            f'<details class="rm-fold rm-parks"><summary>{head}</summary><ul>{_lines(group, language)}</ul></details>'
        )
    return "".join(folds)


def _lines(listed: Iterable[ParkListing], language: str) -> str:
    lines = []
    for one in listed:
        park = one.park
        words = [
            park.grade,
            one.listed.name[language],
            park.number,
            one.when[language],
            EVIDENCE[park.evidence][language],
            PILOT_STATUSES[one.status][language] if one.status is not PilotStatus.LISTED else "",
        ]
        note = f" {park.note[language]}" if park.note is not None else ""
        standing = style.in_language(PARK_STANDINGS[park.standing], language)
        lines.append(
            f'<li data-park="{escaped(park.printed)}"><b>{standing}</b> '
            f'<span lang="zh-Hans">{escaped(park.printed)}</span> · {style.said(one.says[language] + note)} '
            f"<small>{style.said(' · '.join(filter(None, words)))}</small></li>"
        )
    return "".join(lines)
