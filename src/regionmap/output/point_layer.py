"""A layer of many points for the screen: each by itself on a canvas, or counted by area in circles.

It goes over a map of ``regionmap.output.maps`` as a feature group, asks no other machine for anything, and escapes
every text. A circle shows how its rows are divided between the kinds, and opens its counts on hovering or tapping.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import folium
from branca.element import MacroElement
from folium.template import Template

from regionmap.output.display import Bounds
from regionmap.output.escape import escaped
from regionmap.output.maps import CHINA


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


_SHEET = """<style id="rmshare">
.rmshare i { position: absolute; inset: 0; border-radius: 50%; border: 1px solid #36434d; }
.rmshare b { position: absolute; inset: 20%; border-radius: 50%; background: #fff; color: #1d2730; display: grid;
  place-items: center; font: 600 9.5px/1 sans-serif; }
</style>"""


class _Points(MacroElement):
    """Markers on one canvas of the map, and circles with counts; the view moves only when it changes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (group) {
            var kinds = {{ this.kinds }}, points = {{ this.points }}, areas = {{ this.areas }};
            var near = {{ this.circles }}, far = {{ this.far }}, rowWord = {{ this.row_word }};
            var rowsWord = {{ this.rows_word }}, view = {{ this.view }}, nearZoom = 5.25;
            if (!document.getElementById("rmshare")) {
                document.head.insertAdjacentHTML("beforeend", {{ this.sheet }});
            }
            function draw(map, one) {
                return L.circleMarker([one[1], one[0]], {renderer: map.regionmapCanvas, radius: 5, weight: 1,
                    color: "#36434d", opacity: 0.9, fillColor: kinds[one[2]][1], fillOpacity: 1}).bindTooltip(
                    rowWord + " " + one[3] + "<br>" + kinds[one[2]][0] + "<br>" + areas[one[4]],
                    {className: "rmtip"});
            }
            function circle(one, largest) {
                var total = one[3].reduce(function (a, b) { return a + b; }, 0), at = 0;
                var size = Math.round(14 + 24 * Math.sqrt(total / largest)), parts = [], lines = [one[2]];
                lines.push(rowsWord + " " + total.toLocaleString("en"));
                one[3].forEach(function (count, kind) {
                    if (!count) { return; }
                    var from = at;
                    at += 360 * count / total;
                    parts.push(kinds[kind][1] + " " + from.toFixed(1) + "deg " + at.toFixed(1) + "deg");
                    lines.push(kinds[kind][0] + " " + count.toLocaleString("en"));
                });
                var words = total < 1e3 ? total : total < 9950 ? (total / 1e3).toFixed(1) + "k" :
                    total < 1e6 ? Math.round(total / 1e3) + "k" : (total / 1e6).toFixed(1) + "M";
                var html = "<i style='background:conic-gradient(" + parts.join(",") + ")'></i>" +
                    (size < 26 ? "" : "<b>" + words + "</b>");
                return L.marker([one[1], one[0]], {keyboard: false, pane: "rmshares",
                    zIndexOffset: -100 * size, icon: L.divIcon({className: "rmshare", html: html,
                    iconSize: [size, size]})}).bindTooltip(lines.join("<br>"), {className: "rmtip"});
            }
            function many(list) {
                var largest = list.reduce(function (most, one) {
                    return Math.max(most, one[3].reduce(function (a, b) { return a + b; }, 0)); }, 12);
                return L.layerGroup(list.map(function (one) { return circle(one, largest); }));
            }
            var nearGroup, farGroup;
            function swap() {
                var close = !far.length || group._map.getZoom() >= nearZoom;
                group.removeLayer(close ? farGroup : nearGroup).addLayer(close ? nearGroup : farGroup);
            }
            group.on("add", function () {
                var map = group._map;
                if (!map.regionmapCanvas) {
                    map.createPane("rmpoints").style.zIndex = 455;
                    map.createPane("rmshares").style.zIndex = 460;
                    map.regionmapCanvas = L.canvas({pane: "rmpoints", padding: 0.2});
                }
                group.clearLayers();
                points.forEach(function (one) { group.addLayer(draw(map, one)); });
                nearGroup = many(near);
                farGroup = many(far);
                if (JSON.stringify(view) !== window.regionmapView) {
                    map.fitBounds(view || {{ this.home }}, {animate: false, maxZoom: 9, padding: [24, 24]});
                    window.regionmapView = JSON.stringify(view);
                }
                swap();
                map.on("zoomend", swap);
            });
            group.on("remove", function () { if (this._map) { this._map.off("zoomend", swap); } });
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, layer: PointLayer) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Points"
        self.sheet = _script(_SHEET)
        self.kinds = _script([(escaped(one.words), _colour(one.colour)) for one in layer.kinds])
        gravest_last = sorted(layer.points, key=lambda one: -one.kind)
        self.points = _script(
            [(round(one.lon, 5), round(one.lat, 5), one.kind, one.row, one.area) for one in gravest_last]
        )
        self.areas = _script([escaped(one) for one in layer.areas])
        self.circles, self.far = (_script([_row(one) for one in some]) for some in (layer.circles, layer.far))
        self.row_word, self.rows_word = _script(escaped(layer.row_word)), _script(escaped(layer.rows_word))
        self.view = _script(_corners(layer.view) if layer.view else None)
        self.home = _script(_corners(CHINA))


def _script(value: object) -> str:
    # "<" only ever stands in text here; written so, no value can close a script element.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _row(one: Circle) -> tuple[float, float, str, tuple[int, ...]]:
    return round(one.lon, 3), round(one.lat, 3), escaped(one.name), one.counts


def _colour(value: str) -> str:
    return value if len(value) == 7 and value[0] == "#" and value[1:].isalnum() else "#999999"


def _corners(box: Bounds) -> list[list[float]]:
    west, south, east, north = box
    return [[south, west], [north, east]]
