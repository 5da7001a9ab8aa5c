"""The answers as a notebook shows them: each knows what it was answered from, so that it can be written out."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Self

from regionmap.notebook.origin import Origin
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.transfer.answers import TransferAnswer
from regionmap.rules.verdict.answers import PlaceAnswer, Verdict

if TYPE_CHECKING:
    import pandas as pd

    from regionmap.api import Regionmap


class _Shown:
    """Knows what it was answered from. Frozen through and through: a copy in the same process is the answer itself."""

    __slots__ = ()
    came_from: Origin

    @property
    def rm(self) -> Regionmap:
        """What gave the answer; in another process it is loaded anew, see ``Origin``."""
        return self.came_from.rm

    def __copy__(self) -> Self:
        """Return the answer itself."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Return the answer itself."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShownVerdict(_Shown, Verdict):
    """A verdict that a notebook shows as a card, with its JSON object and its findings as a table."""

    came_from: Origin = field(compare=False)

    @classmethod
    def of(cls, answer: Verdict, rm: Regionmap) -> ShownVerdict:
        """Return a verdict with what gave it."""
        return cls(**_values(answer), came_from=Origin.of(rm))

    def to_dict(self) -> dict[str, Any]:
        """Return the object of ``check --json`` (format ``regionmap.check/1``)."""
        from regionmap.output.json.answers import verdict_json  # late, as all below: few answers are written out

        return verdict_json(self, self.rm)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each finding; ``group`` says whether it binds; columns in ``frames.findings_frame``."""
        from regionmap.notebook.frames import findings_frame

        groups = {"binds": self.findings, "depends_on_site": self.depends_on_site, "not_in_force": self.not_in_force}
        return findings_frame(groups)

    def _repr_html_(self) -> str:
        from regionmap.notebook.cards import verdict_card

        return verdict_card(self, self.rm)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShownPlace(_Shown, PlaceAnswer):
    """A look-up that a notebook shows as a card, with its JSON object and its findings as a table."""

    came_from: Origin = field(compare=False)

    @classmethod
    def of(cls, answer: PlaceAnswer, rm: Regionmap) -> ShownPlace:
        """Return a look-up with what gave it."""
        return cls(**_values(answer), came_from=Origin.of(rm))

    def to_dict(self) -> dict[str, Any]:
        """Return the object of ``lookup --json`` (format ``regionmap.lookup/1``)."""
        from regionmap.output.json.answers import lookup_json

        return lookup_json(self, self.rm)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each industry and finding that binds there; ``group`` is the industry's id, or ``all``."""
        from regionmap.notebook.frames import findings_frame

        return findings_frame(
            {one.industry.id if one.industry is not None else "all": one.findings for one in self.industries}
        )

    def _repr_html_(self) -> str:
        from regionmap.notebook.cards import place_card

        return place_card(self, self.rm)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShownTransfer(_Shown, TransferAnswer):
    """An answer to "where could it go" that a notebook shows as a card, with its JSON object and a table."""

    came_from: Origin = field(compare=False)

    @classmethod
    def of(cls, answer: TransferAnswer, rm: Regionmap) -> ShownTransfer:
        """Return an answer with what gave it."""
        return cls(**_values(answer), came_from=Origin.of(rm))

    def to_dict(self) -> dict[str, Any]:
        """Return the object of ``transfer --json``."""
        from regionmap.output.json.transfer import transfer_json

        return transfer_json(self, self.rm)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each destination, best first; columns in ``frames.destinations_frame``."""
        from regionmap.notebook.frames import destinations_frame

        return destinations_frame(self.destinations, self.rm)

    def to_geodataframe(self) -> Any:
        """Return the destinations with true boundaries (EPSG:4326), columns as the layer transfer-destinations."""
        from regionmap.output.layers.build import answer_layer

        return answer_layer(self.rm, self)

    def _repr_html_(self) -> str:
        from regionmap.notebook.cards import transfer_card

        return transfer_card(self, self.rm)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShownChange(_Shown, RegionChange):
    """A region on two dates that a notebook shows as a card, with its JSON object and a table."""

    came_from: Origin = field(compare=False)

    @classmethod
    def of(cls, answer: RegionChange, rm: Regionmap) -> ShownChange:
        """Return a change with what gave it."""
        return cls(**_values(answer), came_from=Origin.of(rm))

    def to_dict(self) -> dict[str, Any]:
        """Return the object of ``history --json``."""
        from regionmap.output.json.history import history_json

        return history_json(self, self.rm)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each unit; ``change`` is joined, left, moved or stayed."""
        from regionmap.notebook.frames import change_frame

        return change_frame(self)

    def _repr_html_(self) -> str:
        from regionmap.notebook.cards import change_card

        return change_card(self, self.rm)


_NAMES: dict[type[Any], tuple[str, ...]] = {}
"""The fields of each kind of answer, in order."""


def _values(answer: Any) -> dict[str, Any]:
    """Return the fields of an answer, in order."""
    return {name: getattr(answer, name) for name in _names(type(answer))}


def _names(kind: type[Any]) -> tuple[str, ...]:
    found = _NAMES.get(kind)
    if found is None:
        found = _NAMES[kind] = tuple(one.name for one in fields(kind))
    return found
