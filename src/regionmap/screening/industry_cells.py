"""What the cells of the column of industries mean: names, codes, and both in one cell (C3110炼铁, 炼铁（3110）)."""

from __future__ import annotations

import re

from regionmap.api import Regionmap
from regionmap.catalogue.catalogue import Catalogue
from regionmap.errors import AmbiguousIndustryError, InputError, UnknownNameError
from regionmap.i18n import joined, t
from regionmap.model import Text
from regionmap.rules.matching.finding import Subject
from regionmap.screening.messages import reason

_CODE_FIRST = re.compile(r"(?P<code>[A-Ta-t]?\s*\d{2,4})\s*[-—–_:：、.]?\s*[（(\[【]?(?P<name>[^\d\s].*?)[）)\]】]?")
_NAME_FIRST = re.compile(r"(?P<name>.*?\D)\s*[-—–_:：、（(\[【]\s*(?P<code>[A-Ta-t]?\s*\d{2,4})\s*[）)\]】]?")


def subject_of_cell(rm: Regionmap, text: str) -> Subject:
    """Return the industry that a cell means.

    Raises:
        InputError: it means none, several, or a code and a name that are not of one industry.
    """
    try:
        return rm.subject(text)
    except InputError as error:
        for pattern in (_CODE_FIRST, _NAME_FIRST):
            match = pattern.fullmatch(text)
            if match is None:
                continue
            code, name = match["code"].replace(" ", ""), match["name"].strip()
            if code[0].isalpha() or _is_known(rm, name):  # 30吨水泥 and 某项目（2022） hold numbers of other things
                return rm.subject(f"{code} {name}")
        raise error


def _is_known(rm: Regionmap, name: str) -> bool:
    """Tell whether a name is an industry's or a class's without anything beside it."""
    catalogue = rm.catalogue
    return name in catalogue.gbt.by_name or name.casefold() in catalogue.industry_by_name


def why_no_industry(catalogue: Catalogue, asked: str, error: InputError, *, near: bool) -> str:
    """Return why a cell means no industry, in both languages; what is near in meaning only where that is wanted."""
    own = getattr(error, "text", None)
    if isinstance(own, Text):
        return reason("unknown_industry", why=own)
    name = asked[:40]
    english = error.plain if isinstance(error, UnknownNameError) and not near else str(error)
    if isinstance(error, AmbiguousIndustryError):
        offered = joined([_shown(catalogue, one) for one in error.choices])
        chinese = t("'{name}' may mean several industries: {choices}.", name=name, choices=offered)
        ask = error.ask.zh if error.ask is not None else ""
        return reason("unknown_industry", why=Text(f"{chinese.zh}{ask}", english))
    if isinstance(error, UnknownNameError):
        chinese = t(
            "no industry is called '{name}': use a usual name such as 钢铁, or a GB/T 4754-2017 code", name=name
        )
        return reason("unknown_industry", why=Text(chinese.zh, english))
    return reason("unknown_industry", why=Text(english, english))


def _shown(catalogue: Catalogue, name: str) -> Text:
    industry = catalogue.industries.get(name)
    words = industry.name if industry is not None else Text(catalogue.gbt[name].name, catalogue.gbt[name].name)
    return Text(f"{words.zh}（{name}）", f"{words.en} ({name})")
