"""What can be wrong with a place: a class for each kind of input, and messages that say what would be right."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from regionmap.errors import InputError, UnknownNameError
from regionmap.model import Text


class UnknownPlaceError(InputError):
    """No administrative unit has this name or code."""

    def __init__(self, message: str | Text, suggestions: tuple[str, ...] = (), **values: object) -> None:
        """Keep the adcodes that the message offers."""
        super().__init__(message, **values)
        self._suggestions = suggestions

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The adcodes of the nearest units."""
        return self._suggestions


class RegionAsPlaceError(UnknownPlaceError):
    """A region (京津冀) is given for a place: it holds many, and what binds at them differs."""


class UnknownPlaceNameError(UnknownNameError, UnknownPlaceError):
    """No administrative unit has this name; the nearest ones are found when the message or they are asked for."""

    def __init__(self, plain: str, find: Callable[[], tuple[Text, tuple[str, ...]]], **values: object) -> None:
        """Keep what is wrong, and a function that finds what to offer: the rest of the message, and adcodes."""
        UnknownNameError.__init__(self, plain, lambda: self._found[0], **values)
        self._find = find

    @cached_property
    def _found(self) -> tuple[Text, tuple[str, ...]]:
        return self._find()

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The adcodes of the nearest units."""
        return self._found[1]


class AmbiguousPlaceError(InputError):
    """Several units have this name. ``candidates`` are the adcodes of all of them."""

    def __init__(self, message: str | Text, candidates: tuple[str, ...], **values: object) -> None:
        """Keep the adcodes of all units that the name may mean."""
        super().__init__(message, **values)
        self.candidates = candidates


class CoordinateError(InputError):
    """A longitude or a latitude cannot be used."""


class MissingCoordinateError(CoordinateError):
    """A longitude or a latitude is not given."""


class NotANumberError(CoordinateError):
    """A longitude or a latitude is no finite number of degrees."""


class OutOfRangeError(CoordinateError):
    """A longitude is beyond ±180° or a latitude beyond ±90°."""


class SwappedCoordinatesError(CoordinateError):
    """Longitude and latitude make a place in China only when they are exchanged."""


class OutsideChinaError(CoordinateError):
    """A point lies in no county."""


class AreaError(InputError):
    """A file holds no area that can be used."""
