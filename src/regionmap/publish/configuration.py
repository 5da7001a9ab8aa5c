"""The configuration with which pygeoapi serves a published folder."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from regionmap.model import Text
from regionmap.publish.collections import Collection
from regionmap.publish.store import Store
from regionmap.resources import ATTRIBUTION
from regionmap.version import __version__

if TYPE_CHECKING:
    from regionmap.api import Regionmap

PROVIDER = "regionmap.publish.provider.LayerProvider"
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_CRS = [_CRS84, "http://www.opengis.net/def/crs/EPSG/0/4326", "http://www.opengis.net/def/crs/EPSG/0/4490"]
_CHINA = (73.0, 3.0, 136.0, 54.0)
# A page of rules that hold in the whole country repeats a shape of a megabyte in each of them.
_LIMITS = {"default_items": 10, "max_items": 500, "on_exceed": "throttle"}
_LIMITS_OF_RULES = {"default_items": 10, "max_items": 100, "on_exceed": "throttle"}
_TITLE = Text("中国产业区域政策图", "Industrial policy regions of China")
_LICENCE = "https://opensource.org/license/mit"
_KEYWORDS = {"zh": ["产业政策", "区域", "行政区划"], "en": ["industrial policy", "regions", "China"]}
# Tiles of one clear pixel: the pages ask no map server for anything.
_NO_TILES = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


def configuration(rm: Regionmap, url: str, resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the whole configuration.

    Args:
        rm: what the layers were made from.
        url: the address under which clients see the server.
        resources: the collections, see ``resource``.
    """
    as_of = rm.catalogue.as_of
    version = rm.catalogue.version
    about = Text(
        f"regionmap {__version__}，目录{version}，文件收集到{as_of}。界线：{ATTRIBUTION}。",
        f"regionmap {__version__}, catalogue {version}, documents up to {as_of}. Boundaries: {ATTRIBUTION}.",
    )
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": 5000},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": True,
            "languages": ["zh", "en"],
            "pretty_print": False,
            "limits": _LIMITS,
            "map": {"url": _NO_TILES, "attribution": ATTRIBUTION},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": _both(_TITLE),
                "description": _both(about),
                "keywords": _KEYWORDS,
                "keywords_type": "theme",
                "terms_of_service": _LICENCE,
                "url": url,
            },
            "license": {"name": "MIT", "url": _LICENCE},
            "provider": {"name": "regionmap", "url": url},
            "contact": {"name": "regionmap", "url": url},
        },
        "resources": resources,
    }


def resource(collection: Collection, store: Store, data: str) -> dict[str, Any]:
    """Return what the configuration says of a collection.

    Args:
        collection: what it is.
        store: its features.
        data: its file, from the folder of the configuration.
    """
    west, south, east, north = store.bounds() or _CHINA
    extents: dict[str, Any] = {
        "spatial": {
            "bbox": [_down(west), _down(south), -_down(-east), -_down(-north)],
            "crs": _CRS84,
        }
    }
    days = store.days()
    if days is not None:
        begin, end = days
        extents["temporal"] = {"begin": _moment(begin, dt.time.min), "end": _moment(end, dt.time(23, 59, 59))}
    limits = {"limits": _LIMITS_OF_RULES} if collection.layer == "restricted-capacity" else {}
    return {
        "type": "collection",
        "title": _both(collection.title),
        "description": _both(collection.meaning),
        "keywords": _KEYWORDS,
        "extents": extents,
        **limits,
        "links": [],
        "providers": [
            {
                "type": "feature",
                "name": PROVIDER,
                "data": data,
                "id_field": "id",
                "title_field": "name",
                "crs": _CRS,
                "storage_crs": _CRS84,
                # A filter on what is no column is refused by the provider; pygeoapi would pass over it.
                "include_extra_query_parameters": True,
            }
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _moment(day: dt.date | None, time: dt.time) -> dt.datetime | None:
    return dt.datetime.combine(day, time, dt.UTC) if day is not None else None


def _down(degrees: float) -> float:
    return math.floor(degrees * 1e4) / 1e4
