"""Traditional characters to simplified ones, by OpenCC: for names that are not found as they were typed.

OpenCC reads words, not characters alone, and so keeps 乾安 and 乾县, which a table of characters makes 干安 and 干县.
It is imported only when such a name is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

# Forms of Hong Kong, and older ones of single places, that OpenCC leaves alone.
_MORE = str.maketrans("衞敍濬澂", "卫叙浚澄")


@cache
def _convert() -> Callable[[str], str]:
    from opencc import OpenCC  # late: 10 ms that most questions need not wait for

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Return a text with every traditional character replaced by the simplified one."""
    return _convert()(text).translate(_MORE)
