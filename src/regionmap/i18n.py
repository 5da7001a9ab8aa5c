"""Words in Chinese and English from one gettext catalogue.

The English sentence in the code is the message id; ``locale/zh/LC_MESSAGES/regionmap.po`` holds the Chinese.
``make messages`` (``tools/messages.py``) collects new sentences, keeps the Chinese of edited ones for a look, and
compiles the catalogue.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from regionmap.model import Text

LANGUAGES = ("zh", "en")
DOMAIN = "regionmap"
LOCALE_DIR = Path(__file__).parent / "locale"


@lru_cache(maxsize=1)
def _chinese() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=["zh"], fallback=True)


def t(message: str, **values: object) -> Text:
    """Return a sentence in both languages.

    Args:
        message: the English sentence, written out where it is called: ``make messages`` finds it there. Until its
            Chinese is written, or looked at after an edit, both languages show the English.
        values: what ``{name}`` in it is filled with; a Text is filled in with its own words in each language.

    Raises:
        KeyError: a field has no value.
    """
    chinese = values.copy()
    for name, value in values.items():
        if isinstance(value, Text):
            chinese[name], values[name] = value.zh, value.en
    return Text(_chinese().gettext(message).format(**chinese), message.format(**values))


def joined(parts: list[Text] | tuple[Text, ...]) -> Text:
    """Join texts to a list: 、 in Chinese, commas in English."""
    return Text(zh="、".join(part.zh for part in parts), en=", ".join(part.en for part in parts))


def translator(language: str) -> Callable[..., str]:
    """Return a function that gives a message in one language, to be called ``_``."""

    def translate(message: str, **values: object) -> str:
        return t(message, **values)[language]

    return translate
