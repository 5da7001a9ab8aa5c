"""What the documents page shows of coverage: for which provinces and cities local law is loaded, and which texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from regionmap.api import Regionmap
from regionmap.i18n import t
from regionmap.model import Source, Text, Unit
from regionmap.output.maps import Area, Layer, Style
from regionmap.output.patterns import COVERAGE_PATTERNS
from regionmap.rules.verdict.coverage import law_of
from regionmap.web.parts.rulings_view import LegendEntry
from regionmap.web.parts.shapes import name, own_province

LEGEND: dict[str, Text] = {
    "law-city": t("Law of the province and of the city"),
    "law-province": t("Law of the province"),
    "law-city-only": t("Law of the city, or of a county in it"),
    "law-none": t("National law only"),
}


@dataclass(frozen=True)
class CoverageView:
    """The map of local law by prefecture-level units, and its legend with how many units have which."""

    layer: Layer
    legend: tuple[LegendEntry, ...]


def coverage_view(rm: Regionmap, language: str) -> CoverageView:
    """Return the map of where local law is loaded."""
    areas = [_area(rm, unit, language) for unit in rm.gazetteer.prefecture_level_units()]
    counts = Counter(one.style for one in areas)
    layer = Layer(name="coverage", areas=areas, styles={key: Style(key) for key in COVERAGE_PATTERNS})
    entries = (LegendEntry(key, words, counts[key]) for key, words in LEGEND.items())
    return CoverageView(layer, tuple(one for one in entries if one.count))


def _area(rm: Regionmap, unit: Unit, language: str) -> Area:
    province = rm.gazetteer.province(unit.code)
    of_province = law_of(rm.catalogue, province.code)
    of_city = _own(rm, unit) if unit.code != province.code else of_province
    if unit.code == province.code:  # a municipality is province and city in one
        style = "law-city" if of_province else "law-none"
        of_province = ()
    else:
        style = {
            (True, True): "law-city",
            (True, False): "law-province",
            (False, True): "law-city-only",
            (False, False): "law-none",
        }[bool(of_province), bool(of_city)]
    above = own_province(rm, unit.code)
    head = name(unit, language) + (f" · {name(above, language)}" if above else "")
    return Area(unit.code, style, (head, *(_title(one, language) for one in (*of_city, *of_province))))


def _own(rm: Regionmap, unit: Unit) -> tuple[Source, ...]:
    """The law of a city, and that of counties in it."""
    below = (law_of(rm.catalogue, code) for code in sorted(rm.gazetteer.below(unit.code)))
    return (*law_of(rm.catalogue, unit.code), *(one for found in below for one in found))


def _title(one: Source, language: str) -> str:
    return f"《{one.title.zh}》" if language == "zh" else one.title.en
