"""The coverage of the catalogue: a map of where local law is loaded, and tables of places, industries and documents."""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import regionmap
from regionmap.model import Level, Source, Text
from regionmap.notebook.regionmap import Regionmap
from regionmap.output.display import Geometry, lines, provinces
from regionmap.rules.verdict.coverage import coverage as coverage_of_all
from regionmap.rules.verdict.coverage import law_of
from regionmap.words import KINDS, READ

SOURCE_OF_LINES = "天地图（国家地理信息公共服务平台）, 2024"
BETWEEN = {"en": ", ", "zh": "、"}
WIDTH = 760
PARALLELS = math.radians(25), math.radians(47)
MIDDLE, ORIGIN = math.radians(105), math.radians(30)


@lru_cache(maxsize=1)
def _loaded() -> Regionmap:
    return regionmap.load()


def coverage(language: str) -> str:
    """Return the statement, the map and the table of provinces."""
    rm = _loaded()
    say = Text(
        "省份和城市的地方法规收录情况。深色：收录了省级法规；圆点：收录了该市自己的法规；浅色：没有收录任何地方法规。",
        "Where local law is loaded. Dark: regulations of the province; dot: regulations of the city itself; pale: no "
        "local law at all.",
    )
    return "\n\n".join(
        [
            f":::{{important}}\n{coverage_of_all(rm.catalogue).statement[language]}\n:::",
            f"```{{raw}} html\n<figure class='regionmap-coverage'>{_map(say[language])}"
            f"<figcaption>{html.escape(say[language])} {SOURCE_OF_LINES}</figcaption></figure>\n```",
            _places(language),
        ]
    )


def industries(language: str) -> str:
    """Return a table of the industries with how many provisions name them, national and local ones apart."""
    catalogue = _loaded().catalogue
    counts = {
        level: Counter(
            industry
            for source in catalogue.sources.values()
            if (source.level == "national") is (level == "national")
            for provision in source.provisions
            for industry in provision.industries
        )
        for level in ("national", "local")
    }
    listed = Counter(
        industry
        for one in catalogue.lists.values()
        for provision in one.provisions
        for industry in provision.industries
    )
    named = [one for one in catalogue.industries.values() if one.id in counts["national"] | counts["local"] | listed]
    named.sort(key=lambda one: (-(counts["national"][one.id] + counts["local"][one.id] + listed[one.id]), one.id))
    rows = [
        (
            _cell(one.name[language]),
            f"`{one.id}`",
            ", ".join(f"{code.code}" for code in one.codes[:4]) + (" …" if len(one.codes) > 4 else ""),
            *(str(counts[level][one.id] or "") for level in ("national", "local")),
            str(listed[one.id] or ""),
        )
        for one in named
    ]
    head = {
        "en": ("industry", "id", "GB/T 4754-2017", "national", "local", "lists"),
        "zh": ("行业", "编号", "GB/T 4754-2017", "国家规定", "地方规定", "名单"),
    }
    return _table(head[language], rows)


def documents(language: str) -> str:
    """Return a table of the national documents that are loaded."""
    sources = [one for one in _loaded().catalogue.sources.values() if one.level == "national" and one.provisions]
    sources.sort(key=lambda one: (one.in_force_from is None, one.in_force_from or one.id, one.id), reverse=True)
    rows = [
        (
            _cell(one.number or "—"),
            _cell(one.title[language]),
            KINDS[one.kind][language] if one.kind else "—",
            one.in_force_from.isoformat() if one.in_force_from else "—",
            one.in_force_until.isoformat() if one.in_force_until else "",
            READ[one.read][language],
            str(len(one.provisions)),
        )
        for one in sources
    ]
    head = {
        "en": ("number", "title", "kind", "first day", "last day", "read", "provisions"),
        "zh": ("文号", "标题", "类别", "起始日", "终止日", "阅读", "规定数"),
    }
    return _table(head[language], rows)


