"""Tiles under a map, where the reader has set an address: without one, no map asks another machine for anything."""

from __future__ import annotations

import re

import folium

from regionmap.errors import InputError
from regionmap.output.escape import escaped


def tile_layers(setting: str) -> list[folium.TileLayer]:
    """Return the tile layers of the setting ``REGIONMAP_TILES``: an XYZ address, or a Tianditu key; none when empty.

    The tiles must be in WGS-84 or CGCS2000 (those of Tianditu are): tiles in GCJ-02 lie some hundred metres off.

    Raises:
        InputError: the setting is neither.
    """
    setting = setting.strip()
    if not setting:
        return []
    if re.fullmatch(r"[0-9a-fA-F]{32}", setting):
        return [
            folium.TileLayer(
                f"https://t0.tianditu.gov.cn/{name}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={name}"
                "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILECOL={x}&TILEROW={y}&TILEMATRIX={z}&tk=" + setting,
                attr="天地图",
                name=name,
            )
            for name in ("vec", "cva")
        ]
    if re.match(r"https?://", setting) and all(part in setting for part in ("{x}", "{y}", "{z}")):
        host = re.sub(r"^https?://([^/]*).*", r"\1", setting)
        return [folium.TileLayer(setting, attr=escaped(host), name="tiles")]
    raise InputError(
        "REGIONMAP_TILES must be an address with {x}, {y} and {z}, or a Tianditu key of 32 hex digits",
        x="{x}", y="{y}", z="{z}",
    )  # fmt: skip
