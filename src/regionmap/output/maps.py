"""Maps for the screen: the only module that builds folium maps.

A page's base map never changes; everything that depends on a date, a rule or a result goes into feature groups. The
geometry of the base map is sent once and kept in the page (``regionmapShapes``): a feature group names its areas by
code. No map asks another machine for anything, unless a tile address is set.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from regionmap.output.display import Bounds, Geometry, Shapes
from regionmap.output.escape import escaped
from regionmap.output.map_focus import MapFocus
from regionmap.output.map_labels import MapLabels
from regionmap.output.patterns import ALL_PATTERNS
from regionmap.output.tiles import tile_layers
from regionmap.resources import ATTRIBUTION

CHINA: Bounds = (73.4, 3.3, 135.2, 53.7)
"""West, south, east, north of the country, the South China Sea included; degrees."""

# The address of the folder of XStatic-Leaflet, seen from the page of streamlit-folium's component: relative, so that
# it holds behind a proxy and under server.baseUrlPath too. web.parts.leaflet declares the folder under this name.
LEAFLET_COMPONENT = "regionmap.web.parts.leaflet.files"
_LEAFLET = f"../{LEAFLET_COMPONENT}"


class LocalMap(folium.Map):
    """A folium map that loads Leaflet from this machine and nothing else."""

    default_js = [("leaflet", f"{_LEAFLET}/leaflet.js")]  # noqa: RUF012  (folium's own attribute)
    default_css = [("leaflet_css", f"{_LEAFLET}/leaflet.css")]  # noqa: RUF012


@dataclass(frozen=True)
class Style:
    """How an area is drawn. ``fill`` is a colour, or the name of one of ``ALL_PATTERNS``."""

    fill: str
    line: str = "#ffffff"
    weight: float = 0.6
    opacity: float = 1.0
    dash: str | None = None

    def leaflet(self) -> dict[str, Any]:
        """Return the options of a Leaflet path."""
        fill = f"url(#rm-{self.fill})" if self.fill in ALL_PATTERNS else self.fill
        made: dict[str, Any] = {
            "fillColor": fill,
            "fillOpacity": self.opacity,
            "fill": fill != "none",
            "color": self.line,
            "weight": self.weight,
        }
        return made | ({"dashArray": self.dash} if self.dash else {})


# Kinds of lines in geo/display/lines.json.gz.
_LINE_STYLES: dict[str, dict[str, Any]] = {
    "country_outline": {"weight": 1.1},
    "south_china_sea_dashes": {"weight": 2.2},
    "undefined_national_boundary": {"weight": 1.1, "dashArray": "5 4"},
    "province_over_water": {"weight": 0.7, "dashArray": "4 3", "color": "#7f8b95"},
    "special_administrative_region": {"weight": 0.9, "dashArray": "4 2 1 2"},
}


@dataclass(frozen=True)
class Area:
    """An area to draw: its adcode, the key of its style, and the lines of its tooltip (plain text, not yet escaped)."""

    code: str
    style: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """A word on the map at a point (degrees)."""

    text: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Spot:
    """A place with no limits to draw, as a circle at a point (degrees), with a style and a tooltip as an area has."""

    lon: float
    lat: float
    style: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A line from one point to another: longitude and latitude of each in degrees, and the lines of its tooltip."""

    start: tuple[float, float]
    end: tuple[float, float]
    lines: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Layer:
    """What a page draws over its base map.

    ``styles`` are named by the areas and the spots; ``extra`` holds shapes that the base map does not have; ``chosen``
    is the code of an area to outline; ``view`` is what the map moves to, the whole country without one.
    """

    name: str
    areas: Sequence[Area] = ()
    styles: Mapping[str, Style] = field(default_factory=dict)
    extra: Mapping[str, Geometry] = field(default_factory=dict)
    labels: Sequence[Label] = ()
    spots: Sequence[Spot] = ()
    arrows: Sequence[Line] = ()
    point: tuple[float, float] | None = None
    chosen: str = ""
    view: Bounds | None = None


def base_map(areas: Shapes, outlines: Shapes, boundary: Shapes, *, narrow_height: int | None = None) -> LocalMap:
    """Return the base map of a page: light areas, the outlines of provinces, and the boundary lines.

    Args:
        areas: shapes that feature groups may later name by code.
        outlines: provinces.
        boundary: the lines that maps published in China carry.
        narrow_height: height in pixels on a narrow screen, where the map is less wide than high.

    Raises:
        InputError: ``REGIONMAP_TILES`` holds neither a tile address nor a Tianditu key.
    """
    made = LocalMap(
        tiles=None,
        location=(36.0, 104.0),
        zoom_start=4,
        zoom_snap=0.25,
        zoom_delta=0.5,
        min_zoom=2,
        max_zoom=12,
        wheel_px_per_zoom_level=120,
    )
    tiles = tile_layers(os.environ.get("REGIONMAP_TILES", ""))
    for tile in tiles:
        tile.add_to(made)
    made.add_child(_Base(areas, outlines, boundary, opaque=not tiles, narrow_height=narrow_height), name="base")
    made.add_child(MapFocus(), name="focus").add_child(MapLabels(), name="labels")
    return made


