"""What a caller gives beside the words for places and industries: choices, texts, and one way to say where."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TypeVar

from regionmap.errors import InputError
from regionmap.model import Action
from regionmap.model.datum import Datum
from regionmap.rules.reading.dates import parse_date

__all__ = ["one_of", "parse_action", "parse_date", "parse_datum", "require_one_place", "require_text"]

E = TypeVar("E", bound=StrEnum)

_ACTIONS = {
    "新建": Action.NEW, "新增": Action.NEW, "扩建": Action.EXPAND, "改扩建": Action.EXPAND, "迁入": Action.MOVE_IN,
    "搬迁": Action.MOVE_IN, "置换": Action.REPLACE, "产能置换": Action.REPLACE, "技改": Action.UPGRADE,
    "技术改造": Action.UPGRADE, "改造": Action.UPGRADE,
}  # fmt: skip
_DATUMS = {
    "火星坐标": Datum.GCJ02, "火星坐标系": Datum.GCJ02, "高德": Datum.GCJ02, "腾讯": Datum.GCJ02,
    "百度": Datum.BD09, "百度坐标": Datum.BD09, "百度坐标系": Datum.BD09, "bd09ll": Datum.BD09,
    "国家2000": Datum.CGCS2000, "2000国家大地坐标系": Datum.CGCS2000,
}  # fmt: skip


def one_of(kind: type[E], value: object, word: str) -> E:
    """Return the member of an enum that a text names.

    Args:
        kind: the enum.
        value: the text.
        word: what the members are called in the message.

    Raises:
        InputError: none is called so; the message lists them.
    """
    try:
        return kind(value)  # type: ignore[arg-type]
    except ValueError:
        raise InputError(f"no {word} is called '{str(value)[:40]}': choose from {', '.join(kind)}") from None


def parse_action(value: object) -> Action:
    """Return the action that a word means: new, NEW, move-in, 新建, 技改 and so on.

    Raises:
        InputError: it means none; the message lists them.
    """
    plain = _plain(value)
    return _ACTIONS.get(plain) or one_of(Action, plain.replace("-", "_").replace(" ", "_"), "action")


def parse_datum(value: object) -> Datum:
    """Return the coordinate system that a word means: gcj02, GCJ-02, 火星坐标系 and so on.

    Raises:
        InputError: it means none; the message lists them.
    """
    plain = _plain(value).replace("-", "").replace("_", "").replace(" ", "")
    return _DATUMS.get(plain) or one_of(Datum, plain, "datum")


def require_text(value: object, word: str, such_as: str) -> None:
    """Make sure that a name is text: a number may have lost a zero, and other things name nothing.

    Args:
        value: what was given.
        word: what it is called in the message.
        such_as: an example of what would be right.

    Raises:
        InputError: it is no text.
    """
    if not isinstance(value, str):
        shown = str(value)[:40]
        raise InputError(f"the {word} must be text, such as {such_as}, and not {type(value).__name__} ({shown})")


def require_one_place(place: object, lon: object, lat: object, area: object = None) -> None:
    """Make sure that a question says where in one way: by a name, by a point, or by an area.

    Raises:
        InputError: no way is given, or more than one.
    """
    ways = [place is not None, lon is not None or lat is not None, area is not None]
    if sum(ways) == 0:
        raise InputError("no place given: name one (保定市, Baoding, 130600), or give --lon and --lat, or --area FILE")
    if sum(ways) > 1:
        raise InputError("more than one place given: a name, or --lon and --lat, or --area FILE, not several")


def _plain(value: object) -> str:
    return unicodedata.normalize("NFKC", value).strip().casefold() if isinstance(value, str) else str(value)[:40]
