"""Traditional characters to simplified ones, by OpenCC: for names that are not found as they were typed.

OpenCC reads words, not characters alone, and so keeps 乾安 and 乾县, which a table of characters makes 干安 and 干县.
It is imported only when such a name is typed: a text of the 6,763 characters of GB 2312 is simplified already, but
for sixteen of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

# Forms of Hong Kong, and older ones of single places, that OpenCC leaves alone.
_MORE = str.maketrans("衞敍濬澂", "卫叙浚澄")
_TRADITIONAL_IN_GB2312 = frozenset("乾菸薹拚捱摺吒後徵夥榘於袷麴醣麽")


@cache
def _convert() -> Callable[[str], str]:
    from opencc import OpenCC  # late: 10 ms that most questions need not wait for

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Return a text with every traditional character replaced by the simplified one.

    What is no text stays as it is, since OpenCC takes none: a byte of a command line that is not UTF-8.
    """
    return text if _is_simplified(text) or not _is_text(text) else _convert()(text).translate(_MORE)


def _is_simplified(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return _TRADITIONAL_IN_GB2312.isdisjoint(text)


def _is_text(text: str) -> bool:
    return not any("\ud800" <= one <= "\udfff" for one in text)
