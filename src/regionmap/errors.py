"""Every error that regionmap raises on purpose: one base, children that subclass the nearest built-in.

A message is one clear line: what is wrong, and what would be right. It is an English sentence with fields; its Chinese
stands in the gettext catalogue. Where it advises an argument, the argument is called as the reader gives it: in Python,
on the command line or on a page.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib.util import find_spec
from typing import Self

from regionmap.i18n import t
from regionmap.model import Text
from regionmap.printable import one_line

_PLAIN_TYPES = (bool, int, float, str, bytes, list, tuple, set)
_LONGEST_VALUE = 40
"""Characters of a value that a message repeats."""


class Surface(StrEnum):
    """Where a message is read, and so how it calls the arguments that it advises."""

    PYTHON = "python"
    COMMAND = "command"
    PAGE = "page"


@dataclass(frozen=True)
class Argument:
    """An argument that a message advises: ``industry=`` in Python, ``--industry`` on the command line.

    Attributes:
        name: the argument in Python.
        value: an example of what it may be, as one would type it.
        option: the option, where it is not called as the argument is.
        python: what to write in Python, where it is not ``name=value``.
    """

    name: str
    value: str = ""
    option: str = ""
    python: str = ""

    def called(self, surface: Surface) -> Text:
        """Return the words for it, in both languages."""
        if surface is Surface.PYTHON:
            value = self.value if not self.value or _is_number(self.value) else repr(self.value)
            words = self.python or f"{self.name}={value}"
            return Text(words, words)
        if surface is Surface.COMMAND:
            option = self.option or f"--{self.name.replace('_', '-')}"
            words = f"{option} {self.value}".strip()
            return Text(words, words)
        label = _labels().get(self.name, Text(self.name, self.name))
        return Text(f"{label.zh} {self.value}".strip(), f"{label.en} {self.value}".strip())


class RegionmapError(Exception):
    """Base of all errors that a user can cause and mend. ``str`` is its message in English, ``text`` in both languages.

    >>> import regionmap
    >>> try:
    ...     regionmap.load().check("保定市", industry="")
    ... except regionmap.RegionmapError as error:
    ...     print(error)
    no industry given: name one, such as 钢铁, steel or the GB/T 4754 code 3110
    """

    def __init__(self, message: str | Text = "", **values: object) -> None:
        """Keep a sentence and what fills its fields.

        Args:
            message: an English sentence, written out where the error is raised (``make messages`` finds it there), or
                a text in both languages.
            values: what ``{name}`` in it is filled with; a Text with its own words in each language, an Argument with
                what the reader calls it.
        """
        super().__init__(message)
        self.message = message
        self.values = values

    def told(self, surface: Surface) -> Text:
        """Return the whole message in both languages, for who reads it there: one line that any terminal shows."""
        words = self._words(surface)
        return Text(one_line(words.zh), one_line(words.en))

    def _words(self, surface: Surface) -> Text:
        """Return the message with what was given as it was given."""
        if isinstance(self.message, Text):
            return self.message
        if not self.values:
            return t(self.message.replace("{", "{{").replace("}", "}}"))
        given = {
            name: value.called(surface) if isinstance(value, Argument) else value for name, value in self.values.items()
        }
        return t(self.message, **given)

    @property
    def text(self) -> Text:
        """The whole message in both languages, with the options of the command line."""
        return self.told(Surface.COMMAND)

    def __str__(self) -> str:
        """Return the whole message in English, with the arguments of Python."""
        return self.told(Surface.PYTHON).en

    def __repr__(self) -> str:
        """Return class and message."""
        return f"{type(self).__name__}({str(self)!r})"


class InputError(RegionmapError, ValueError):
    """An argument cannot be used: unknown, ambiguous, malformed or out of range.

    >>> import regionmap
    >>> try:
    ...     regionmap.load().check("保定市", industry="钢铁", on="yesterday")
    ... except regionmap.InputError as error:
    ...     print(error)
    'yesterday' is not a date: write YYYY-MM-DD, such as 2019-06-01
    """


class UnknownNameError(InputError):
    """Nothing has this name. What is near it is looked for only when the message is read: that takes a while."""

    def __init__(self, plain: str, offer: Callable[[], Text], **values: object) -> None:
        """Keep what is wrong, as the beginning of a sentence, and a function that says what would be right."""
        InputError.__init__(self, plain, **values)
        self._find_offer = offer

    @cached_property
    def offer(self) -> Text:
        """The rest of the message: what would be right."""
        return self._find_offer()

    @property
    def plain(self) -> Text:
        """The beginning of the message: what is wrong."""
        return super()._words(Surface.PYTHON)

    def _words(self, surface: Surface) -> Text:
        plain = super()._words(surface)
        return Text(plain.zh + self.offer.zh, plain.en + self.offer.en)

    def __reduce__(self) -> tuple[type[InputError], tuple[Text]]:
        """A copy for another process is a plain error with the whole message."""
        return InputError, (self.text,)


class AmbiguousIndustryError(InputError):
    """A word may mean several industries. ``choices`` are ids or codes; ``ask`` is the question that parts them."""

    def __init__(self, message: str, choices: tuple[str, ...], ask: Text | None = None, **values: object) -> None:
        """Keep the choices and the question."""
        super().__init__(message, **values)
        self.choices = choices
        self.ask = ask

    def __reduce__(self) -> tuple[type[InputError], tuple[Text]]:
        """A copy for another process is a plain error with the whole message."""
        return InputError, (self.text,)


class Problem(str):
    """What is wrong with a file, in one line: an English text that knows its Chinese."""

    text: Text

    def __new__(cls, text: Text) -> Self:
        """Keep both languages."""
        self = super().__new__(cls, text.en)
        self.text = text
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[Text]]:
        """A copy for another process keeps both."""
        return type(self), (self.text,)


class CatalogueError(RegionmapError, ValueError):
    """Files of the catalogue do not hold. ``problems`` lists every one of them.

    >>> import pathlib, tempfile
    >>> import regionmap
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (pathlib.Path(folder) / "sources").mkdir()
    ...     _ = (pathlib.Path(folder) / "sources" / "x.yaml").write_text("id: x")
    ...     try:
    ...         regionmap.load(folder)
    ...     except regionmap.CatalogueError as error:
    ...         print(len(error.problems) > 0)
    True
    """

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep the list of problems, each with file, line, field, what is wrong and what would be right."""
        self.problems = list(problems)
        super().__init__(Text("\n".join(self.lines("zh")), "\n".join(self.problems)))

    def lines(self, language: str) -> list[str]:
        """Return the problems in a language, each on one line."""
        return [one_line(one.text[language] if isinstance(one, Problem) else one) for one in self.problems]

    def told(self, surface: Surface) -> Text:
        """Return the problems, each on a line of its own."""
        return Text("\n".join(self.lines("zh")), "\n".join(self.lines("en")))

    def __reduce__(self) -> tuple[type[CatalogueError], tuple[list[str]]]:
        """A copy for another process keeps the problems."""
        return CatalogueError, (self.problems,)


