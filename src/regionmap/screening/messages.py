"""What screening says: an id with fields, in both languages.

A reason travels in its row as ``id: {fields}`` until the file is written or the page shows it: only then is the
language chosen. The first word of an id, up to a dot, is the kind that rows and summaries carry (``ragged_row.sheet``
is of the kind ``ragged_row``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Self

import pyarrow as pa

from regionmap.errors import InputError
from regionmap.i18n import t
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


def kind_of(encoded: str) -> str:
    """Return the kind of a message by its id, or as it travels in a row; blank for none."""
    return encoded.partition(":")[0].partition(".")[0]


def decoded(encoded: str) -> Reason:
    """Return the reason that travelled in a row."""
    id_, _, fields = encoded.partition(": ")
    plain = json.loads(fields)
    return Reason(id_, {name: Text(**one) if isinstance(one, dict) else one for name, one in plain.items()})


def shown(encoded: str, language: str) -> str:
    """Return a reason as people read it; blank stays blank."""
    return decoded(encoded).shown(language) if encoded else ""


def with_reasons_shown(table: pa.Table, language: str) -> pa.Table:
    """Return judged rows with their reasons as people read them."""
    at = table.column_names.index("reason")
    coded = table.column(at).combine_chunks().dictionary_encode()
    words = pa.array([shown(one, language) for one in coded.dictionary.to_pylist()], pa.string())
    return table.set_column(at, "reason", words.take(coded.indices))


def listed(names: Sequence[str], most: int = LISTED) -> Text:
    """Return the names of columns or sheets for a sentence, short."""
    if not names:
        return t("no columns")
    words = ", ".join(f"'{name[:40]}'" for name in names[:most])
    if len(names) <= most:
        return Text(words.replace(", ", "、"), words)
    return t("{names} and {more} more", names=Text(words.replace(", ", "、"), words), more=f"{len(names) - most:,}")


class ScreeningError(InputError):
    """A file, a column or an option cannot be used. ``text`` says why in both languages."""

    def __init__(self, text: Text) -> None:
        """Keep what is wrong and what would be right."""
        super().__init__(text.en)
        self.text = text

    def __reduce__(self) -> tuple[type[ScreeningError], tuple[Text]]:
        """A copy for another process keeps both languages."""
        return ScreeningError, (self.text,)


def in_both(error: Exception) -> Text:
    """Return what an error says in both languages; in English alone where it knows no other."""
    text = getattr(error, "text", None)
    return text if isinstance(text, Text) else Text(str(error), str(error))
