"""Options that several commands share.

On click itself: what stands above it makes a schema of every option with pydantic first, a quarter of the time of a
short command.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from regionmap.errors import InputError
from regionmap.i18n import t, word_list
from regionmap.model import Action, Text
from regionmap.model.datum import Datum
from regionmap.rules.reading.arguments import parse_action, parse_datum

F = TypeVar("F", bound=Callable[..., Any])


class Language(StrEnum):
    """Languages of what people read; ``--json`` always holds both."""

    ZH = "zh"
    EN = "en"


class Layer(StrEnum):
    """What can be exported."""

    UNITS = "units"
    KEY_REGIONS = "key-regions"
    KEY_BASINS = "key-basins"
    RESTRICTED_CAPACITY = "restricted-capacity"
    PILOTS = "pilots"
    TRANSFER_DESTINATIONS = "transfer-destinations"


class Format(StrEnum):
    """File formats of an export."""

    GEOJSON = "geojson"
    GPKG = "gpkg"
    PARQUET = "parquet"
    CSV = "csv"
    KML = "kml"
    FLATGEOBUF = "flatgeobuf"
    XLSX = "xlsx"


class OneOf(click.Choice[str]):
    """A member of an enum, by its value, or by the words that a reader of arguments knows."""

    def __init__(self, members: type[StrEnum], read: Callable[[str], StrEnum] | None = None) -> None:
        """Offer all values of an enum; ``read`` raises an InputError for a word that it does not know."""
        super().__init__([one.value for one in members])
        self._members, self._read = members, read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the member.

        Raises:
            InputError: there is none.
        """
        if self._read is not None:
            return self._read(value)
        plain = str(value).strip().casefold()
        if plain not in self.choices:
            raise InputError(
                "{name} cannot be '{given}': choose from {choices}",
                name=_name(param), given=str(value)[:40], choices=word_list(self.choices),
            )  # fmt: skip
        return self._members(plain)


class Count(click.ParamType[int]):
    """A whole number in a range."""

    name = "number"

    def __init__(self, least: int = 1, most: int | None = None, *, such_as: int = 10) -> None:
        """Take the range, and an example for the message."""
        self._least, self._most, self._such_as = least, most, such_as

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number.

        Raises:
            InputError: it is none, or out of range.
        """
        text = str(value).strip()
        number = int(text) if text.isdecimal() and len(text) < 10 else -1
        if number >= self._least and (self._most is None or number <= self._most):
            return number
        up_to = Text("", "") if self._most is None else t(" to {most}", most=self._most)
        raise InputError(
            "{name} is a whole number from {least}{up_to}, and not '{given}': write for example {name} {example}",
            name=_name(param), least=self._least, up_to=up_to, given=text[:40], example=self._such_as,
        )  # fmt: skip


class Radius(click.ParamType[float]):
    """A distance: kilometres, or with its unit behind it. The value is in metres."""

    name = "distance"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the metres.

        Raises:
            InputError: it is no distance.
        """
        match = _DISTANCE.fullmatch(unicodedata.normalize("NFKC", str(value)).strip().casefold())
        if match is None:
            raise InputError(
                "the radius '{given}' is no distance: write kilometres, such as --radius 30 or --radius 30km, or "
                "--radius 500m",
                given=str(value)[:40],
            )
        return float(match["number"]) * (1 if match["unit"] in _METRES else 1000)


def given(*names: str) -> list[str]:
    """Return those of a command's parameters that stand on the command line, and are no defaults."""
    context = click.get_current_context()
    return [one for one in names if context.get_parameter_source(one) is ParameterSource.COMMANDLINE]


def _name(param: click.Parameter | None) -> str:
    """Return what an option or an argument is called: --format, LAYER."""
    if param is None:
        return ""
    return param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name


_METRES = frozenset({"m", "米"})
_DISTANCE = re.compile(r"(?P<number>[+-]?\d+(?:\.\d*)?|[+-]?\.\d+|nan|[+-]?inf)\s*(?P<unit>km|公里|千米|m|米)?")

PATH = click.Path(path_type=Path)

date_option = click.option("--date", help="a day, such as 2019-06-01; today without it")
json_option = click.option("--json", "as_json", is_flag=True, help="short for --format json: the fixed JSON object")
full_option = click.option("--full", is_flag=True, help="print everything that the answer rests on")
industry_option = click.option("--industry", help="name, id or GB/T 4754-2017 code")
lang_option = click.option(
    "--lang",
    type=OneOf(Language),
    default="zh",
    show_default=True,
    envvar="REGIONMAP_LANG",
    show_envvar=True,
    help="language of answers and errors",
)
catalogue_option = click.option(
    "--catalogue", type=PATH, envvar="REGIONMAP_CATALOGUE", show_envvar=True, help="a folder of your own policy files"
)
action_option = click.option(
    "--action",
    type=OneOf(Action, parse_action),
    default="new",
    show_default=True,
    help="what you would do: new, expand, replace, move_in or upgrade",
)
datum_option = click.option(
    "--datum",
    type=OneOf(Datum, parse_datum),
    default="wgs84",
    show_default=True,
    help="what the coordinates are given in",
)


def point_options(command: F) -> F:
    """Add --lon, --lat and --datum."""
    command = datum_option(command)
    command = click.option("--lat", help="latitude in degrees", metavar="Y")(command)
    return click.option("--lon", help="longitude in degrees", metavar="X")(command)