class MissingExtraError(RegionmapError, ImportError):
    """A package of an optional extra is not installed. The message names the extra.

    >>> import regionmap
    >>> str(regionmap.MissingExtraError.of("an app", "app"))
    "an app needs packages that are not installed: pip install 'regionmap[app]'"
    """

    @classmethod
    def of(cls, what: str | Text, extra: str) -> MissingExtraError:
        """Return the error for something that needs an extra: both are named in one line."""
        return cls(
            t(
                "{what} needs packages that are not installed: pip install '{extra}'",
                what=what,
                extra=f"regionmap[{extra}]",
            )
        )

    @classmethod
    def require(cls, module: str, what: str | Text, extra: str) -> None:
        """Make sure that a package of an extra is there.

        Args:
            module: what would be imported.
            what: what needs it, as the beginning of a sentence.
            extra: the extra that brings it.

        Raises:
            MissingExtraError: it is not installed.
        """
        if find_spec(module) is None:
            raise cls.of(what, extra)


def called(value: object) -> Text:
    """Return what a message calls something of a wrong type: a short value by itself, else by its kind.

    >>> called(5).en, called([1, 2]).en, called(object()).en
    ('5', '[1, 2]', 'this object')
    """
    if isinstance(value, _PLAIN_TYPES) or value is None:
        words = one_line(repr(value))
        if len(words) <= _LONGEST_VALUE:
            return Text(words, words)
    return t("this {type}", type=type(value).__name__)


def why(error: OSError) -> Text:
    """Return what the system says of a file, in both languages for what happens to users."""
    known = {
        errno.ENOENT: t("there is no such file or folder"),
        errno.EACCES: t("no permission"),
        errno.EPERM: t("no permission"),
        errno.EROFS: t("the disk is read-only"),
        errno.ENOSPC: t("the disk is full"),
        errno.EISDIR: t("it is a folder"),
        errno.ENOTDIR: t("a part of its path is no folder"),
        errno.ENAMETOOLONG: t("its name is too long"),
        errno.ELOOP: t("it is a link that leads back to itself"),
        errno.EMFILE: t("this process has too many files open"),
        errno.EIO: t("the disk cannot be read"),
        errno.EADDRINUSE: t("another program uses it"),
    }
    words = error.strerror or " ".join(str(error).split())
    return known.get(error.errno or 0, Text(words, words))


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _labels() -> dict[str, Text]:
    """What pages call the arguments that messages advise."""
    return {
        "place": t("place"),
        "lon": t("longitude"),
        "lat": t("latitude"),
        "datum": t("datum"),
        "area": t("area"),
        "radius_m": t("radius"),
        "industry": t("industry"),
        "on": t("date"),
    }
