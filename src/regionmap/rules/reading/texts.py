"""That what a caller gives for a word is text: numbers, bytes and other things are told apart from it."""

from __future__ import annotations

from regionmap.errors import InputError
from regionmap.model import Text


def require_text(value: object, word: Text, such_as: str | Text) -> None:
    """Make sure that a name is text: a number may have lost a zero, and other things name nothing.

    Args:
        value: what was given.
        word: what it is called in the message.
        such_as: an example of what would be right.

    Raises:
        InputError: it is no text.
    """
    if not isinstance(value, str):
        shown = str(value)[:40]
        raise InputError(
            "the {word} must be text, such as {such_as}, and not {type} ({given})",
            word=word, such_as=such_as, type=type(value).__name__, given=shown,
        )  # fmt: skip


def require_no_bytes(value: object, word: Text, such_as: str | Text) -> None:
    """Make sure that a value which need not be text is no bytes: b'2019-06-01' holds a date, and is none.

    Args:
        value: what was given.
        word: what it is called in the message.
        such_as: an example of what would be right.

    Raises:
        InputError: it is bytes.
    """
    if isinstance(value, bytes | bytearray):
        require_text(value, word, such_as)
