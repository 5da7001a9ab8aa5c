"""The peer of the web app: the map as somebody would write it with folium, streamlit-folium and regionmap's API.

It draws the same prefecture-level shapes, embedded in the map as ``folium.GeoJson`` does, coloured by the ruling for an
industry on a date; a click shows the rules that bind there. It does less than the app: one view, industry and language,
no legend, table, permalink or search, and of a place only the findings and caveats. It is written with care: what is
coloured is kept by industry and date, only the click comes back, and Streamlit does not send the map again with it.

Leaflet is taken from this machine, as the app takes it; folium's other scripts (jQuery, Bootstrap, icon fonts), which
an untouched folium map loads from elsewhere, are left out.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import Any

import folium
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium
from xstatic.pkg import leaflet

import regionmap
from regionmap.api import Regionmap
from regionmap.resources import geo_dir

INDUSTRY = "steel"
COLOURS = {
    "prohibited": "#8f2340",
    "restricted": "#d9822b",
    "discouraged": "#e8c15a",
    "unclear": "#9aa5ad",
    "encouraged": "#4f9d69",
    "no_rule": "#f6f7f6",
}
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2060, 12, 31)

files = components.declare_component("leaflet_files", path=leaflet.BASE_DIR)
folium.Map.default_js = [("leaflet", f"../{files.name}/leaflet.js")]
folium.Map.default_css = [("leaflet_css", f"../{files.name}/leaflet.css")]


@st.cache_resource
def loaded() -> Regionmap:
    return regionmap.load()


@st.cache_resource
def shapes() -> list[dict[str, Any]]:
    path = geo_dir() / "display" / "prefectures.json.gz"
    features: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))["features"]
    return features


@st.cache_resource(max_entries=64)
def coloured(industry: str, day: dt.date) -> dict[str, Any]:
    rulings = {one.unit.code: (one.unit.name, str(one.ruling)) for one in loaded().overview(industry, on=day)}
    features = []
    for shape in shapes():
        name, ruling = rulings.get(shape["properties"]["code"], ("", "no_rule"))
        properties = {"name": name, "ruling": ruling}
        features.append({"type": "Feature", "geometry": shape["geometry"], "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def country(industry: str, day: dt.date) -> folium.Map:
    # A new map for every run: st_folium changes the one that it is given, and a second session would get a broken one.
    made = folium.Map(location=[36, 104], zoom_start=4, tiles=None)
    folium.GeoJson(
        coloured(industry, day),
        style_function=lambda feature: {
            "fillColor": COLOURS[feature["properties"]["ruling"]],
            "fillOpacity": 0.8,
            "color": "#ffffff",
            "weight": 0.6,
        },
        tooltip=folium.GeoJsonTooltip(["name", "ruling"], labels=False),
    ).add_to(made)
    return made


def rules_at(lon: float, lat: float, day: dt.date) -> None:
    verdict = loaded().check(lon=lon, lat=lat, industry=INDUSTRY, on=day)
    st.subheader(f"{verdict.place.name}: {verdict.ruling}")
    for finding in verdict.findings:
        source, provision = finding.source, finding.provision
        st.markdown(f"**{source.title.zh}** {source.number} {provision.item} ({provision.effect})")
        st.markdown(f"> {provision.quote}")
        st.write(provision.summary.zh)
    for caveat in verdict.caveats:
        st.caption(caveat.text.zh)


st.set_page_config(page_title="Industry by region", layout="wide")
on = st.date_input(
    "Date", dt.date.fromisoformat(st.query_params.get("date", "2018-07-31")), min_value=FIRST_DAY, max_value=LAST_DAY
)
left, right = st.columns([1.3, 1])
with left:
    answer = st_folium(
        country(INDUSTRY, on), key="country", height=580, use_container_width=True, returned_objects=["last_clicked"]
    )
with right:
    clicked = answer["last_clicked"]
    if clicked:
        rules_at(clicked["lng"], clicked["lat"], on)
    else:
        st.write("Click on the map to see the rules that bind there.")
