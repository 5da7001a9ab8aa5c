"""Options that several commands share.

On click itself: what stands above it makes a schema of every option with pydantic first, a quarter of the time of a
short command.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from regionmap.model import Action
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
        """Return the member."""
        return self._read(value) if self._read is not None else self._members(super().convert(value, param, ctx))


PATH = click.Path(path_type=Path)

date_option = click.option("--date", help="a day, such as 2019-06-01; today without it")
json_option = click.option("--json", "as_json", is_flag=True, help="print the fixed JSON object")
full_option = click.option("--full", is_flag=True, help="print everything that the answer rests on")
industry_option = click.option("--industry", help="name, id or GB/T 4754-2017 code")
lang_option = click.option(
    "--lang",
    type=OneOf(Language),
    default="zh",
    show_default=True,
    envvar="REGIONMAP_LANG",
    show_envvar=True,
    help="language of the tables",
)
catalogue_option = click.option(
    "--catalogue", type=PATH, envvar="REGIONMAP_CATALOGUE", show_envvar=True, help="a folder of your own policy files"
)
action_option = click.option(
    "--action", type=OneOf(Action, parse_action), default="new", show_default=True, help="what you would do"
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
