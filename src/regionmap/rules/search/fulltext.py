"""Full-text search over provisions in Chinese and English, with SQLite's FTS5.

FTS5 has no words of Chinese: every Chinese character is indexed as a word of its own, and what a person types is
searched as a phrase of characters, so that 错峰 finds 错峰生产 and not 错…峰. English words are stemmed (porter), so
that "replacement" finds "replaced".
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
import weakref
from collections.abc import Iterator

from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Provision
from regionmap.words import EFFECTS

_WORD = re.compile(r"[㐀-鿿]+|[0-9a-z]+")
# Words that decide more stand before words that decide less: document, quote, summary, names of industries and places.
_WEIGHTS = (4.0, 6.0, 5.0, 3.0)


class FullText:
    """An index of all provisions of a catalogue, in memory; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Index every provision: document, item, quote, summary, effect, industries, regions and places."""
        self._lock = threading.Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._base.close)  # or Python 3.13 warns of it
        self._base.execute(
            "create virtual table rules using fts5(id unindexed, document, words, summary, names, tokenize='porter')"
        )
        rows = ((one.id, *map(_spaced, _fields(catalogue, one))) for one in catalogue.provisions)
        self._base.executemany("insert into rules values (?, ?, ?, ?, ?)", rows)

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the provisions that hold every word of ``text``, the best first; empty for no words.

        Args:
            text: words in Chinese or English; an English word also finds words that begin with it.
        """
        query = " AND ".join(_phrases(text))
        if not query:
            return ()
        with self._lock:
            found = self._base.execute(
                "select id from rules where rules match ? order by bm25(rules, 0, ?, ?, ?, ?), rowid",
                (query, *_WEIGHTS),
            ).fetchall()
        return tuple(row[0] for row in found)


def _fields(catalogue: Catalogue, one: Provision) -> tuple[str, str, str, str]:
    source = catalogue.source_of(one)
    industries = [catalogue.industries[name] for name in one.industries]
    names = [word for item in industries for word in (item.name.zh, item.name.en, *item.aliases)]
    for name in one.where.regions:
        names += [catalogue.regions[name].name.zh, catalogue.regions[name].name.en]
    names += [place.printed for place in one.where.places]
    if one.where.undefined is not None:
        names += [one.where.undefined.zh, one.where.undefined.en]
    headings = {item.item: item.heading for item in source.items}
    document = (source.title.zh, source.title.en, source.number, one.id, one.item, headings.get(one.item, ""))
    effect = EFFECTS[one.effect]
    return (
        " ".join(document),
        one.quote,
        f"{one.summary.zh} {one.summary.en} {effect.zh} {effect.en}",
        " ".join(names),
    )


def _spaced(text: str) -> str:
    """Return the text as words of the index, separated by spaces."""
    return " ".join(piece for word in _words(text) for piece in (word if word[0] > "㏿" else [word]))


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in _WORD.finditer(unicodedata.normalize("NFKC", text).casefold()))


def _phrases(text: str) -> list[str]:
    """Return a quoted phrase for each word that was typed; an English word finds words that begin with it as well."""
    phrases = []
    for typed in text.split():
        pieces = _spaced(typed)
        if pieces:
            prefix = " *" if pieces[-1].isascii() and pieces[-1].isalpha() else ""
            phrases.append(f'"{pieces}"{prefix}')
    return phrases