def feature_group(layer: Layer) -> folium.FeatureGroup:
    """Return a layer as a feature group for a map that ``base_map`` made."""
    group = folium.FeatureGroup(name=layer.name)
    group.add_child(_Extras(layer), name="extras")
    if layer.areas:
        areas = _Areas(layer)
        areas.add_child(folium.GeoJsonTooltip(fields=["text"], labels=False, class_name="rmtip"), name="tip")
        group.add_child(areas, name="areas")
    return group


def script_size(made: folium.Map, groups: Iterable[folium.FeatureGroup]) -> int:
    """Return the bytes of script that the browser gets for a map and its groups."""
    from streamlit_folium import _get_feature_group_string, _get_map_string

    made.get_root().render()
    total = len(_get_map_string(made).encode())
    for number, group in enumerate(groups):
        total += len(_get_feature_group_string(group, map=made, idx=number).encode())
    return total


def _json(value: object) -> str:
    # "<" only ever stands in text here; written so, no value can close a script element.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


class _Base(MacroElement):
    """Background, shapes for feature groups, outlines, boundary lines, attribution."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <style>
        .leaflet-container { background: #dfe7ec; outline-offset: -2px; }
        .leaflet-container, .rmtip, .rmlabel { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
          "Source Sans", sans-serif !important; }
        .leaflet-container .leaflet-control-attribution { font-size: 11px; color: #3d4a54; }
        .leaflet-tooltip.rmtip { border: 0; border-radius: 6px; padding: 6px 9px; color: #1d2730; font-size: 13px;
          box-shadow: 0 2px 10px rgba(20, 35, 50, .22); max-width: 300px; white-space: normal; width: max-content; }
        .rmtip td { padding: 0; line-height: 1.45; }
        .rmlabel { font-size: 12px; font-weight: 600; line-height: 1.25; color: #1d2730; text-align: center;
          pointer-events: none;
          text-shadow: 0 0 3px #fff, 0 0 3px #fff, 0 0 3px #fff, 0 0 4px #fff; }
        .rmlabel span { display: block; width: max-content; max-width: 10em; transform: translate(-50%, -50%); }
        {% if this.narrow_height %}
        @media (max-width: 500px) { #map_div { height: {{ this.narrow_height }}px !important; } }
        {% endif %}
        path.leaflet-interactive:focus { outline: none; }
        </style>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        (function (map) {
            map.attributionControl.setPrefix(false).addAttribution({{ this.attribution }});
            map.fitBounds({{ this.view }}, {animate: false});
            document.body.insertAdjacentHTML("beforeend", {{ this.patterns }});
            window.regionmapShapes = {{ this.shapes }};
            var outlines = {{ this.outlines }};
            L.geoJSON(outlines, {interactive: false, style: {stroke: false, fillColor: "#f6f7f6",
                fillOpacity: {{ this.opacity }}, className: "rmland"}}).addTo(map);
            map.createPane("rmspots").style.zIndex = 440;
            map.createPane("rmlines").style.zIndex = 450;
            map.getPane("rmlines").style.pointerEvents = "none";
            L.geoJSON(outlines, {pane: "rmlines", interactive: false,
                style: {fill: false, color: "#7f8b95", weight: 0.7, className: "rmoutline"}}).addTo(map);
            L.geoJSON({{ this.boundary }}, {pane: "rmlines", interactive: false,
                style: function (line) { return Object.assign({fill: false, color: "#4d5862", className: "rmboundary"},
                    {{ this.line_styles }}[line.properties.kind]); }}).addTo(map);
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(
        self, areas: Shapes, outlines: Shapes, boundary: Shapes, *, opaque: bool, narrow_height: int | None
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Base"
        self.narrow_height = narrow_height
        patterns = "".join(pattern.svg(name) for name, pattern in ALL_PATTERNS.items())
        self.patterns = _json(f'<svg width="0" height="0" style="position:absolute"><defs>{patterns}</defs></svg>')
        self.attribution = _json(ATTRIBUTION)
        self.view = _json(_corners(CHINA))
        self.shapes = _json(dict(areas.geometries))
        self.outlines = _json(_collection(outlines.geometries))
        self.boundary = _json(
            _collection(boundary.geometries, {k: str(v["kind"]) for k, v in boundary.properties.items()})
        )
        self.line_styles = _json(_LINE_STYLES)
        self.opacity = "1" if opaque else "0"


class _Areas(folium.GeoJson):
    """Areas that are named by code, drawn from the shapes of the base map or of ``extra``."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = (function () {
            var styles = {{ this.styles_json }};
            var made = L.geoJSON(null, {
                style: function (feature) {
                    var chosen = feature.properties.code === {{ this.chosen_json }};
                    return Object.assign({}, styles[feature.properties.style],
                        chosen ? {weight: 2.6, color: "#1d2730"} : {});
                },
                onEachFeature: function (feature, layer) {
                    layer.on("mouseover", function () {
                        layer.setStyle({weight: 2.2, color: "#1d2730"});
                        layer.bringToFront();
                    });
                    layer.on("mouseout", function () { made.resetStyle(layer); });
                }
            });
            {{ this.rows_json }}.forEach(function (row) {
                var shape = window.regionmapExtra[row[0]] || window.regionmapShapes[row[0]];
                if (shape) {
                    made.addData({type: "Feature", geometry: shape,
                        properties: {code: row[0], style: row[1], text: row[2]}});
                }
            });
            made.on("add", function () {
                made.eachLayer(function (layer) {
                    if (layer.feature.properties.code === {{ this.chosen_json }}) { layer.bringToFront(); }
                });
            });
            return made;
        })();
        {% endmacro %}
        """
    )

    def __init__(self, layer: Layer) -> None:
        rows = [(area.code, area.style, _tip(area.lines)) for area in layer.areas]
        # GeoJsonTooltip asks its parent for the names of the properties.
        features = [{"type": "Feature", "geometry": None, "properties": {"text": ""}}]
        super().__init__({"type": "FeatureCollection", "features": features})
        self.styles_json = _json(
            {key: style.leaflet() | {"className": "rmarea"} for key, style in layer.styles.items()}
        )
        self.rows_json = _json(rows)
        self.chosen_json = _json(layer.chosen)


class _Extras(MacroElement):
    """Shapes that the base map does not hold, words, circles, a point, and the view: moved only when it changes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.regionmapExtra = {{ this.shapes }};
        (function (group) {
            {{ this.labels }}.forEach(function (label) {
                L.marker([label[1], label[0]], {interactive: false, keyboard: false, pane: "rmlines", icon: L.divIcon({
                    className: "rmlabel", iconSize: null, html: "<span>" + label[2] + "</span>"})}).addTo(group);
            });
            var styles = {{ this.styles }};
            {{ this.spots }}.forEach(function (spot) {
                L.circleMarker([spot[1], spot[0]], Object.assign({radius: 6, pane: "rmspots", className: "rmspot"},
                    styles[spot[2]])).bindTooltip(spot[3], {className: "rmtip"}).addTo(group);
            });
            {{ this.arrows }}.forEach(function (line) {
                var ends = [line[0], line[1]].map(function (one) { return [one[1], one[0]]; });
                L.polyline(ends, {color: "#1d2730", weight: 1.6, opacity: 0.75, dashArray: "6 4", pane: "rmspots",
                    className: "rmarrow"}).bindTooltip(line[2], {className: "rmtip", sticky: true}).addTo(group);
                L.circleMarker(ends[1], {radius: 3, weight: 1, color: "#ffffff", fillColor: "#1d2730", fillOpacity: 1,
                    interactive: false, pane: "rmspots", className: "rmend"}).addTo(group);
            });
            var point = {{ this.point }};
            if (point) {
                L.circleMarker([point[1], point[0]], {radius: 7, weight: 3, color: "#1d2730", fillColor: "#ffffff",
                    fillOpacity: 1, interactive: false, pane: "rmlines", className: "rmpoint"}).addTo(group);
            }
            var view = {{ this.view }};
            if (JSON.stringify(view) !== window.regionmapView) {
                if (view || window.regionmapView) {
                    group.on("add", function () { (group._map).fitBounds(view || {{ this.home }}, {animate: false}); });
                }
                window.regionmapView = JSON.stringify(view);
            }
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, layer: Layer) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Extras"
        self.shapes = _json(dict(layer.extra))
        self.labels = _json([(label.lon, label.lat, escaped(label.text)) for label in layer.labels])
        used = {spot.style for spot in layer.spots}
        self.styles = _json({key: style.leaflet() for key, style in layer.styles.items() if key in used})
        self.spots = _json([(spot.lon, spot.lat, spot.style, _tip(spot.lines)) for spot in layer.spots])
        self.arrows = _json([(one.start, one.end, _tip(one.lines)) for one in layer.arrows])
        self.point = _json(layer.point)
        self.view = _json(_corners(layer.view) if layer.view else None)
        self.home = _json(_corners(CHINA))


def _tip(lines: Iterable[str]) -> str:
    return "<br>".join(escaped(line) for line in lines)


def _corners(box: Bounds) -> list[list[float]]:
    west, south, east, north = box
    return [[south, west], [north, east]]


def _collection(geometries: Mapping[str, Geometry], kinds: Mapping[str, str] | None = None) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"kind": (kinds or {}).get(key, "")}, "geometry": geometry}
            for key, geometry in geometries.items()
        ],
    }
