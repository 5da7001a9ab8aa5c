"""The table of administrative units, ``geo/units.csv``, and what a place that a text prints is called in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from regionmap.csv_table import read_rows
from regionmap.errors import InputError
from regionmap.i18n import as_printed, t
from regionmap.model import Level, Text, Unit
from regionmap.resources import geo_file

_COLUMNS = ["code", "name", "short_name", "name_en", "level", "parent", "lon", "lat"]
_KINDS = {
    "特区": " Special District", "地区": " Prefecture", "盟": " League", "市": "", "县": " County", "区": " District",
}  # fmt: skip
"""What units are called behind their names in English, longer words first; a city of any rank by its name alone."""
_WHOLE = frozenset({"全省", "全区", "全市", "全县", "全域"})


def read_units(path: Path | None = None) -> Mapping[str, Unit]:
    """Return all units by their adcodes, in the order of these; a table that has not changed is read once.

    Args:
        path: a table in UTF-8 (code, name, short_name, name_en, level, parent, lon, lat); the bundled one without it.

    Raises:
        InputError: the file cannot be read or has other columns; a level is none, a parent is missing.
    """
    path = path or geo_file("units.csv")
    try:
        stat = path.stat()
    except OSError as error:
        raise InputError(f"{path} is no table of administrative units: {error}") from error
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> Mapping[str, Unit]:
    levels = {str(level): level for level in Level}

    def unit(row: list[str]) -> Unit:
        code, name, short, english, level, parent, lon, lat = row
        return Unit(code, name, short, english, levels[level], parent, float(lon), float(lat))

    units = {one.code: one for one in read_rows(path, _COLUMNS, "administrative units", unit)}
    orphans = [unit.code for unit in units.values() if unit.parent and unit.parent not in units]
    if orphans:
        raise InputError(f"{path}: the parent of {', '.join(orphans[:5])} is in no row")
    return MappingProxyType(dict(sorted(units.items())))


@cache
def _bundled() -> Mapping[str, Unit]:
    return read_units()


def unit_name(code: str) -> Text:
    """Return the name of a unit; the code itself where there is none."""
    unit = _bundled().get(code)
    return Text(code, code) if unit is None else Text(unit.name, unit.name_en)


def printed_name(words: str, codes: Sequence[str]) -> Text:
    """Return a place as a document prints it; in English the name of the unit, where it prints that of one unit.

    A unit of the past has its English name too, where one is known: see ``past_name``. What stands in brackets behind
    the name and narrows it stays as printed, in 「」: nobody has put it into English.

    >>> printed_name("保定", ["130600"]).en, printed_name("河北省（全省）", ["130000"]).en
    ('Baoding', 'all of Hebei')
    >>> printed_name("江苏省（长江以南部分）", ["320100", "320500"]).en, printed_name("苏州工业园区", ["320500"]).en
    ('Jiangsu (「长江以南部分」)', '「苏州工业园区」')
    """
    name, bracket, rest = words.partition("（")
    unit = next((one for one in _holding(codes) if _is_called(one, name)), None)
    if unit is None:
        return Text(words, _former_name(words, [one for code in codes if (one := _bundled().get(code)) is not None]))
    inside = rest.removesuffix("）")
    if bracket and inside in _WHOLE:
        return Text(words, t("all of {place}", place=unit.name_en).en)
    return Text(words, f"{unit.name_en} ({as_printed(inside).en})" if bracket else unit.name_en)


def with_english_names(note: str, codes: Iterable[str]) -> str:
    """Return an English note that calls units by their English names; other Chinese words stand in 「」.

    A unit of the past has its English name too, where one is known: see ``past_name``.

    Args:
        note: the note, which names units in Chinese.
        codes: the adcodes of the units that it may name.
    """
    units = [unit for code in codes if (unit := _bundled().get(code)) is not None]
    for unit in sorted(units, key=lambda one: len(one.name), reverse=True):
        note = note.replace(unit.name, unit.name_en)
    return _chinese_words().sub(
        lambda found: found[0] if found[1] or "〔" in found[2] else _former_name(found[2], units), note
    )


def past_name(words: str) -> str | None:
    """Return the English name of a unit of the past: that of the units of today that bear its name, else its pinyin.

    Args:
        words: its Chinese name, with the word for its kind or without it.

    Returns:
        The name; None where it is not known for sure.

    >>> past_name("襄樊市"), past_name("襄樊"), past_name("蒙自县"), past_name("毕节市"), past_name("苏州工业园区")
    ('Xiangfan', 'Xiangfan', 'Mengzi County', 'Bijie', None)
    """
    whole, bare = _past_names()
    return _names_of_today().get(words) or whole.get(words) or bare.get(words)


@cache
def _names_of_today() -> Mapping[str, str]:
    """Return the English names of units of today by their Chinese names: only where all that bear one agree."""
    found: dict[str, set[str]] = {}
    for one in _bundled().values():
        found.setdefault(one.name, set()).add(one.name_en)
    return {name: english.pop() for name, english in found.items() if len(english) == 1}


@cache
def _past_names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the English names of units of the past by their Chinese names, and by these without the kind."""
    whole, bare = {}, {}
    for name, pinyin in read_rows(geo_file("former_pinyin.csv"), ("name", "pinyin"), "pinyin", tuple):
        kind = next((one for one in _KINDS if name.endswith(one)), None)
        if kind is None or name.endswith("新区"):  # islands, short names and new areas, which are no district
            continue
        whole[name] = pinyin + _KINDS[kind]
        if len(name) - len(kind) > 1:
            bare[name.removesuffix(kind)] = pinyin
    return whole, bare


