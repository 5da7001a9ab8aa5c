"""What to offer when a name or a code is unknown, or only begun: the nearest names, the units around a code."""

from __future__ import annotations

from regionmap.closest import closest
from regionmap.i18n import joined, t
from regionmap.model import Level, Text, Unit
from regionmap.places.errors import UnknownPlaceError, UnknownPlaceNameError
from regionmap.places.names import spelling
from regionmap.places.names.units import Index, NameIndexes, Units

MOST_OFFERED = 6
_LEVELS = tuple(Level)
_WHOLE_COUNTRY = frozenset({
    "中国", "全国", "中华人民共和国", "中国大陆", "全中国",
    "china", "prc", "prchina", "mainlandchina", "peoplesrepublicofchina", "nationwide",
})  # fmt: skip


def unknown_name(gazetteer: Units, names: NameIndexes, asked: str) -> UnknownPlaceError:
    """Return the error for a name that no unit has, with the nearest names that units do have."""
    shown = asked if len(asked) <= 40 else asked[:40] + "…"
    if "".join(filter(str.isalnum, asked)).casefold() in _WHOLE_COUNTRY:
        return UnknownPlaceError(
            "'{name}' is the whole country, and a question is asked of a place: give a province, a prefecture or a "
            "county, such as 保定市, Baoding or 130600 (regionmap rules lists what holds nationwide)",
            name=shown,
        )

    def find() -> tuple[Text, tuple[str, ...]]:
        found = _near_chinese(gazetteer, names, asked) if spelling.has_han(asked) else _near_english(names, asked)
        offered = tuple(dict.fromkeys(found))[:MOST_OFFERED]
        if offered:
            return t(": the nearest names are {places}", places=joined(list(map(gazetteer.label, offered)))), offered
        return (
            t(
                ", nor anything like it: give a province, a prefecture or a county by its name of today, or its "
                "adcode, such as 保定市, Baoding or 130600"
            ),
            (),
        )

    return UnknownPlaceNameError("no place is called '{name}'", find, name=shown)


def unknown_code(gazetteer: Units, code: str) -> UnknownPlaceError:
    """Return the error for a code that no unit has, with the units that such a code would lie in or near."""
    shown = code if len(code) <= 20 else code[:20] + "…"
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        padded = code[:6].ljust(6, "0")
        near = tuple(one for one in (padded,) if one in gazetteer.by_code)
        hint = t("; did you mean {place}?", place=gazetteer.label(padded)) if near else ""
        return UnknownPlaceError(
            "{code} is no adcode: give six digits, such as 130600 for 保定市{hint}", near, code=shown, hint=hint
        )
    around = [above for above in (code[:4] + "00", code[:2] + "0000") if above in gazetteer.by_code]
    siblings = [one for one in gazetteer.by_code if one[:4] == code[:4] and one not in around]
    siblings.sort(key=lambda one: abs(int(one) - int(code)))
    offered = (*siblings[:3], *around)
    if not offered:
        return UnknownPlaceError(
            "no unit has the adcode {code}: the first two digits are a province, from 11 (Beijing) to 82 (Macao)",
            code=shown,
        )
    return UnknownPlaceError(
        "no unit of today has the adcode {code}: near it are {places}",
        offered,
        code=shown,
        places=joined(list(map(gazetteer.label, offered))),
    )


def search(gazetteer: Units, names: NameIndexes, text: str, limit: int) -> tuple[Unit, ...]:
    """Return units for a picker, the best first: the whole name, then its beginning, then any part of it.

    Among equals larger units come first. Empty text gives the provinces.
    """
    if not text.strip():
        return gazetteer.units(Level.PROVINCE)[: max(limit, 0)]
    ranks = _fits(gazetteer, names, text)

    def order(code: str) -> tuple[int, int, str]:
        return ranks[code], _LEVELS.index(gazetteer.unit(code).level), code

    return tuple(gazetteer.unit(code) for code in sorted(ranks, key=order)[: max(limit, 0)])


def _fits(gazetteer: Units, names: NameIndexes, text: str) -> dict[str, int]:
    """Return how well units fit what was typed so far: 0 wholly, 1 from the beginning, 2 somewhere."""
    if not spelling.has_han(text):
        key = "".join(word for part in spelling.english_parts(text) for word in part)
        begun = {code: 1 for code in gazetteer.by_code if code.startswith(key)} if key.isdigit() else {}
        return begun or _fits_in(names.english, key)
    key = spelling.chinese_key(text)
    fits = _fits_in(names.full, key)
    for code, fit in _fits_in(names.loose, key).items():
        fits[code] = min(fit, fits.get(code, fit))
    for head, tail in names.prefixes(key):  # 北京朝, on the way to 北京朝阳
        for code in _below(gazetteer, head):
            if any(name.startswith(tail) for name in spelling.full_names(gazetteer.unit(code))):
                fits.setdefault(code, 0)
    return fits


def _fits_in(index: Index, key: str) -> dict[str, int]:
    fits: dict[str, int] = {}
    for name, codes in index.items() if key else ():
        if key in name:
            fit = 0 if name == key else 1 if name.startswith(key) else 2
            fits.update({code: min(fit, fits.get(code, fit)) for code in codes})
    return fits


def _near_chinese(gazetteer: Units, names: NameIndexes, asked: str) -> list[str]:
    key = spelling.chinese_key(asked)
    found: list[str] = []
    prefixes = sorted(names.prefixes(key), key=lambda prefix: len(prefix[1]))
    for _, tail in prefixes:  # 河北省朝阳区: the end is a name, but of units elsewhere
        found += [*names.full.get(tail, ()), *names.loose.get(tail, ())]
    for head, tail in prefixes:  # 河北省保丁市: a slip in what lies there
        inside = _below(gazetteer, head)
        local = {name: code for code in inside for name in spelling.full_names(gazetteer.unit(code))}
        found += [local[name] for name in closest(tail, local, 2, 0.6)]
    stem = spelling.bare(key)
    found += names.loose.get(stem, ()) if stem else ()  # 章丘市 was a city, 章丘区 is a district
    every = {**names.loose, **names.full}
    for name in closest(key, every, MOST_OFFERED, 0.6):
        found += every[name]
    found = found or [head for head, _ in prefixes if gazetteer.children(head)]
    return found or _near_short(gazetteer, names, key)


def _near_short(gazetteer: Units, names: NameIndexes, key: str) -> list[str]:
    """Return the larger units for a slip in a name of two characters (保顶 for 保定), which leaves but half of it.

    Counties are left out: too many of them share one character with anything. So do the dozens that end in 州: then
    nothing is offered, rather than any six of them.
    """
    if len(key) != 2:
        return []
    large = {
        name: [code for code in codes if gazetteer.unit(code).level is not Level.COUNTY]
        for name, codes in names.loose.items()
        if len(name) == 2 and (name[0] == key[0] or name[1] == key[1])
    }
    found = sorted({code for codes in large.values() for code in codes})
    return found if len(found) <= MOST_OFFERED else []


def _near_english(names: NameIndexes, asked: str) -> list[str]:
    found: list[str] = []
    parts = spelling.english_parts(asked)
    for words in (["".join(word for part in parts for word in part)], *parts):
        stem = "".join(spelling.without_kind(words)[0])
        for name in closest(stem, names.english, 3, 0.75) if stem else []:
            found += names.english[name]
    return found


def _below(gazetteer: Units, code: str) -> list[str]:
    return [one for child in gazetteer.children(code) for one in (child.code, *_below(gazetteer, child.code))]
