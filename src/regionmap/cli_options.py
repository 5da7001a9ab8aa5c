"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from regionmap.model import Action


class Language(StrEnum):
    """Languages of what people read; ``--json`` always holds both."""

    ZH = "zh"
    EN = "en"


class DatumName(StrEnum):
    """Datums of coordinates."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


DateOption = Annotated[str | None, typer.Option("--date", help="YYYY-MM-DD; today without it")]
JsonOption = Annotated[bool, typer.Option("--json", help="print the fixed JSON object")]
IndustryOption = Annotated[str | None, typer.Option("--industry", help="name, id or GB/T 4754-2017 code")]
LangOption = Annotated[Language, typer.Option("--lang", envvar="REGIONMAP_LANG", help="language of the tables")]
CatalogueOption = Annotated[
    Path | None, typer.Option("--catalogue", envvar="REGIONMAP_CATALOGUE", help="a folder of your own policy files")
]
PlaceArgument = Annotated[str | None, typer.Argument(help="保定, 河北省保定市, Baoding or 130600", metavar="PLACE")]
LonOption = Annotated[str | None, typer.Option("--lon", help="longitude in degrees", metavar="X")]
LatOption = Annotated[str | None, typer.Option("--lat", help="latitude in degrees", metavar="Y")]
DatumOption = Annotated[DatumName, typer.Option("--datum", help="what the coordinates are given in")]
ActionOption = Annotated[Action, typer.Option("--action", help="what you would do")]