def former_text(name: str, codes: Sequence[str]) -> Text:
    """Return what a unit of the past was called; in English by the units of today that it became, or by itself.

    >>> former_text("沙县", ["350405"]).en, former_text("昌都地区", ["540300"]).en, former_text("万盛区", ["500110"]).en
    ('Shaxian County', 'Chamdo Prefecture', '「万盛区」')

    Args:
        name: its Chinese name, with the word for its kind.
        codes: the adcodes of today that stand for it.
    """
    units = [one for code in codes if (one := _bundled().get(code)) is not None]
    return Text(name, next((one.name_en for one in units if one.name == name), _former_name(name, units)))


def _former_name(words: str, units: Iterable[Unit]) -> str:
    """Return the English name of a unit of the past, by a unit of today that has its name or by itself; else 「words」.

    Args:
        words: its Chinese name.
        units: the units of today that it may have become: 莱芜区 is Laiwu, so that 莱芜市 was.
    """
    for unit in units:
        kind = words.removeprefix(unit.short_name) if len(unit.short_name) > 1 else ""
        if kind in _KINDS and words != kind:
            bare = unit.name_en.rpartition(" ")[0] or unit.name_en
            return bare + _KINDS[kind]
    return past_name(words) or as_printed(words).en


@cache
def _chinese_words() -> re.Pattern[str]:
    """Return what finds what is quoted already, or Chinese words; the number of a document is none.

    Compiled when a note holds some: classes of Chinese signs take milliseconds.
    """
    return re.compile("([「“《][^」”》]*[」”》])|([\u4e00-\u9fff]+(?:[、（）〔〕\\d]*[\u4e00-\u9fff号]+)*)")


def _holding(codes: Sequence[str]) -> Iterator[Unit]:
    """Yield the unit that codes are all of: it alone, or the prefecture and the province that hold them all."""
    heads = [codes[0]] if len(codes) == 1 else [f"{head:0<6}" for size in (4, 2) for head in _common(codes, size)]
    yield from (_bundled()[code] for code in heads if code in _bundled())


def _common(codes: Sequence[str], size: int) -> set[str]:
    heads = {code[:size] for code in codes}
    return heads if len(heads) == 1 else set()


def _is_called(unit: Unit, words: str) -> bool:
    """Tell whether words are a unit's name, with or without the units above it in front."""
    above = _bundled().get(unit.parent)
    while above is not None and words not in {unit.name, unit.short_name}:
        for name in (above.name, above.short_name):
            words = words.removeprefix(name) or words
        above = _bundled().get(above.parent)
    return words in {unit.name, unit.short_name}
