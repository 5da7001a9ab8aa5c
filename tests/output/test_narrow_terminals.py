"""What every command prints on terminals of 80, 60 and 40 cells: nothing too wide, no word or number broken."""

from __future__ import annotations

import contextlib
import io
import re
import shlex

import pytest
from rich.cells import cell_len

import regionmap.cli.commands as cli
from regionmap.api import Regionmap
from regionmap.output.tables.columns import Column, widths
from regionmap.wrapping import longest_piece

WIDTHS = (80, 60, 40)
UNCUT = 2000
SITES = """place,lon,lat,industry,date
保定市,,,钢铁,2019-06-01
,38.87,115.46,钢铁,2019-06-01
加格达奇区,,,水泥,1990-01-01
,0,0,钢铁,
朝阳,,,铁钢,
"""
BRIEF = (
    "check 保定 --industry 钢铁 --date 2019-06-01",
    "check 两江新区 --industry 化工 --date 2026-11-27",
    "check --lon 115.46 --lat 38.87 --radius 5 --industry 水泥 --date 2019-06-01",
    "lookup 保定 --date 2019-06-01",
    "transfer --from 上海 --industry 纺织 --date 2022-06-01",
    "history air-key-regions --from 2018-07-23 --to 2024-06-01",
)
WHOLE = (
    "check 保定 --industry 钢铁 --date 2019-06-01 --full",
    "check --lon 115.46 --lat 38.87 --radius 5 --industry 水泥 --date 2019-06-01 --full",
    "lookup 香港 --date 2014-05-01 --full",
    "transfer --from 上海 --industry 电子 --date 2022-06-01 --full",
    "history air-key-regions --from 2018-07-23 --to 2024-06-01 --full",
    "rules --place 保定 --effect pilot --date 2022-01-01",
    "rules --text 不存在的词",
    "regions",
    "regions --full --date 2019-06-01",
    "sources",
    "screen sites.csv -o out.csv",
    "validate broken",
    "--help",
    *(f"{name} --help" for name in sorted(cli.app.commands)),
    "check 朝阳 --industry 钢铁",
    "check 保丁市 --industry 钢铁",
    "check 京津冀 --industry 钢铁",
    "check 保定",
    "lookup 两江新区",
    "foo",
    "check --foo",
)
A_NUMBER_BEGINS = re.compile(r"[〔［][^号]*$|(?:令第|公告\d{4}年|公告第)\d*$")
"""A line that ends inside a document's number."""
WORD = re.compile(r"[A-Za-z][A-Za-z'-]*[A-Za-z]")
MAY_BE_CUT = re.compile("  |! |试点|引导承接|引导调整|园区|Pilots|Guided here|To adjust|Parks")
"""How a line of a brief answer begins that may end in …: quotes, questions, caveats and lists of names."""
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("narrow")
    (made / "sites.csv").write_text(SITES, encoding="utf-8")
    (made / "broken" / "sources").mkdir(parents=True)
    (made / "broken" / "sources" / "x.yaml").write_text("id: y\nlevel: town\nwhat: [1]\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module", params=["zh", "en"])
def printed(request, rm, folder) -> dict[tuple[str, int], list[str]]:
    """The lines that every command prints, by command and width."""
    load = Regionmap.load
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("REGIONMAP_LANG", request.param)
        patch.setenv("TERM", "xterm")
        patch.setenv("NO_COLOR", "1")
        patch.setattr(Regionmap, "load", lambda catalogue=None: rm if catalogue is None else load(catalogue))
        patch.setattr("regionmap.cli.help._WIDEST", UNCUT)
        for width in (UNCUT, *WIDTHS):
            patch.setenv("COLUMNS", str(width))
            for command in (*BRIEF, *WHOLE):
                screen, bar = Screen(), io.StringIO()
                with (
                    contextlib.redirect_stdout(screen),
                    contextlib.redirect_stderr(bar if command.startswith("screen ") else screen),
                ):
                    cli._run(shlex.split(command))
                lines = CODES.sub("", screen.getvalue()).splitlines()
                assert any(lines), command
                found[command, width] = lines
    return found


def narrow(printed):
    return {asked: lines for asked, lines in printed.items() if asked[1] != UNCUT}


def test_no_line_is_wider_than_the_terminal(printed):
    wide = {
        asked: one for asked, lines in narrow(printed).items() for one in lines if cell_len(one.rstrip()) > asked[1]
    }
    assert wide == {}


def test_no_word_is_broken(printed):
    broken = {}
    for (command, width), lines in narrow(printed).items():
        known = set(WORD.findall("\n".join(printed[command, UNCUT])))
        if strange := set(WORD.findall("\n".join(lines))) - known:
            broken[command, width] = strange
    assert broken == {}


def test_no_number_of_a_document_is_broken(printed):
    broken = {
        asked: part
        for asked, lines in narrow(printed).items()
        for line in lines
        for part in re.split("[│┃]", line)
        if A_NUMBER_BEGINS.search(part.rstrip())
    }
    assert broken == {}


def test_nothing_is_cut_but_quotes_questions_caveats_and_lists_of_names_in_brief(printed):
    for (command, width), lines in printed.items():
        if command not in BRIEF:
            whole = sum(one.count("…") for one in printed[command, UNCUT])
            assert sum(one.count("…") for one in lines) == whole, (command, width)
        else:
            cut = [one for one in lines if one.endswith("…")]
            assert [one for one in cut if not MAY_BE_CUT.match(one)] == [], (command, width)


def test_a_column_has_room_for_its_longest_word_or_there_is_no_table():
    columns = [Column("Effect", most=14), Column("Document and item", 2), Column("Words", 5), Column("Why", 4)]
    row = [
        "Capacity replacement",
        "工信部节〔2018〕136号 二（二）",
        "「严禁新增钢铁产能」",
        "It lies in Beijing-Tianjin-Hebei.",
    ]
    for room in range(10, 200):
        found = widths(columns, [row], room)
        if found is None:
            assert room < 80
            continue
        assert sum(found) <= room
        assert all(width >= longest_piece(cell) for width, cell in zip(found, row, strict=True))
        assert min(found) >= 11
