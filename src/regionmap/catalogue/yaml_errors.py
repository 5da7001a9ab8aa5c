"""What a parser of YAML finds wrong, in sentences of our own: it speaks English alone, and of its own insides."""

from __future__ import annotations

import yaml

from regionmap.i18n import t
from regionmap.model import Text


def _(sentence: str) -> str:
    """Mark a sentence to be translated where it is used."""
    return sentence


_PARSER_SAYS = (
    ("',' or ", _("not YAML at column {column}: a bracket that opens before is not closed, or a comma is missing")),
    ("mapping values", _("not YAML at column {column}: this colon would begin a second field on the line; put the text "
                         "that holds it in quotes")),
    ("expected ':'", _("not YAML at column {column}: no colon follows; write a field and its value, "
                       "as in read: whole")),
    ("tab character", _("not YAML at column {column}: a tab stands here; indent with blanks")),
    ("start any token", _("not YAML at column {column}: no value begins with this character; put the text in quotes, "
                          "and indent with blanks")),
    ("end of stream", _("not YAML at column {column}: the text that begins here has no closing quote; add it")),
    ("escape", _("not YAML at column {column}: a backslash in double quotes; write it twice")),
    ("another document", _("not YAML at column {column}: a second document begins here; leave out the line ---")),
    ("undefined alias", _("not YAML at column {column}: aliases (*name) are not read; put the text in quotes, or write "
                          "the value out")),
    ("expected", _("not YAML at column {column}: this does not go on from what stands before; begin the fields of one "
                   "thing in the same column, and close quotes where the text ends")),
)  # fmt: skip
"""What the parser says, by a part of it, and what is to be done."""
_OTHERWISE = _("not YAML at column {column}: look at the indents, brackets, colons and quotes here")
_BEGINS = ("end of stream", "expected ':'")
"""Of these the parser notices the end; what is to be mended stands where it began."""


def no_yaml(error: yaml.MarkedYAMLError) -> tuple[int, Text]:
    """Return the line where something is to be mended, and what to do there."""
    says = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and any(part in says for part in _BEGINS):
        mark = error.context_mark
    sentence = next((told for part, told in _PARSER_SAYS if part in says), _OTHERWISE)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    return line, t(sentence, column=column)


def forbidden_character(text: str, at: int) -> tuple[int, Text]:
    """Return the line of a character that YAML does not allow, and what to do there."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return line, t("not YAML at column {column}: a control character stands here; leave it out", column=column)
