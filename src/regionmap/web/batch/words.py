"""What the engine says of a file and of a run, with the options of the command line called as the page calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from regionmap.i18n import t
from regionmap.model import Text
from regionmap.screening.messages import Message, in_both, warning
from regionmap.web.batch.columns import LABELS

ENCODING = t("Encoding of the file")
DATUM = t("Datum of the coordinates")
INDUSTRY = t("Industry (name or GB/T 4754 code)")
_OPTIONS: Mapping[str, Text] = {
    **{f"--{role}-column": label for role, label in LABELS.items()},
    "--industry": INDUSTRY,
    "--encoding": ENCODING,
    "--datum": DATUM,
}


def in_words(said: Message | Exception | Text) -> Text:
    """Return a note, a warning or an error of the engine in the words of the page."""
    text = said if isinstance(said, Text) else said.text if isinstance(said, Message) else in_both(said)
    return Text(*(_in_labels(text[language], language) for language in ("zh", "en")))


def hinted(column: str, hint: str, datum: str) -> Text:
    """Return that the name of a column speaks of another datum than the chosen one."""
    return in_words(warning("hint", column=column, hint=hint, datum=datum))


def _in_labels(said: str, language: str) -> str:
    """Return a sentence with the options of the command line called as on the page."""
    for option, label in _OPTIONS.items():
        said = re.sub(rf"{option}(?![\w-])", f"“{label[language]}”", said)
    return said
