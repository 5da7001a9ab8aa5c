"""A map of verdicts for a notebook: it shows itself, and saves as one HTML file that asks no other machine.

Leaflet (BSD-2-Clause), from the package XStatic-Leaflet, and the simplified shapes stand in the file itself. Where the
verdict is decided on true boundaries, the shapes are for drawing only.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.template import Template
from xstatic.pkg import leaflet

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.model import Extent, Ruling
from regionmap.notebook.cards import language
from regionmap.output import display
from regionmap.output.escape import escaped
from regionmap.output.palette import PALETTE
from regionmap.resources import ATTRIBUTION
from regionmap.rules.verdict.answers import UnitRuling
from regionmap.words import EFFECTS, RULINGS, ruling_words

_CHINA = ((3.3, 73.4), (53.7, 135.2))
_LINE_STYLES: dict[str, dict[str, Any]] = {
    "country_outline": {"weight": 1.1},
    "south_china_sea_dashes": {"weight": 2.2},
    "undefined_national_boundary": {"weight": 1.1, "dashArray": "5 4"},
    "province_over_water": {"weight": 0.7, "dashArray": "4 3", "color": "#7f8b95"},
    "special_administrative_region": {"weight": 0.9, "dashArray": "4 2 1 2"},
}
"""How the boundary lines that maps published in China carry are drawn, by kind."""
_SITE_LINES = 4


class OneFileMap(folium.Map):
    """A folium map whose page holds Leaflet itself; nothing else is loaded."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (folium's own attributes)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, **options: Any) -> None:
        """Make an empty map; ``options`` as folium takes them."""
        super().__init__(tiles=None, **options)
        folder = Path(leaflet.BASE_DIR)
        script = (folder / "leaflet.js").read_text(encoding="utf-8")
        sheet = (folder / "leaflet.css").read_text(encoding="utf-8")
        script = re.sub(r"//# sourceMappingURL=\S+", "", script)
        sheet = re.sub(r"url\((images/[\w.-]+)\)", lambda match: f"url({_data(folder / match[1])})", sheet)
        root: Any = self.get_root()  # folium's own types know no header
        root.header.add_child(_Plain(f"<style>{sheet}</style><script>{script}</script>"), name="leaflet")


class _Plain(Element):
    """Text of the page as it is: ``Element`` would read it as a template."""

    _template = Template("{{ this.content }}")

    def __init__(self, content: str) -> None:
        super().__init__()
        self.content = content


