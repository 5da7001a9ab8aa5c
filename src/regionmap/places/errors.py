"""What can be wrong with a place: a class for each kind of input, and messages that say what would be right."""

from __future__ import annotations

from regionmap.errors import InputError


class UnknownPlaceError(InputError):
    """No administrative unit has this name or code. ``suggestions`` are adcodes of the nearest ones."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        """Keep the adcodes that the message offers."""
        self.suggestions = suggestions
        super().__init__(message)


class AmbiguousPlaceError(InputError):
    """Several units have this name. ``candidates`` are the adcodes of all of them."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        """Keep the adcodes of all units that the name may mean."""
        self.candidates = candidates
        super().__init__(message)


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
