"""What a click marks on the map: the point, the outline of the place, and the names around it.

They go to the browser apart from the map, whose message then stays what it was and is not sent again.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from regionmap.errors import InputError
from regionmap.output import display
from regionmap.output.escape import escaped
from regionmap.places.datum import Datum, to_wgs84
from regionmap.rules.verdict.answers import PlaceAnswer
from regionmap.web import service, state
from regionmap.web.parts import names, shapes

MAP = "rm-marked"
"""The key of the container with the map that is marked, by which the scripts know it."""
_component = st.components.v2.component(
    "regionmap.marked", js=Path(__file__).with_name("marked.js").read_text(encoding="utf-8")
)


def show(point: tuple[float, float, str] | None, found: PlaceAnswer | InputError | None, language: str) -> None:
    """Mark a point (longitude, latitude, datum) and the place that was found for it, or by its name."""
    rm = service.loaded()
    data: dict[str, object] = {}
    if point is not None:
        data["point"] = [round(float(one), 5) for one in to_wgs84(point[0], point[1], Datum(point[2]))]
    if isinstance(found, PlaceAnswer):
        code = shapes.drawn_code(rm, found.place.code, found.date)
        data["chosen"] = display.shape_on(code, found.date)
        if state.show() in {state.Show.RULES, state.Show.PILOTS}:
            labels, instead = names.around(rm, code, language, found.date)
            data["labels"] = [(one.lon, one.lat, escaped(one.text)) for one in labels]
            data["instead"] = instead
    with st.container(key="rm-script-marked"):
        _component(key="marked", data=data)