def _places(language: str) -> str:
    rm = _loaded()
    rows = []
    for province in rm.gazetteer.units(Level.PROVINCE):
        own = law_of(rm.catalogue, province.code)
        cities = [
            f"{_name(unit, language)} ({len(found)})"
            for unit in (rm.gazetteer.unit(code) for code in sorted(rm.gazetteer.below(province.code)))
            if unit.code != province.code and (found := law_of(rm.catalogue, unit.code))
        ]
        none = {"en": "**none**", "zh": "**无**"}[language]
        listed = (_titles(own, language) or none, BETWEEN[language].join(cities))
        rows.append((_name(province, language), *listed))
    head = {
        "en": ("province", "its regulations", "cities with regulations of their own (how many)"),
        "zh": ("省级单位", "本级法规", "收录了本市法规的城市（件数）"),
    }
    return _table(head[language], rows)


def _titles(sources: Sequence[Source], language: str) -> str:
    if language == "zh":
        return "".join(f"《{_cell(one.title.zh)}》" for one in sources)
    return "; ".join(_cell(one.title.en) for one in sources)


def _name(unit: Any, language: str) -> str:
    return str(unit.name if language == "zh" else unit.name_en)


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("[", "\\[")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines_ = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(one)} |" for one in lines_)


def _project(lon: float, lat: float) -> tuple[float, float]:
    """Return where a point stands in Albers' equal-area projection with the usual parallels of China, in radians."""
    first, second = PARALLELS
    n = (math.sin(first) + math.sin(second)) / 2
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)
    radius = math.sqrt(c - 2 * n * math.sin(math.radians(lat))) / n
    angle = n * (math.radians(lon) - MIDDLE)
    return radius * math.sin(angle), math.sqrt(c - 2 * n * math.sin(ORIGIN)) / n - radius * math.cos(angle)


@lru_cache(maxsize=1)
def _frame() -> tuple[float, float, float, float]:
    edge = [_project(lon, lat) for lon in range(73, 137) for lat in (3, 18, 40, 54)]
    xs, ys = [x for x, _ in edge if -0.45 < x < 0.4], [y for _, y in edge]
    scale = WIDTH / (max(xs) - min(xs))
    return min(xs), max(ys), scale, (max(ys) - min(ys)) * scale


def _on_paper(lon: float, lat: float) -> tuple[float, float]:
    west, north, scale, _ = _frame()
    x, y = _project(lon, lat)
    return round((x - west) * scale, 1), round((north - y) * scale, 1)


def _path(geometry: Geometry) -> str:
    kind, held = geometry["type"], geometry["coordinates"]
    parts = {"MultiPolygon": held, "Polygon": [held], "MultiLineString": [held], "LineString": [[held]]}[kind]
    rings = [ring for part in parts for ring in part]
    drawn = []
    for ring in rings:
        points = [_on_paper(lon, lat) for lon, lat in ring]
        points = [one for at, one in enumerate(points) if at == 0 or one != points[at - 1]]
        if len(points) > 1:
            drawn.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points))
    return "".join(drawn)


def _map(words: str) -> str:
    rm = _loaded()
    areas, dots = [], []
    shapes = provinces()
    for code, geometry in shapes.geometries.items():
        unit = rm.gazetteer.unit(code)
        kind = "loaded" if law_of(rm.catalogue, code) else "none"
        title = html.escape(f"{unit.name} {unit.name_en}: {len(law_of(rm.catalogue, code))}")
        areas.append(f"<path class='{kind}' d='{_path(geometry)}'><title>{title}</title></path>")
    for source in {one.place: one for one in rm.sources() if one.level == "city"}.values():
        unit = rm.gazetteer.unit(source.place)
        x, y = _on_paper(unit.lon, unit.lat)
        title = html.escape(f"{unit.name} {unit.name_en}: {len(law_of(rm.catalogue, unit.code))}")
        dots.append(f"<circle cx='{x:g}' cy='{y:g}' r='4'><title>{title}</title></circle>")
    borders = [f"<path class='line' d='{_path(one)}'/>" for one in lines().geometries.values()]
    height = math.ceil(_frame()[3])
    return (
        f"<svg viewBox='0 0 {WIDTH} {height}' role='img' aria-label='{html.escape(words, quote=True)}'>"
        f"{''.join(areas)}{''.join(borders)}{''.join(dots)}</svg>"
    )
