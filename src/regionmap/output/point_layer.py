"""A layer of many points for the screen: each by itself on a canvas, or counted by area in circles.

It goes over a map of ``regionmap.output.maps`` as a feature group, asks no other machine for anything, and escapes
every text. A circle shows how its rows are divided between the kinds, and opens its counts on hovering or tapping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import folium
from branca.element import MacroElement
from folium.template import Template

from regionmap.output.display import Bounds
from regionmap.output.escape import escaped
from regionmap.output.map_files import corners, script_json


@dataclass(frozen=True)
class Kind:
    """What a point may be: its words, with their sign, and its colour (#rrggbb)."""

    words: str
    colour: str


@dataclass(frozen=True)
class Point:
    """One row of a file at a point (degrees): number of its kind, of its row, and of its area's name."""

    lon: float
    lat: float
    kind: int
    row: int
    area: int


@dataclass(frozen=True)
class Circle:
    """The rows of an area at a point (degrees), counted by kind."""

    lon: float
    lat: float
    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PointLayer:
    """Points, and circles that are drawn at all scales or, where there are ``far`` ones, only at the larger scales.

    ``kinds`` stand gravest first: the gravest point is drawn on top. ``row_word`` goes before a row's number and
    ``rows_word`` before a count of rows.
    """

    name: str
    kinds: Sequence[Kind]
    points: Sequence[Point] = ()
    areas: Sequence[str] = ()
    circles: Sequence[Circle] = ()
    far: Sequence[Circle] = ()
    row_word: str = ""
    rows_word: str = ""
    view: Bounds | None = None


def point_group(layer: PointLayer) -> folium.FeatureGroup:
    """Return a layer as a feature group for a map that ``base_map`` made."""
    group = folium.FeatureGroup(name=layer.name)
    group.add_child(_Points(layer), name="points")
    return group


class _Points(MacroElement):
    """Markers on one canvas of the map, and circles with counts; the view moves only when it changes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        regionmap.points({{ this._parent.get_name() }}, {{ this.layer }});
        {% endmacro %}
        """
    )

    def __init__(self, layer: PointLayer) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Points"
        gravest_last = sorted(layer.points, key=lambda one: -one.kind)
        self.layer = script_json(
            {
                "kinds": [(escaped(one.words), _colour(one.colour)) for one in layer.kinds],
                "points": [(round(one.lon, 5), round(one.lat, 5), one.kind, one.row, one.area) for one in gravest_last],
                "areas": [escaped(one) for one in layer.areas],
                "circles": [_row(one) for one in layer.circles],
                "far": [_row(one) for one in layer.far],
                "rowWord": escaped(layer.row_word),
                "rowsWord": escaped(layer.rows_word),
                "view": corners(layer.view) if layer.view else None,
            }
        )


def _row(one: Circle) -> tuple[float, float, str, tuple[int, ...]]:
    return round(one.lon, 3), round(one.lat, 3), escaped(one.name), one.counts


def _colour(value: str) -> str:
    return value if len(value) == 7 and value[0] == "#" and value[1:].isalnum() else "#999999"
