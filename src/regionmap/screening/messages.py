"""What screening says: an id with fields, in both languages.

A reason travels in its row as ``id: {fields}`` until the file is written or the page shows it: only then is the
language chosen. The first word of an id, up to a dot, is the kind that rows and summaries carry (``ragged_row.sheet``
is of the kind ``ragged_row``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Self

import pyarrow as pa

from regionmap.errors import InputError, RegionmapError
from regionmap.i18n import joined, t
from regionmap.model import Text
from regionmap.screening.sentences import SENTENCES

LISTED = 12
"""Names that a sentence lists before it says how many more there are."""


class Message(str):
    """An English sentence that knows its id and its fields, and so its Chinese.

    ``fields`` are what fills the sentence of ``SENTENCES``: words, numbers, or words in both languages.
    """

    id: str
    fields: Mapping[str, Any]

    def __new__(cls, id_: str, fields: Mapping[str, Any]) -> Self:
        """Make the sentence of an id."""
        self = super().__new__(cls, t(SENTENCES[id_], **fields).en)
        self.id, self.fields = id_, fields
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy for another process keeps id and fields."""
        return type(self), (self.id, self.fields)

    @property
    def kind(self) -> str:
        """The word that rows and summaries carry."""
        return kind_of(self.id)

    @property
    def text(self) -> Text:
        """The sentence in both languages."""
        return t(SENTENCES[self.id], **self.fields)


class Reason(Message):
    """Why a row cannot be judged, as people read it: ``kind: sentence``."""

    def __new__(cls, id_: str, fields: Mapping[str, Any]) -> Self:
        """Make the reason of an id."""
        sentence = t(SENTENCES[id_], **fields)
        self = str.__new__(cls, f"{kind_of(id_)}: {sentence.en}")
        self.id, self.fields = id_, fields
        return self

    def shown(self, language: str) -> str:
        """Return it in a language."""
        return f"{self.kind}: {self.text[language]}"


def note(id_: str, **fields: Any) -> Message:
    """Return what was found out about a file."""
    return Message(f"note_{id_}", fields)


def warning(id_: str, **fields: Any) -> Message:
    """Return what the user of a run should look at."""
    return Message(f"warning_{id_}", fields)


def reason(id_: str, **fields: Any) -> str:
    """Return why a row cannot be judged, as it travels in the row."""
    plain = {name: {"zh": one.zh, "en": one.en} if isinstance(one, Text) else one for name, one in fields.items()}
    return f"{id_}: {json.dumps(plain, ensure_ascii=False)}"


def plain_reason(id_: str, **fields: str) -> str:
    """Return ``reason`` for fields that JSON writes as they are: numbers of a file full of points at sea."""
    pairs = ", ".join([f'"{name}": "{one}"' for name, one in fields.items()])
    return f"{id_}: {{{pairs}}}"


def kind_of(encoded: str) -> str:
    """Return the kind of a message by its id, or as it travels in a row; blank for none."""
    return encoded.partition(":")[0].partition(".")[0]


def decoded(encoded: str) -> Reason:
    """Return the reason that travelled in a row."""
    id_, _, fields = encoded.partition(": ")
    return Reason(id_, _fields(json.loads(fields)))


def _fields(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Text(**one) if isinstance(one, dict) else one for name, one in plain.items()}


def shown(reasons: list[str], language: str) -> list[str]:
    """Return reasons, as they travel in rows, as people read them; blank stays blank."""
    parts = [one.partition(": ") for one in reasons]
    fields = json.loads(f"[{','.join(fields or '{}' for _, _, fields in parts)}]")  # one call for all is far quicker
    return [
        f"{kind_of(id_)}: {_sentence(id_, tuple(plain), language).format_map(_words(plain, language))}" if id_ else ""
        for (id_, _, _), plain in zip(parts, fields, strict=True)
    ]


@lru_cache(maxsize=1024)
def _sentence(id_: str, fields: tuple[str, ...], language: str) -> str:
    """Return the sentence of an id in a language, with its fields still to be filled."""
    return t(SENTENCES[id_], **{name: f"{{{name}}}" for name in fields})[language]


def _words(fields: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {name: one[language] if isinstance(one, dict) else one for name, one in fields.items()}


def with_reasons_shown(table: pa.Table, language: str, *, coded: bool = False) -> pa.Table:
    """Return judged rows with their reasons as people read them.

    Args:
        table: judged rows.
        language: of the reasons.
        coded: leave the columns as they are in which each distinct text is held once; else all are plain texts.
    """
    at = table.column_names.index("reason")
    column = table.column(at).combine_chunks()
    reasons = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    words = pa.array(shown(reasons.dictionary.to_pylist(), language), pa.string())
    table = table.set_column(at, "reason", words.take(reasons.indices))
    return table if coded else decoded_table(table)


def decoded_table(table: pa.Table) -> pa.Table:
    """Return a table without columns in which each distinct text is held once."""
    kinds = [one.type.value_type if pa.types.is_dictionary(one.type) else one.type for one in table.schema]
    return table.cast(pa.schema([one.with_type(kind) for one, kind in zip(table.schema, kinds, strict=True)]))


def listed(names: Sequence[str], most: int = LISTED) -> Text:
    """Return the names of columns or sheets for a sentence, short."""
    if not names:
        return t("no columns")
    words = joined([Text(f"“{name[:40]}”", f"'{name[:40]}'") for name in names[:most]])
    if len(names) <= most:
        return words
    return t("{names} and {more} more", names=words, more=f"{len(names) - most:,}")


class ScreeningError(InputError):
    """A file, a column or an option cannot be used."""


class NoPlaceColumnError(ScreeningError):
    """No column says where the sites are.

    Attributes:
        names: the columns that there are.
        headless: one of them is called by a number, so that the first line seems to hold values.
    """

    def __init__(
        self, message: str | Text = "", *, names: Sequence[str] = (), headless: bool = False, **values: object
    ) -> None:
        """Take the message, the columns, and what the message holds beside them."""
        super().__init__(message, names=listed(names), **values)
        self.names = tuple(names)
        self.headless = headless


def in_both(error: Exception) -> Text:
    """Return what an error says in both languages; in English alone where it knows no other."""
    return error.text if isinstance(error, RegionmapError) else Text(str(error), str(error))
