"""Why a search found nothing, and what would find something: one filter less, or a like spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regionmap.api import Regionmap
from regionmap.closest import closest
from regionmap.errors import InputError
from regionmap.i18n import joined, t, tn
from regionmap.model import Text

_MOST_SPELLINGS = 3
_ALIKE, _ALIKE_HAN = 0.7, 0.5


def nothing_found(rm: Regionmap, filters: Mapping[str, object]) -> Iterator[Text]:
    """Yield that no provision passes all filters, then what would find some.

    Args:
        rm: what is loaded.
        filters: the arguments of ``Regionmap.rules`` that were given, ``on`` among them.
    """
    yield t("No loaded provision passes all filters.")
    used = {name: value for name, value in filters.items() if value is not None and name != "on"}
    on, helped = filters.get("on"), False
    for name in used if len(used) > 1 else ():
        count = len(rm.rules(**{**{other: used[other] for other in used if other != name}, "on": on}))  # type: ignore[arg-type]
        if count:
            helped = True
            yield tn("Without --{filter}: {count} provision.", "Without --{filter}: {count} provisions.", count,
                     filter=name)  # fmt: skip
    text = used.get("text")
    if isinstance(text, str) and (words := _like(rm, text)):
        yield t("Words that stand in provisions: {words}.", words=joined(words))
    elif text is not None and not helped:
        yield t("Try one word of it, in Chinese or English: --text 焦化 or --text coking finds provisions.")


def _like(rm: Regionmap, text: str) -> list[Text]:
    """Return names of industries and regions that are like a text, or like a word of it, and that find something."""
    names = {name: one.name for one in rm.industries() for name in (one.name.zh, one.name.en.casefold())}
    names |= {name: one.name for one in rm.regions() for name in (one.name.zh, one.name.en.casefold())}
    near = [
        name
        for word in (text, *text.split())
        for name in closest(word.casefold(), names, _MOST_SPELLINGS, _least(word))
    ]
    found = []
    for name in dict.fromkeys(names[one] for one in near):
        try:
            if rm.rules(name.zh):
                found.append(name)
        except InputError:
            continue
    return found[:_MOST_SPELLINGS]


def _least(word: str) -> float:
    """Return how like a name must be: of two Chinese characters, one is half of the word."""
    return _ALIKE if word.isascii() else _ALIKE_HAN
