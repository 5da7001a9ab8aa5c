"""Paths that no file can have, or that lead nowhere: told in our own words, also in Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

import regionmap
from regionmap.api import Regionmap
from regionmap.errors import InputError
from regionmap.output.formats import write_layer
from regionmap.output.report.files import check_target
from regionmap.screening.options import Options
from regionmap.screening.run import screen

STEEL = Options(dt.date(2019, 6, 1), "steel")


def _no_layer() -> None:
    raise AssertionError("the path is looked at first")


def _screened(rm: Regionmap, source: Path, output: Path) -> None:
    screen(rm, source, output, STEEL, {})


USES: dict[str, Callable[[Regionmap, Path], object]] = {
    "a catalogue": lambda rm, path: regionmap.load(path),
    "an area": lambda rm, path: rm.check(area=path, industry="steel"),
    "a layer": lambda rm, path: write_layer(_no_layer, path.with_name(f"{path.name}.csv")),
    "a layer in it": lambda rm, path: write_layer(_no_layer, path / "x.csv"),
    "a report": lambda rm, path: check_target(path.with_name(f"{path.name}.html")),
    "sites": lambda rm, path: _screened(rm, path.with_name(f"{path.name}.csv"), path.parent / "out.csv"),
    "sites judged": lambda rm, path: _screened(rm, path.parent / "in.csv", path.with_name(f"{path.name}.csv")),
}


WRITTEN_OVER = {("loop", use) for use in ("a layer", "a report", "sites judged")}
"""A link is replaced, as a file is."""
NAMES = ("n" * 300, "n/" * 3000, "loop", "a\x00b", "text/in")


@pytest.mark.parametrize(
    ("name", "use"), [(one, use) for one in NAMES for use in USES if (one, use) not in WRITTEN_OVER]
)
def test_a_path_that_no_file_has_is_told_in_one_line(
    rm: Regionmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use: str, name: str
) -> None:
    for link in ("loop", "loop.csv", "loop.html"):
        (tmp_path / link).symlink_to(link)
    for text in ("text", "in.csv"):
        (tmp_path / text).write_text("地点\n保定市\n", "utf-8")
    with pytest.raises(InputError) as told:
        USES[use](rm, tmp_path / name)
    assert "\n" not in str(told.value)
    assert not (tmp_path / "out.csv").exists()
