"""The collections of a published folder: which layers, for which dates and industries, under which titles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionmap.model import Text
from regionmap.output.layers.build import make_layer

if TYPE_CHECKING:
    import geopandas as gpd

    from regionmap.api import Regionmap

_TITLES = {
    "units": Text("行政区划单位", "Administrative units"),
    "key-regions": Text("重点区域", "Key regions"),
    "key-basins": Text("重点流域", "Key basins"),
    "restricted-capacity": Text("限制产能的规定", "Rules that restrict capacity"),
    "pilots": Text("试点", "Pilots"),
    "transfer-destinations": Text("承接产业转移的地方", "Destinations of industrial transfer"),
}
_MEANINGS = {
    "units": Text(
        "省、地、县三级行政区划单位的真实界线。", "Provinces, prefectures and counties with their true boundaries."
    ),
    "key-regions": Text(
        "各期名单中的重点区域，按单位，附名单的起止日期。",
        "Key regions of all lists, unit by unit, with the days on which a list is in use.",
    ),
    "key-basins": Text(
        "各期名单中的重点流域，按单位，附名单的起止日期。",
        "Key basins of all lists, unit by unit, with the days on which a list is in use.",
    ),
    "restricted-capacity": Text(
        "限制产能的规定，按规定和单位，附文号、条目、原文和起止日期。",
        "Rules that restrict capacity, by rule and unit, with document, item, words and days in force.",
    ),
    "pilots": Text("各批次试点名单上的地方，附起止日期。", "Places on the lists of pilot programmes, with days."),
    "transfer-destinations": Text(
        "文件点名的或按类型引导该行业去的地方，附文号、条目、原文。",
        "Places that documents guide the industry to, by name or by class of area, with document, item, words.",
    ),
}


@dataclass(frozen=True)
class Collection:
    """One collection: its id, the layer that it holds, what it is called, and how it is made."""

    id: str
    layer: str
    title: Text
    meaning: Text
    make: Callable[[], gpd.GeoDataFrame]


def collections(rm: Regionmap, days: Sequence[dt.date], industries: Sequence[str]) -> Iterator[Collection]:
    """Yield the collections of a folder.

    Layers that have a history come with all of it. Destinations have none: there is a collection for each industry and
    day; and for each industry the rules that reach it.

    Args:
        rm: what the layers are made from.
        days: the days of the destinations.
        industries: names, ids or codes of industries.

    Raises:
        InputError: an industry is unknown.
    """
    for layer in ("units", "key-regions", "key-basins", "restricted-capacity", "pilots"):
        yield _collection(rm, layer, layer, days[0], None)
    subjects = {_slug(rm, one): one for one in industries}
    for slug, industry in subjects.items():
        yield _collection(rm, f"restricted-capacity-{slug}", "restricted-capacity", days[0], industry)
        for day in dict.fromkeys(days):
            name = f"transfer-destinations-{slug}-{day.isoformat()}"
            yield _collection(rm, name, "transfer-destinations", day, industry, day)


def _collection(
    rm: Regionmap, name: str, layer: str, on: dt.date, industry: str | None, shown: dt.date | None = None
) -> Collection:
    title = _TITLES[layer]
    if industry is not None:
        subject = rm.subject(industry).name
        title = Text(f"{title.zh}：{subject.zh}", f"{title.en}: {subject.en}")
    if shown is not None:
        title = Text(f"{title.zh}（{shown}）", f"{title.en} ({shown})")
    history = layer not in {"units", "transfer-destinations"}
    return Collection(
        name, layer, title, _MEANINGS[layer], lambda: make_layer(rm, layer, on, industry, history=history)
    )


def _slug(rm: Regionmap, industry: str) -> str:
    """An industry as a part of an address: its id, and the code where a code was asked for."""
    subject = rm.subject(industry)
    return f"{subject.id}-{subject.code}" if subject.code is not None else subject.id
