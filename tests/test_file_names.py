"""Names of others as names of files: whatever they hold, they name one file of the folder that is meant."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from regionmap.file_names import plain_name

DEVICES = ("CON", "nul.csv", "Com1.tar.gz", "lpt9 .csv", "COM¹.csv", "conin$.csv")


@pytest.mark.parametrize(
    "name",
    ["../../x.csv", "..\\..\\x.csv", "C:\\x.csv", "C:x.csv", "\\\\host\\share\\x.csv", "/etc/x.csv", "x.csv:stream",
     "a\x00b.csv", "a\nb\r.csv", "\x1b[2J.csv", "\u202evsc.x", "..", ".", "", " ", "...csv", ".hidden", "-rf.csv",
     "x. . .", "a*b?.csv", '"<x>|y".csv', "\udc80.csv", *DEVICES],
)  # fmt: skip
def test_any_name_is_one_name_everywhere(name: str) -> None:
    plain = plain_name(name)
    assert plain.isprintable()
    assert not set('\\/:*?"<>|') & set(plain)
    assert PurePosixPath(plain).parts == PureWindowsPath(plain).parts == (plain,)
    assert plain[0] not in ".- "
    assert plain[-1] not in ". "
    assert plain.split(".")[0].strip().upper() not in {"CON", "NUL", "COM1", "LPT9", "COM¹", "CONIN$"}
    assert plain_name(plain) == plain


def test_usual_names_stay() -> None:
    for name in ("sites.csv", "项目 清单（2024）.xlsx", "year=2019-part-1", "console.csv", "communes.csv", "a..b.csv"):
        assert plain_name(name) == name


def test_a_long_name_is_cut_before_its_ending_and_inside_no_character() -> None:
    plain = plain_name("清" * 100 + ".csv", most_bytes=50)
    assert plain == "清" * 15 + ".csv"
    assert plain_name("a" * 90, most_bytes=50) == "a" * 50
