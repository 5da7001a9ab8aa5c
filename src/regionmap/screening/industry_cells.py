"""What the cells of the column of industries mean: names, codes, and both in one cell (C3110炼铁, 炼铁（3110）)."""

from __future__ import annotations

import re

from regionmap.api import Regionmap
from regionmap.errors import InputError, UnknownNameError
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


def why_no_industry(error: InputError, *, near: bool) -> str:
    """Return why a cell means no industry, in both languages; what is near in meaning only where that is wanted."""
    text = error.plain if isinstance(error, UnknownNameError) and not near else error.text
    return reason("unknown_industry", why=text)
