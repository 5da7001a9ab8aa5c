"""The one thin function that calls st_folium, and the files that its maps need.

A component declared with the folder of ``map_files`` as ``path`` makes Streamlit hand the files out, beside
streamlit-folium's own page. Leaflet among them comes from the package XStatic-Leaflet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import folium
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from regionmap.i18n import t, word_list
from regionmap.model import Text
from regionmap.output import map_files
from regionmap.output.maps import FILES_COMPONENT

_component = components.declare_component("files", path=str(map_files.folder()))


def missing_files() -> Text | None:
    """Return what keeps the map from being drawn, None when everything is there.

    Without Leaflet the map stays blank and says nothing, so the page says it.
    """
    missing = map_files.missing()
    if missing:
        return t(
            "The map cannot be drawn: {files} of the package XStatic-Leaflet is missing. Install it again; everything "
            "else on this page works.",
            files=word_list(missing),
        )
    if _component.name != FILES_COMPONENT:
        return t("The map cannot be drawn: Leaflet is served as {name}, not where the map looks.", name=_component.name)
    return None


def show_map(
    base: folium.Map,
    groups: Sequence[folium.FeatureGroup],
    *,
    key: str,
    height: int,
    on_click: Callable[[tuple[float, float]], None] | None = None,
) -> tuple[float, float] | None:
    """Draw a map, and return longitude and latitude of the last click (degrees), None before the first.

    The same click is returned again on every run of the page until there is another.

    Args:
        base: the map of the page.
        groups: what is drawn on it.
        key: tells this map from others.
        height: in pixels.
        on_click: called with a new click before the page is run for it, so that it need not be run twice; without it
            the map is only to be looked at, and a click runs nothing.
    """

    def clicked() -> None:
        new = _click(st.session_state.get(key))
        if new is not None and on_click is not None:
            on_click(new)

    returned: dict[str, Any] = st_folium(
        base,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["last_clicked"] if on_click is not None else [],
        feature_group_to_add=list(groups),
        wrap_longitude=True,
        on_change=clicked if on_click is not None else None,
    )
    return _click(returned)


def _click(returned: dict[str, Any] | None) -> tuple[float, float] | None:
    clicked = (returned or {}).get("last_clicked")
    return (clicked["lng"], clicked["lat"]) if clicked else None