class _Frame(MacroElement):
    """The ground's colour, the attribution, the view and the legend."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <style>
        .leaflet-container { background: #dfe7ec; font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
          sans-serif; }
        .rmlegend { background: #ffffffe0; padding: 6px 10px; border-radius: 6px; font-size: 12px; line-height: 1.6; }
        .rmlegend i { display: inline-block; width: 14px; height: 11px; margin-right: 6px; border: 1px solid #7f8b95; }
        </style>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        (function (map) {
            map.attributionControl.setPrefix(false).addAttribution("{{ this.attribution }}");
            map.fitBounds({{ this.view }}, {animate: false});
            var legend = L.control({position: "bottomleft"});
            legend.onAdd = function () {
                var box = L.DomUtil.create("div", "rmlegend");
                box.innerHTML = "{{ this.legend }}";
                return box;
            };
            legend.addTo(map);
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, view: Sequence[Sequence[float]], title: str, legend: Iterable[tuple[str, str]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Frame"
        self.attribution = escaped(ATTRIBUTION)
        self.view = [list(corner) for corner in view]
        rows = (f"<br><i style='background:{colour}'></i>{escaped(words)}" for colour, words in legend)
        self.legend = f"<b>{escaped(title)}</b>{''.join(rows)}"


def rulings_map(
    rm: Regionmap, rulings: Sequence[UnitRuling], title: str, province: str | None, sites: Any, on: dt.date
) -> folium.Map:
    """Return a map of rulings.

    Args:
        rm: what is loaded.
        rulings: one for each unit to draw: prefecture-level units, or the counties of ``province``.
        title: what stands above the legend.
        province: its adcode, where the map shows one province by counties.
        sites: a GeoDataFrame of points, with the column ``verdict`` as ``Regionmap.screen`` gives it; None for none.
        on: the day, by whose prefectures the country is drawn.

    Returns:
        A folium map; ``save(path)`` writes one HTML file.

    Raises:
        InputError: ``sites`` is no GeoDataFrame.
    """
    shapes = display.counties(province) if province is not None else display.prefectures(on)
    drawn = [one for one in rulings if one.unit.code in shapes.geometries]
    made = OneFileMap(location=(36.0, 104.0), zoom_start=4, zoom_snap=0.25, min_zoom=2, max_zoom=12)
    if drawn:
        _areas(rm, drawn, shapes).add_to(made)
    _outlines().add_to(made)
    _boundary().add_to(made)
    if sites is not None:
        for marker in _sites(sites):
            marker.add_to(made)
    box = display.bounds([province]) if province is not None else None
    view = _CHINA if box is None else ((box[1], box[0]), (box[3], box[2]))
    made.add_child(_Frame(view, title, _legend(rulings)), name="frame")
    return made


def _areas(rm: Regionmap, drawn: Sequence[UnitRuling], shapes: display.Shapes) -> folium.GeoJson:
    features = [
        {
            "type": "Feature",
            "geometry": shapes.geometries[one.unit.code],
            "properties": {"colour": _colour(one), "line": PALETTE[one.ruling].line, "text": _tip(rm, one)},
        }
        for one in drawn
    ]
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name="verdicts",
        style_function=lambda one: {
            "fillColor": one["properties"]["colour"], "fillOpacity": 1, "color": "#ffffff", "weight": 0.6,
        },
        tooltip=folium.GeoJsonTooltip(fields=["text"], labels=False),
    )  # fmt: skip


def _tip(rm: Regionmap, one: UnitRuling) -> str:
    chosen = language()
    above = rm.gazetteer.province(one.unit.code)
    names = [unit.name_en if chosen == "en" else unit.name for unit in (one.unit, above)]
    lines = [" · ".join(dict.fromkeys(names)), ruling_words(one.ruling, one.extent)[chosen]]
    for deciding in one.deciding[:1]:
        effect = EFFECTS[deciding.provision.effect][chosen]
        lines.append(f"{effect} · {deciding.source.number} {deciding.provision.item}")
    return "<br>".join(escaped(line) for line in lines)


def _colour(one: UnitRuling) -> str:
    colours = PALETTE[one.ruling]
    return colours.paper if one.extent is Extent.PART else colours.fill


def _legend(rulings: Sequence[UnitRuling]) -> list[tuple[str, str]]:
    chosen = language()
    counted = Counter((one.ruling, one.extent) for one in rulings)
    order = [(ruling, extent) for ruling in RULINGS for extent in (Extent.WHOLE, Extent.PART)]
    return [
        (
            PALETTE[ruling].paper if extent is Extent.PART else PALETTE[ruling].fill,
            f"{PALETTE[ruling].sign} {ruling_words(ruling, extent)[chosen]} ({counted[ruling, extent]})",
        )
        for ruling, extent in order
        if counted[ruling, extent]
    ]


def _outlines() -> folium.GeoJson:
    shapes = display.provinces()
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": [_feature(one, "") for one in shapes.geometries.values()]},
        name="provinces",
        interactive=False,
        style_function=lambda _: {"fill": False, "color": "#7f8b95", "weight": 0.7},
    )


def _boundary() -> folium.GeoJson:
    shapes = display.lines()
    features = [_feature(shape, str(shapes.properties[key]["kind"])) for key, shape in shapes.geometries.items()]
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name="boundary",
        interactive=False,
        style_function=lambda one: (
            {"fill": False, "color": "#4d5862"} | _LINE_STYLES.get(one["properties"]["kind"], {})
        ),
    )


def _feature(geometry: display.Geometry, kind: str) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"kind": kind}}


def _sites(sites: Any) -> Iterable[folium.CircleMarker]:
    """Yield a circle for each row that has a point, coloured by its verdict; blank verdicts are white."""
    if getattr(sites, "crs", None) is None or not hasattr(sites, "geometry"):
        raise InputError("sites must be a GeoDataFrame of points that names its coordinate system (EPSG:4326)")
    places = sites.to_crs("EPSG:4326").geometry
    words = sites["verdict"] if "verdict" in sites.columns else [None] * len(sites)
    others = [name for name in sites.columns if name != sites.geometry.name][:_SITE_LINES]
    rows = sites[others].itertuples(index=False)
    for point, word, row in zip(places, words, rows, strict=True):
        if point is None or point.is_empty or point.geom_type != "Point":
            continue
        known = word in list(Ruling)
        lines = [RULINGS[Ruling(word)][language()] if known else "", *(str(one)[:60] for one in row)]
        yield folium.CircleMarker(
            (point.y, point.x),
            radius=5,
            color="#1d2730",
            weight=1,
            fill=True,
            fill_color=PALETTE[Ruling(word)].fill if known else "#ffffff",
            fill_opacity=1,
            tooltip="<br>".join(escaped(line) for line in lines if line),
        )


def _data(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"
