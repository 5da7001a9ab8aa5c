"""Text for a map, whatever is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PLAIN = frozenset(" ,.;:!?%+=@()[]/-–—·…、，。；：！？（）《》〈〉「」『』〔〕【】“”‘’→↓↑≤≥～")


def escaped(value: object) -> str:
    """Return text that is safe in HTML, in an attribute and in a script: all but plain characters become entities."""
    return "".join(
        one if one.isalnum() or one in _PLAIN else f"&#{ord(one)};" for one in str(value) if one.isprintable()
    )


_CHINESE = re.compile("[\u3400-\u9fff（《「〔“][\u3400-\u9fff（）《》〈〉「」〔〕【】、，。：；？！—…“”0-9+]*")
"""A run of Chinese words with their signs and numbers: 工信部节〔2018〕136号."""
CHINESE_TAG = "zh-Hans"


def marked(value: object, language: str) -> str:
    """Return text as ``escaped`` does; in a page of another language, Chinese words say that they are Chinese.

    >>> marked("Baoding (保定)", "en")
    'Baoding (<span lang="zh-Hans">保定</span>)'
    """
    if language == "zh":
        return escaped(value)
    return "".join(
        f'<span lang="{CHINESE_TAG}">{escaped(words)}</span>' if is_chinese else escaped(words)
        for words, is_chinese in parts(str(value))
    )


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text in order, and whether each is Chinese."""
    end = 0
    for found in _CHINESE.finditer(text):
        if any("\u3400" <= sign <= "\u9fff" for sign in found[0]):
            yield text[end : found.start()], False
            yield found[0], True
            end = found.end()
    yield text[end:], False
