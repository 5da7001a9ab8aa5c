"""Words in Chinese and English from one gettext catalogue.

The English sentence in the code is the message id; ``locale/zh/LC_MESSAGES/regionmap.po`` holds the Chinese.
``make messages`` (``tools/messages.py``) collects new sentences, keeps the Chinese of edited ones for a look, and
compiles the catalogue.
"""

from __future__ import annotations

import gettext
import struct
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from regionmap.model import Text

LANGUAGES = ("zh", "en")
DOMAIN = "regionmap"
LOCALE_DIR = Path(__file__).parent / "locale"


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
    chinese, template = values.copy(), _chinese().gettext(message)
    for name, value in values.items():
        if isinstance(value, Text):
            chinese[name], values[name] = value.zh, value.en
            template = _closed_up(template, name, value.zh)
    return Text(template.format(**chinese), message.format(**values))


def as_written(message: str) -> Text:
    """Return a sentence that has no fields in both languages: braces in it stand for themselves."""
    return Text(_chinese().gettext(message), message)


def _closed_up(template: str, name: str, chinese: str) -> str:
    """Return a template without the blanks between a field that Chinese fills and Chinese: 该区域中, not 该区域 中."""
    if chinese and _is_wide(chinese[0]):
        before, field, after = template.partition(f" {{{name}}}")
        if field and before and _is_wide(before[-1]):
            template = f"{before}{{{name}}}{after}"
    if chinese and _is_wide(chinese[-1]):
        before, field, after = template.partition(f"{{{name}}} ")
        if field and after and _is_wide(after[0]):
            template = f"{before}{{{name}}}{after}"
    return template


def _is_wide(sign: str) -> bool:
    """Tell whether a sign is Chinese, or a full-width one: no blank stands beside these."""
    return "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"


def joined(parts: list[Text] | tuple[Text, ...]) -> Text:
    """Join texts to a list: 、 in Chinese, commas in English."""
    return Text(zh="、".join(part.zh for part in parts), en=", ".join(part.en for part in parts))


def translator(language: str) -> Callable[..., str]:
    """Return a function that gives a message in one language, to be called ``_``."""

    def translate(message: str, **values: object) -> str:
        return t(message, **values)[language]

    return translate
