"""The codes and names of places, and of the prefectures and provinces that they lie in, as columns of a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.model import Unit
from regionmap.screening.numbering import numbered_as_met

_BEYOND_DAYS = 1 << 22  # ordinals of days stay below
COLUMNS = ("unit_code", "unit_name", "prefecture_code", "province_code", "province")


class PlaceWords:
    """Describes places by their numbers; what a place is called is found out once."""

    def __init__(self, rm: Regionmap, places: Sequence[tuple[Unit, ...]]) -> None:
        """Take places by their numbers; ``places`` may grow, numbers stay."""
        self._gazetteer, self._places = rm.gazetteer, places
        self._searched, self._moved_numbers = 0, list[int]()
        self._last_move = max((one.day.toordinal() for one in rm.gazetteer.past.moves), default=0)
        self._words: list[dict[str, int]] = [{} for _ in COLUMNS]
        self._numbers = np.empty((len(COLUMNS), 0), np.int64)
        """For each column and place, the number of its text; −1 where nothing asked for it yet."""

    def columns(self, place: NDArray[np.int64], days: NDArray[np.int64]) -> dict[str, pa.DictionaryArray]:
        """Return the texts of every row by the number of its place; each distinct one is held once.

        Args:
            place: the number of each row's place, 0 for none.
            days: that each row is judged for, as ``date.toordinal`` counts them: prefectures are those of the day.
        """
        met, back = numbered_as_met(place)
        self._describe(met)
        found: dict[str, pa.DictionaryArray] = {}
        for name, words, numbers in zip(COLUMNS, self._words, self._numbers, strict=True):
            # In the order of rows, whatever other chunks met: a chunk is the same bytes wherever it is judged.
            texts, number = numbered_as_met(numbers[met])
            every = list(words)
            found[name] = pa.DictionaryArray.from_arrays(
                pa.array(number.astype(np.int32)[back]), pa.array([every[one] for one in texts.tolist()], pa.string())
            )
        moved = np.flatnonzero(np.isin(place, self._moved()) & (days < self._last_move))
        if len(moved):
            found["prefecture_code"] = self._as_of(found["prefecture_code"], place, days, moved)
        return found

    def _moved(self) -> list[int]:
        """Return the numbers of the counties that lay in another prefecture once."""
        past = self._gazetteer.past
        for number in range(self._searched, len(self._places)):
            units = self._places[number]
            if len(units) == 1 and units[0].code in past.moved:
                self._moved_numbers.append(number)
        self._searched = len(self._places)
        return self._moved_numbers

    def _as_of(
        self, today: pa.DictionaryArray, place: NDArray[np.int64], days: NDArray[np.int64], moved: NDArray[np.int64]
    ) -> pa.DictionaryArray:
        """Return the codes of prefectures with those of the day for rows in counties that have moved."""
        codes = {code: number for number, code in enumerate(today.dictionary.to_pylist())}
        numbers = today.indices.to_numpy().copy()
        met, back = numbered_as_met(place[moved] * _BEYOND_DAYS + days[moved])
        then = []
        for number, day in zip(*(one.tolist() for one in np.divmod(met, _BEYOND_DAYS)), strict=True):
            (unit,) = self._places[number]
            code = self._gazetteer.prefecture_level(unit.code, dt.date.fromordinal(day)).code
            then.append(codes.setdefault(code, len(codes)))
        numbers[moved] = np.array(then, numbers.dtype)[back]
        return pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(list(codes), pa.string()))

    def _describe(self, met: NDArray[np.int64]) -> None:
        more = len(self._places) - self._numbers.shape[1]
        if more:
            new = np.full((len(COLUMNS), more), -1, np.int64)
            self._numbers = np.concatenate([self._numbers, new], axis=1)
        for place in met[self._numbers[0, met] < 0].tolist():
            texts = self._texts(place)
            self._numbers[:, place] = [
                words.setdefault(text, len(words)) for words, text in zip(self._words, texts, strict=True)
            ]

    def _texts(self, place: int) -> tuple[str, str, str, str, str]:
        units = self._places[place]
        gazetteer = self._gazetteer
        prefectures = dict.fromkeys(code for code in map(self._prefecture, units) if code)
        provinces = {one.code: one.name for one in (gazetteer.province(unit.code) for unit in units)}
        return (
            "; ".join(one.code for one in units), "; ".join(one.name for one in units), "; ".join(prefectures),
            "; ".join(provinces), "; ".join(provinces.values()),
        )  # fmt: skip

    def _prefecture(self, unit: Unit) -> str:
        """Return the code of the unit of a map by prefectures; blank for a province that has prefectures."""
        try:
            return self._gazetteer.prefecture_level(unit.code).code
        except InputError:
            return ""
