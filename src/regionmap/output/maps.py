"""Maps for the screen: the only module that builds folium maps.

A page's base map never changes; everything that depends on a date, a rule or a result goes into feature groups. What
folium draws are calls of ``browser/map.js``: the shapes lie in files that the browser fetches once and keeps (see
``map_files``), and a feature group only names them by code, with styles and words. No map asks another machine for
anything, unless a tile address is set.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from regionmap.output import display
from regionmap.output.display import Bounds, Geometry
from regionmap.output.escape import escaped
from regionmap.output.map_files import SCRIPTS, SHEETS, corners, hashed, script_json
from regionmap.output.patterns import ALL_PATTERNS
from regionmap.output.tiles import tile_layers

# The address of the folder of map_files, seen from the page of streamlit-folium's component: relative, so that it holds
# behind a proxy and under server.baseUrlPath too. web.parts.leaflet declares the folder under this name.
FILES_COMPONENT = "regionmap.web.parts.leaflet.files"
_FILES = f"../{FILES_COMPONENT}"

SHORT_HEIGHT = 450
"""Height in pixels of a map with a legend, in a window of a laptop: it ends above the lower edge."""


class LocalMap(folium.Map):
    """A folium map that loads Leaflet and our own script from this machine and nothing else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.default_js = [(name, f"{_FILES}/{hashed(name)}") for name in SCRIPTS]
        self.default_css = [(name, f"{_FILES}/{hashed(name)}") for name in SHEETS]


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

    ``styles`` are named by the areas and the spots; ``extra`` holds shapes of areas that are no units; ``chosen`` is
    the code of an area to outline; ``view`` is what the map moves to, the whole country without one.
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


def base_map(*, narrow_height: int | None = None, legend_width: int = 0) -> LocalMap:
    """Return the base map of a page: the outlines of provinces, the boundary lines, and the shapes of units at hand.

    Args:
        narrow_height: height in pixels on a narrow screen, where the map is less wide than high.
        legend_width: pixels at the left that a legend of the page covers: the country is shown beside it. In a window
            less high than the map such a map is ``SHORT_HEIGHT`` pixels high, as the style sheet of the page has it.

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
    # The same map on every run is the same message, which Streamlit does not send again.
    made._id = "base"
    tiles = tile_layers(os.environ.get("REGIONMAP_TILES", ""))
    for tile in tiles:
        tile.add_to(made)
    made.add_child(_Base(opaque=not tiles, narrow_height=narrow_height, legend_width=legend_width), name="base")
    return made


def feature_group(layer: Layer) -> folium.FeatureGroup:
    """Return a layer as a feature group for a map that ``base_map`` made."""
    group = folium.FeatureGroup(name=layer.name)
    group.add_child(_Drawn(layer), name="areas")
    return group


class _Base(MacroElement):
    """Background, outlines, boundary lines, attribution."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        {% if this.short_height %}
        <style>@media (min-height: 300px) and (max-height: {{ this.short_height }}px) {
        #map_div { height: {{ this.short_height }}px !important; } }</style>
        {% endif %}
        {% if this.narrow_height %}
        <style>@media (max-width: 500px) { #map_div { height: {{ this.narrow_height }}px !important; } }</style>
        {% endif %}
        {% endmacro %}
        {% macro script(this, kwargs) %}
        regionmap.base({{ this._parent.get_name() }}, {{ this.options }});
        {% endmacro %}
        """
    )

    def __init__(self, *, opaque: bool, narrow_height: int | None, legend_width: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Base"
        self.narrow_height = narrow_height
        self.short_height = SHORT_HEIGHT if legend_width else None
        self.options = script_json({"opaque": opaque, "legend": legend_width})


class _Drawn(MacroElement):
    """What a layer draws: areas by code, words, circles, lines, a point, and the view, moved only when it changes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        regionmap.draw({{ this._parent.get_name() }}, {{ this.layer }});
        {% endmacro %}
        """
    )

    def __init__(self, layer: Layer) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawn"
        self.drawn = layer
        self.layer = script_json(_told(layer))


def _told(layer: Layer) -> dict[str, Any]:
    """Return a layer as ``regionmap.draw`` takes it.

    What repeats is told once: areas that are drawn alike and say the same are of one kind, which they name by its
    number; and the names of units are in the files with their shapes.
    """
    kinds: dict[tuple[str, tuple[int | str, ...]], int] = {}
    holders = {area.code: None if area.code in layer.extra else display.holder(area.code) for area in layer.areas}
    said = [(area.style, _lines(area, holders[area.code])) for area in layer.areas]
    return {
        "name": layer.name,
        "files": _files(holders.values()),
        "styles": {key: layer.styles[key].leaflet() for key in _used(layer)},
        "codes": " ".join(area.code for area in layer.areas),
        "kinds": [kinds.setdefault(one, len(kinds)) for one in said],
        "looks": list(kinds),
        "extra": dict(layer.extra),
        "chosen": layer.chosen,
        "labels": [(label.lon, label.lat, escaped(label.text)) for label in layer.labels],
        "spots": [(spot.lon, spot.lat, spot.style, _tip(spot.lines)) for spot in layer.spots],
        "arrows": [(one.start, one.end, _tip(one.lines)) for one in layer.arrows],
        "point": layer.point,
        "view": corners(layer.view) if layer.view else None,
    }


def _used(layer: Layer) -> list[str]:
    used = {one.style for one in layer.areas} | {one.style for one in layer.spots}
    return [key for key in layer.styles if key in used]


def _lines(area: Area, holder: str | None) -> tuple[int | str, ...]:
    """Return the lines of a tooltip; a first line that is the unit's name, as the number of the form that it has."""
    first = area.lines[:1]
    titles = display.titles(holder)[area.code] if holder else ()
    head = tuple(titles.index(line) if line in titles else escaped(line) for line in first)
    return (*head, *(escaped(line) for line in area.lines[1:]))


def _files(holders: Iterable[str | None]) -> list[str]:
    """Return the files that have the areas of a layer, the finest first."""
    named = sorted({name for name in holders if name is not None})
    return [hashed(name) for name in sorted(named, key=lambda name: name == display.PREFECTURES)]


def _tip(lines: Iterable[str]) -> str:
    return "<br>".join(escaped(line) for line in lines)
