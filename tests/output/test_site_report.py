"""The site report: what it says, and that its files stand alone."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from regionmap.api import Regionmap
from regionmap.cli.commands import _run
from regionmap.errors import InputError
from regionmap.output.json.answers import verdict_json
from regionmap.output.report.content import report_of
from regionmap.output.report.drawing import HEIGHT, WIDTH, drawing_of
from regionmap.output.report.files import report_bytes, write_report
from tests.catalogue.overlays import GAZETTEER, good_with, load

DAY = "2019-06-01"


@pytest.fixture(scope="module")
def banned(rm):
    return rm.check("保定市", industry="钢铁", on=DAY)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_verdict_rule_words_and_basis(rm, banned, language):
    page = html.unescape(report_bytes(banned, rm, ".html", language).decode())
    for words in ("工信部节〔2018〕136号", "二（二）", "重点区域严禁新增钢铁", "130600", DAY, banned.catalogue):
        assert words in page
    assert banned.coverage.statement[language] in page
    assert ("禁止" if language == "zh" else "Prohibited") in page
    for one in (*banned.findings, *banned.depends_on_site, *banned.not_in_force, *banned.fell_away):
        assert one.provision.id in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_has_no_script_and_asks_no_other_machine(rm, banned, language):
    page = report_bytes(banned, rm, ".html", language, "https://example.org/regionmap").decode().lower()
    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)\s*=|url\((?!#)|@import|\son[a-z]+\s*=\s*["']""", page)


def test_the_enclosed_answer_is_that_of_check_and_its_digest_holds(rm, banned):
    page = report_bytes(banned, rm, ".html", "zh").decode()
    enclosed = html.unescape(re.search(r'<pre class="json">(.*?)</pre>', page, re.DOTALL).group(1))
    assert json.loads(enclosed) == json.loads(json.dumps(verdict_json(banned, rm)))
    assert hashlib.sha256(enclosed.encode()).hexdigest() in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_word_file_opens_with_east_asian_fonts_and_the_answer_inside(rm, banned, language):
    made = report_bytes(banned, rm, ".docx", language)
    document = docx.Document(io.BytesIO(made))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "重点区域严禁新增钢铁" in text
    assert banned.coverage.statement[language] in text
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
    assert len(document.inline_shapes) == 1
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        answer = package.read("regionmap/answer.json")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert hashlib.sha256(answer).hexdigest() in cells
    assert json.loads(answer)["verdict"] == "prohibited"


def test_the_link_asks_the_same_question(rm):
    by_code = rm.check("保定市", industry="3110", action="expand", on=DAY)
    link = report_of(by_code, rm, "en", "https://example.org/regionmap/").link
    assert link == (
        "https://example.org/regionmap/site?lang=en&date=2019-06-01&action=expand&industry=3110&place=130600"
    )
    point = rm.check(lon=115.65, lat=39.02, datum="gcj02", industry="steel", on=DAY)
    assert report_of(point, rm, "zh").link == (
        "site?lang=zh&date=2019-06-01&action=new&industry=steel&lon=115.65&lat=39.02&datum=gcj02"
    )


def test_every_rule_stands_in_one_section_only(rm, banned):
    report = report_of(banned, rm, "zh")
    sections = (report.decides, *report.sections)
    named = [rule.provision for one in sections for group in one.groups for rule in group.rules]
    shown = (*banned.findings, *banned.depends_on_site, *banned.fell_away, *banned.not_in_force)
    assert sorted(named) == sorted(one.provision.id for one in shown)
    assert {rule.provision for group in report.decides.groups for rule in group.rules} == {
        one.provision.id for one in banned.deciding
    }


@pytest.mark.parametrize("place", ["澳门", "新疆", "常熟市", "三沙市", "北京市"])
def test_any_place_gets_a_report(rm, place):
    found = rm.check(place, industry="水泥", on=DAY)
    for language in ("zh", "en"):
        assert found.place.code in report_bytes(found, rm, ".html", language).decode()
        assert report_bytes(found, rm, ".docx", language).startswith(b"PK")


def test_the_map_stays_on_its_sheet_and_fills_the_place(rm, banned):
    drawing = drawing_of(banned, rm, "zh")
    corners = [corner for one in drawing.counties for ring in one.rings for corner in ring]
    assert all(-1 <= x <= WIDTH + 1 and -1 <= y <= HEIGHT + 1 for x, y in corners)
    filled = [one for one in drawing.counties if one.kind == "prohibited"]
    assert len(filled) == len(rm.gazetteer.counties("130600"))
    assert "保定" in {one.text for one in drawing.names if one.chosen}


def test_a_point_lies_where_its_datum_says(rm):
    """The same coordinates in GCJ-02 lie some 500 m elsewhere: the circle moves."""
    plain, shifted = (
        drawing_of(rm.check(lon=115.65, lat=39.02, datum=one, industry="steel", on=DAY), rm, "zh")
        for one in ("wgs84", "gcj02")
    )
    assert plain.point == shifted.point == (WIDTH / 2, HEIGHT / 2)
    first = [next(iter(one.counties[0].rings))[0] for one in (plain, shifted)]
    assert first[0] != first[1]


def test_text_of_an_own_folder_is_escaped(tmp_path):
    mark = "<b>&amp;</b>"
    catalogue = load(tmp_path, good_with("en: Test document", f"en: '{mark}'"))
    own = Regionmap(catalogue, GAZETTEER)
    found = own.check("保定市", industry="steel", on="2021-01-01")
    page = report_bytes(found, own, ".html", "en").decode()
    assert mark not in page
    assert html.escape(mark) in page


def test_a_report_is_whole_or_not_there(rm, banned, tmp_path):
    with pytest.raises(InputError, match=r"\.html or \.docx"):
        write_report(banned, rm, tmp_path / "report.pdf", "zh")
    with pytest.raises(InputError, match="no folder"):
        write_report(banned, rm, tmp_path / "none" / "report.html", "zh")
    assert list(tmp_path.iterdir()) == []
    write_report(banned, rm, tmp_path / "report.html", "zh")
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_the_command_writes_it_and_says_so(tmp_path, capsys):
    path = tmp_path / "a.html"
    assert _run(["check", "保定市", "--industry", "钢铁", "--date", DAY, "--report", str(path), "--lang", "en"]) == 0
    assert "Prohibited" in capsys.readouterr().err
    assert "Prohibited" in path.read_text("utf-8")
