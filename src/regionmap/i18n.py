"""Words in Chinese and English from one gettext catalogue.

The English sentence in the code is the message id; ``locale/zh/LC_MESSAGES/regionmap.po`` holds the Chinese.
``make messages`` (``tools/messages.py``) collects new sentences, keeps the Chinese of edited ones for a look, and
compiles the catalogue.
"""

from __future__ import annotations

import gettext
import re
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from regionmap.model import Text

LANGUAGES = ("zh", "en")
DOMAIN = "regionmap"
LOCALE_DIR = Path(__file__).parent / "locale"
_MOST_TEMPLATES = 4_096
"""Sentences that are kept as they stand before their fields are filled."""


@lru_cache(maxsize=1)
def _chinese() -> gettext.NullTranslations:
    try:
        return gettext.translation(DOMAIN, LOCALE_DIR, languages=["zh"])
    except (OSError, ValueError, LookupError, struct.error):
        # Sentences are asked for while modules load: what is wrong is told where the catalogue is, see ``is_whole``.
        return gettext.NullTranslations()


def is_whole() -> bool:
    """Return whether the Chinese words could be read; without them both languages are English."""
    return isinstance(_chinese(), gettext.GNUTranslations)


def t(message: str, **values: object) -> Text:
    """Return a sentence in both languages.

    Args:
        message: the English sentence, written out where it is called: ``make messages`` finds it there. Until its
            Chinese is written, or looked at after an edit, both languages show the English.
        values: what ``{name}`` in it is filled with; a Text is filled in with its own words in each language.

    Raises:
        KeyError: a field has no value.
    """
    if not values:
        return _unfilled(message)
    return _filled(_chinese().gettext(message), message, values)


@lru_cache(maxsize=_MOST_TEMPLATES)
def _unfilled(message: str) -> Text:
    return _filled(_chinese().gettext(message), message, {})


def tn(one: str, many: str, count: int, **values: object) -> Text:
    """Return a sentence that counts something, in both languages: 1 rule, 2 rules, 2 条规则.

    Args:
        one: the English sentence for one thing, written out where it is called, as in ``t``.
        many: the English sentence for none and for several.
        count: how many there are; it fills ``{count}``, with commas between the thousands.
        values: what the other fields are filled with, as in ``t``.

    Raises:
        KeyError: a field has no value.

    >>> tn("{count} rule", "{count} rules", 1).en, tn("{count} rule", "{count} rules", 1200).en
    ('1 rule', '1,200 rules')
    """
    values.setdefault("count", f"{count:,}")
    return _filled(_chinese().ngettext(one, many, count), one if count == 1 else many, values)


def _filled(template: str, message: str, values: dict[str, object]) -> Text:
    """Return a sentence with its fields filled: ``template`` is its Chinese, ``message`` its English."""
    chinese = values.copy()
    for name, value in values.items():
        if isinstance(value, Text):
            chinese[name], values[name] = value.zh, value.en
    return Text(_closed_up(template, chinese).format(**chinese), message.format(**values))


# What is no ASCII is looked at by ``_is_wide``: to compile classes of Chinese signs takes a tenth of a short command.
_AFTER_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) \{(\w+)\}")
_BEFORE_CHINESE = re.compile(r"\{(\w+)\} (?=[^\x00-\x7f])")
_SIDE_BY_SIDE = re.compile(r"\{(\w+)\} (?=\{(\w+)\})")


def _is_wide(sign: str) -> bool:
    """Tell whether a sign is Chinese, a full-width one or a quote: no blank stands beside these."""
    return "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef" or sign in ("“", "”")


def _closed_up(template: str, values: Mapping[str, object]) -> str:
    """Return a template without the blanks between Chinese and a field that Chinese fills: 该区域中, not 该区域 中."""
    if "} " not in template and " {" not in template:
        return template
    ends = [(name, value[:1], value[-1:]) for name, value in values.items() if isinstance(value, str)]
    starting = frozenset(name for name, first, _ in ends if _is_wide(first))
    return _closed(template, starting, frozenset(name for name, _, last in ends if _is_wide(last)))


@lru_cache(maxsize=_MOST_TEMPLATES)
def _closed(template: str, starting: frozenset[str], ending: frozenset[str]) -> str:
    """Close a template up for fields whose values begin, and end, with a sign that is wide."""
    starts, ends = starting.__contains__, ending.__contains__

    def after(found: re.Match[str]) -> str:
        closed = _is_wide(found.string[found.start() - 1]) and starts(found[1])
        return found[0].lstrip(" ") if closed else found[0]

    def before(found: re.Match[str]) -> str:
        closed = _is_wide(found.string[found.end()]) and ends(found[1])
        return found[0].rstrip(" ") if closed else found[0]

    if " {" in template:
        template = _AFTER_CHINESE.sub(after, template)
    if "} " in template:
        template = _BEFORE_CHINESE.sub(before, template)
        template = _SIDE_BY_SIDE.sub(
            lambda found: found[0].rstrip(" ") if ends(found[1]) and starts(found[2]) else found[0], template
        )
    return template


def as_written(message: str) -> Text:
    """Return a sentence that has no fields in both languages: braces in it stand for themselves."""
    if not message:  # Python leaves out docstrings when it is asked to: no words, not the catalogue's own head
        return Text("", "")
    return Text(_chinese().gettext(message), message)


def as_printed(words: str) -> Text:
    """Return words of a document or of a standard that nobody has put into English: there they stand in 「」.

    >>> as_printed("苏州工业园区").en
    '「苏州工业园区」'
    """
    return Text(words, f"「{words}」")


def label(name: Text) -> Text:
    """Return what an industry, a region, a list or an action is called, for the middle of a sentence.

    Labels begin with a capital letter; within an English sentence they stand as the names that they are, in quotes.

    >>> label(Text("钢铁", "Steel")).en
    '“Steel”'
    """
    return Text(name.zh, name.en if not name.en or name.en[0] in "「“" else f"“{name.en}”")


def joined(parts: Sequence[Text]) -> Text:
    """Join texts to a list: 、 in Chinese, commas in English."""
    return Text(zh="、".join(part.zh for part in parts), en=", ".join(part.en for part in parts))


def word_list(words: Iterable[str]) -> Text:
    """Join words that are the same in both languages to a list: options, endings of files, ids."""
    return joined([Text(word, word) for word in words])


def enumerated(parts: Sequence[Text], rest: int = 0) -> Text:
    """Join texts to a list that a sentence can be about: A, B and C; A, B and 11 more.

    Args:
        parts: what is named.
        rest: how many more there are.
    """
    if rest:
        return t("{names} and {rest} more", names=joined(parts), rest=f"{rest:,}")
    if len(parts) < 2:
        return joined(parts)
    return Text(joined(parts).zh, f"{joined(parts[:-1]).en} and {parts[-1].en}")


def translator(language: str) -> Callable[..., str]:
    """Return a function that gives a message in one language, to be called ``_``."""

    def translate(message: str, **values: object) -> str:
        return t(message, **values)[language]

    return translate
