"""Reading names in which units of the past stand, alone or in front of others: 襄樊市枣阳市, 安徽省巢湖市无为县.

Asked only for a text that names no unit of today. A unit may stand behind one that it lies in, or lay in then; where
both fit, what was so then is meant: 毕节地区毕节市 is the county-level city, today 七星关区.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from regionmap.model import Unit
from regionmap.places.names.former import FormerKind, FormerUnit, by_name, past_ancestors

_NOT, _TODAY, _THEN = range(3)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name stands for: the codes of today, and the unit of the past by which they were found, if any."""

    now: tuple[str, ...]
    former: FormerUnit | None
    through: FormerUnit | None = None
    """The unit of the past that the name stands behind."""

    @property
    def told(self) -> FormerUnit | None:
        """The unit of the past that a reader must be told of."""
        return self.former or self.through

    @property
    def divided(self) -> bool:
        """Whether a reader must choose among the codes."""
        return len(self.now) > 1 and self.former is not None and not self.former.together


class PastNames:
    """Reads names of units of today and of the past, mixed."""

    def __init__(
        self, units: Mapping[str, Unit], full: Mapping[str, tuple[str, ...]], loose: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Keep the units of today by code, and the codes by their names with and without the kind."""
        self._units, self._full, self._loose = units, full, loose

    @cached_property
    def names(self) -> frozenset[str]:
        """All names of units of today and of the past."""
        return frozenset((*self._full, *self._loose, *by_name()))

    def read(self, text: str) -> tuple[Reading, ...]:
        """Return what a Chinese name may stand for, each place once; empty where it names nothing."""
        return self._read(text, None)

    def named(self, name: str, above: Reading | None = None) -> tuple[Reading, ...]:
        """Return the units that bear a whole name and lie, or lay, in another: only those that fit best."""
        fits = self._fits(name, above)
        best = max((fit for fit, _ in fits), default=_NOT)
        return _once(one for fit, one in fits if fit == best)

    def bearing(self, name: str, above: Reading | None = None) -> tuple[Reading, ...]:
        """Return all units that bear a whole name and lie, or lay, in another: those of today first."""
        return _once(one for _, one in self._fits(name, above))

    def has_kind(self, name: str) -> bool:
        """Tell whether a name of a unit says its kind: 保定市, not 保定."""
        return name in self._full or any(one.name == name for one in by_name().get(name, ()))

    def _fits(self, name: str, above: Reading | None) -> list[tuple[int, Reading]]:
        if name not in self.names:  # most heads of a text that names nothing
            return []
        codes = self._full.get(name) or self._loose.get(name, ())
        through = above.told if above is not None else None
        today = (Reading((code,), None, through) for code in codes)
        past = (Reading(one.now, one) for one in by_name().get(name, ()))
        fits = ((self._fit(one, above), one) for one in (*today, *past))
        return [(fit, one) for fit, one in fits if fit]

    def _read(self, text: str, above: Reading | None) -> tuple[Reading, ...]:
        whole = self.named(text, above)
        if whole:
            return whole
        heads = ((head, text[cut:]) for cut in range(2, len(text)) for head in self.bearing(text[:cut], above))
        return _once(one for head, tail in heads for one in self._read(tail, head))

    def _fit(self, one: Reading, above: Reading | None) -> int:
        if above is None:
            return _TODAY
        if one.former is above.former and one.now == above.now:
            return _NOT  # nothing lies in itself
        then = set(past_ancestors(one.former.parent, self._units)) if one.former is not None else set()
        outer = above.former
        codes = {*above.now} if outer is None or len(above.now) == 1 else set()
        if outer is not None and outer.code:
            codes.add(outer.code)
        if then & codes:
            return _THEN
        # One of the units that a larger one was divided into lies in that, and 杨陵区 in 杨凌示范区.
        own = one.now if len(above.now) > 1 or (outer is not None and outer.kind is FormerKind.AREA) else ()
        over = {*own, *(code for now in one.now for code in self._above(now))}
        return _TODAY if over & {*above.now} else _NOT

    def _above(self, code: str) -> Iterator[str]:
        while code := self._units[code].parent:
            yield code


def _once(readings: Iterator[Reading]) -> tuple[Reading, ...]:
    found: dict[tuple[str, ...], Reading] = {}
    for one in readings:
        found.setdefault(one.now, one)
    return tuple(found.values())
