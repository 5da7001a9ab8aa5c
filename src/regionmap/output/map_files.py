"""The files that a map needs in the browser: Leaflet, the script and the look of maps, and the shapes in compact form.

They lie in one folder, made when they are first asked for and kept for the next start. Every name holds a hash of the
contents, so that a browser may keep a file for ever and never shows old boundaries. The shapes of the whole country
take half the bytes of their GeoJSON; see ``_packed``.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet

from regionmap import cache_dir
from regionmap.i18n import t
from regionmap.output import display
from regionmap.output.escape import escaped
from regionmap.output.patterns import ALL_PATTERNS
from regionmap.resources import ATTRIBUTION
from regionmap.whole_file import whole_file

CHINA: display.Bounds = (73.4, 3.3, 135.2, 53.7)
"""West, south, east, north of the country, the South China Sea included; degrees."""

LINE_STYLES: dict[str, dict[str, Any]] = {
    "country_outline": {"weight": 1.1},
    "south_china_sea_dashes": {"weight": 2.2},
    "undefined_national_boundary": {"weight": 1.1, "dashArray": "5 4"},
    "province_over_water": {"weight": 0.7, "dashArray": "4 3", "color": "#7f8b95"},
    "special_administrative_region": {"weight": 0.9, "dashArray": "4 2 1 2"},
}
"""How each kind of line in geo/display/lines.json.gz is drawn."""

LEAFLET = Path(leaflet.BASE_DIR)
SCRIPTS, SHEETS = ("map.js", "leaflet.js"), ("leaflet.css", "map.css")
"""What a map loads before it is drawn, in this order."""
BASE = "base"
"""The file with the provinces and the boundary lines."""

_OWN = Path(__file__).with_name("browser")
_FORMAT = 2
_NATIONAL_SCALE, _COUNTY_SCALE = 1_000, 10_000
"""Steps to a degree: 0.001° are a fifth of a pixel where the whole country is seen."""


def corners(box: display.Bounds) -> list[list[float]]:
    """Return bounds as Leaflet writes them: south-west, north-east, each latitude first."""
    west, south, east, north = box
    return [[south, west], [north, east]]


def script_json(value: object) -> str:
    """Return JSON for a script: "<" only ever stands in text; written so, no value can close a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def missing() -> list[str]:
    """Return the files of Leaflet that the package XStatic-Leaflet should have brought and that are not there."""
    return [name for name in ("leaflet.js", "leaflet.css") if not (LEAFLET / name).is_file()]


@lru_cache(maxsize=1)
def folder() -> Path:
    """Return the folder that is served: in the cache of the user, or a new one where nothing can be kept."""
    kept = cache_dir.folder()
    if kept is not None:
        made = kept / "browser"
        try:
            made.mkdir(parents=True, exist_ok=True)
            if cache_dir.is_ours(made) and os.access(made, os.W_OK):
                return made
        except OSError:
            pass
    return Path(tempfile.mkdtemp(prefix="regionmap-browser-"))


@lru_cache(maxsize=64)
def hashed(name: str) -> str:
    """Return the served name of a script, a style sheet or a file of shapes, which is made if it is not there."""
    stem, _, ending = name.partition(".")
    if ending:
        contents = _text(name)
        served = f"{stem}.{_digest(contents)}.{ending}"
    else:
        served = f"{stem}.{_digest(b''.join(path.read_bytes() for path in _sources(name)))}.json"
    path = folder() / served
    if not (path.is_file() and cache_dir.is_ours(path)):
        with whole_file(path) as temporary:
            temporary.write_bytes(contents if ending else _packed(name))
    return served


def all_shapes() -> Iterator[str]:
    """Return the names of all files of shapes, those of the whole country first."""
    yield from (BASE, display.PREFECTURES)
    yield from (f"counties-{code}" for code in display.provinces().geometries)


def _sources(name: str) -> list[Path]:
    names = (display.PROVINCES, display.LINES) if name == BASE else (name,)
    return [display.source(one) for one in names]


def _digest(contents: bytes) -> str:
    return hashlib.sha256(b"%d " % _FORMAT + contents).hexdigest()[:12]


def _text(name: str) -> bytes:
    if name.startswith("leaflet."):
        return (LEAFLET / name).read_bytes()
    if name != "map.js":
        return (_OWN / name).read_bytes()
    known = f"const CONSTANTS = {script_json(_constants())};\n".encode()
    return known + b"".join((_OWN / part).read_bytes() for part in ("map.js", "focus.js", "clicks.js", "marks.js"))


def _constants() -> dict[str, Any]:
    """Return what the script of the maps knows beforehand; both languages, as one file serves all pages."""
    patterns = "".join(pattern.svg(name) for name, pattern in ALL_PATTERNS.items())
    hidden = 'id="rm-patterns" width="0" height="0" style="position:absolute"'
    failed = t(
        "The map cannot be drawn: its boundaries or its script could not be fetched. Everything else on this page "
        "works."
    )
    again = t("Try again")
    return {
        "base": hashed(BASE),
        "national": [hashed(BASE), hashed(display.PREFECTURES)],
        "home": corners(CHINA),
        "lines": LINE_STYLES,
        "attribution": ATTRIBUTION,
        "patterns": f"<svg {hidden}><defs>{patterns}</defs></svg>",
        "failed": [failed.zh, failed.en],
        "again": f"{again.zh} · {again.en}",
    }


def _packed(name: str) -> bytes:
    """Return shapes in compact form: a line is its first point, then steps to the next, in whole parts of a degree."""
    scale = _COUNTY_SCALE if name.startswith("counties-") else _NATIONAL_SCALE
    areas: dict[str, Any] = {}
    lines: list[Any] = []
    for file in (display.PROVINCES, display.LINES) if name == BASE else (name,):
        shapes = display.read(file)
        for key, geometry in shapes.geometries.items():
            coordinates, kind = geometry["coordinates"], geometry["type"]
            if kind.endswith("LineString"):
                parts = coordinates if kind.startswith("Multi") else [coordinates]
                lines.append([shapes.properties[key]["kind"], [_steps(part, scale) for part in parts]])
            else:
                polygons = coordinates if kind.startswith("Multi") else [coordinates]
                areas[key] = [[_steps(ring, scale) for ring in polygon] for polygon in polygons]
    titles = {} if name == BASE else {key: [escaped(one) for one in said] for key, said in display.titles(name).items()}
    packed = {"scale": scale, "areas": areas, "lines": lines, "titles": titles}
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()


def _steps(points: Sequence[Sequence[float]], scale: int) -> list[int]:
    steps: list[int] = []
    before_lon = before_lat = 0
    for lon, lat in points:
        x, y = round(lon * scale), round(lat * scale)
        steps += (x - before_lon, y - before_lat)
        before_lon, before_lat = x, y
    return steps
