"""What people call an action (建设性质): its id, its Chinese word, and words that may mean several actions."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from regionmap.errors import InputError
from regionmap.i18n import joined, t
from regionmap.model import Action, Text
from regionmap.rules.reading.texts import require_no_bytes

_WORDS = {
    Action.NEW: ("新建", "新增", "新", "new build", "new construction"),
    Action.EXPAND: ("扩建", "改扩建", "扩产", "扩能", "扩", "expansion"),
    Action.REPLACE: ("置换", "产能置换", "减量置换", "等量置换", "replacement", "capacity replacement"),
    Action.MOVE_IN: ("迁入", "转入"),
    Action.UPGRADE: ("技改", "技术改造", "改造", "升级改造", "改造升级", "提标改造", "upgrading"),
}
"""The first word of each is the one that a message offers; 改扩建 holds an expansion, whatever else it is."""

_SEVERAL = {
    ("改建", "重建", "原址改建", "改", "reconstruction"): (Action.REPLACE, Action.UPGRADE),
    ("搬迁", "迁建", "搬迁改造", "异地搬迁", "异地迁建", "易地搬迁", "迁", "relocation"): (
        Action.MOVE_IN,
        Action.REPLACE,
    ),
    ("续建", "恢复建设", "新增产能", "增产"): (Action.NEW, Action.EXPAND),
}
"""Words of plans and of tables of projects that documents tell apart: which is meant must be said.

改 and 迁, as cells of 新/扩/改/迁, are short for 改建 and 迁建. 新增产能 is what rules forbid, at a new plant or at one
that stands.
"""
_NONE = {
    ("复产", "恢复生产"): t("a plant that stands starts again, and nothing is built"),
    ("投产", "投运"): t("a plant that is built begins to work, and nothing more is built"),
    ("停产", "关停", "拆除"): t("a plant ends, and nothing is built"),
}
"""Words for what is no project of an investor: no rule on projects answers for it."""

MEANINGS: Mapping[str, tuple[Action, ...]] = {
    **{spelt: (one,) for one in Action for spelt in (one.value, one.replace("_", "-"), one.replace("_", " "))},
    **{word: (one,) for one, words in _WORDS.items() for word in words},
    **{word: meant for words, meant in _SEVERAL.items() for word in words},
}
"""Every spelling that ``parse_action`` knows, in small letters, with the actions that it may mean."""

_WHEN = {
    Action.NEW: t("a plant that does not stand there yet"),
    Action.EXPAND: t("more capacity at a plant that stands"),
    Action.REPLACE: t("capacity that is built against capacity retired elsewhere"),
    Action.MOVE_IN: t("a plant that comes here from another place"),
    Action.UPGRADE: t("better equipment without more capacity"),
}


def parse_action(value: object) -> Action:
    """Return the action that a word means: new, NEW, move-in, 新建, 技改 and so on.

    Raises:
        InputError: it means none, or may mean two; the message lists them in the reader's language.
    """
    require_no_bytes(value, t("action"), Action.NEW)
    plain = unicodedata.normalize("NFKC", str(value)).strip().casefold()
    meant = MEANINGS.get(plain, ())
    if len(meant) == 1:
        return meant[0]
    given = str(value)[:40]
    if meant:
        raise InputError(
            "'{given}' may mean {one} ({when}) or {other} ({otherwise}): give the one that you mean",
            given=given,
            one=called(meant[0]),
            when=_WHEN[meant[0]],
            other=called(meant[1]),
            otherwise=_WHEN[meant[1]],
        )
    why = next((why for words, why in _NONE.items() if plain in words), None)
    if why is not None:
        raise InputError(
            "'{given}' is none of the actions that rules on projects speak of ({why}): choose from {choices}",
            given=given, why=why, choices=joined([called(one) for one in Action]),
        )  # fmt: skip
    raise InputError(
        "no action is called '{given}': choose from {choices}",
        given=given, choices=joined([called(one) for one in Action]),
    )  # fmt: skip


class ActionWords(NamedTuple):
    """Words for what is planned, and what becomes of them.

    ``actions``: the one that they mean; two, between which is asked back; or none. ``why``: what parts the two, or why
    there is none.
    """

    words: tuple[str, ...]
    actions: tuple[Action, ...]
    why: Text | None = None


def action_words() -> tuple[ActionWords, ...]:
    """Return all words beside the ids: those that are taken, then those that are asked back or refused."""
    taken = [ActionWords(words, (action,)) for action, words in _WORDS.items()]
    asked = [
        ActionWords(words, (one, other), t("{one} ({when}) or {other} ({otherwise})", one=called(one), when=_WHEN[one],
                    other=called(other), otherwise=_WHEN[other]))
        for words, (one, other) in _SEVERAL.items()
    ]  # fmt: skip
    return (*taken, *asked, *(ActionWords(words, (), why) for words, why in _NONE.items()))


def called(action: Action) -> Text:
    """Return what to type for an action: in Chinese the Chinese word and the id, which means the same."""
    return Text(f"{_WORDS[action][0]}/{action.value}", action.value)
