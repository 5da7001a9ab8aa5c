"""What every command prints is in one language: Chinese with Chinese signs, English with English names of places."""

from __future__ import annotations

import contextlib
import html
import io
import re
from html.parser import HTMLParser

import pytest

import regionmap
import regionmap.cli.commands as cli
from regionmap.api import Regionmap
from regionmap.model import Effect, Ruling, Status
from regionmap.screening.kinds import REASONS
from regionmap.unit_table import printed_name

HAN = "\u3400-\u9fff"
QUOTED = re.compile("「[^」]*」|《[^》]*》")
"""Words of documents, which stand as they are printed."""
LATIN_SIGNS = re.compile(f"[{HAN}）」》] ?[,;:!?()] ?[{HAN}（「《]|[{HAN}）」》][,;:!?]( |$)", re.MULTILINE)
IDS = re.compile(
    r"(?<![\w/-])("
    + "|".join({*REASONS, *Effect, *Ruling, *Status} - {"cap", "condition", "target", "support", "pilot", "duty"})
    + r")(?![\w/-])"
)
CHINESE = re.compile(f"[{HAN}]+")
SITES = """place,lon,lat,industry,date
保定市,,,钢铁,2019-06-01
,38.87,115.46,钢铁,2019-06-01
,0,0,钢铁,
Atlantis,,,钢铁,
朝阳,,,钢铁,
保定市,,,铁钢,
,2.35,48.85,水泥,2019-06-01
,115.46,,水泥,2019-06-01
"""
COMMANDS = [
    "check 保定 --industry 钢铁 --date 2019-06-01",
    "check 保定 --industry 钢铁 --date 2019-06-01 --full",
    "check 保定 --industry 钢铁 --brief",
    "check 河北省 --industry 化工 --full --format markdown",
    "check 两江新区 --industry 化工",
    "check 莱芜市 --industry 钢铁 --full",
    "check --lon 113.949 --lat 38.0 --industry 焦化 --full",
    "check --lon 115.46 --lat 38.87 --radius 30 --industry 高耗能",
    "check 香港 --industry 钢铁 --full",
    "check 保定 --industry 钢铁 --report r.html",
    "lookup 保定",
    "lookup 苏州 --full",
    "transfer --from 上海 --industry 纺织 --top 3",
    "transfer --from 上海 --industry 电子 --full",
    "rules --place 保定 --effect pilot --date 2022-01-01",
    "rules --text 不存在的词",
    "regions 长三角 --date 2019-06-01",
    "history air-key-regions --from 2018-07-23 --to 2024-06-01",
    "history air-key-regions --from 2018-07-23 --to 2024-06-01 --full",
    "sources 工信部节〔2018〕136号",
    "screen sites.csv -o out.csv",
    "export key-regions -o k.csv",
    "check 朝阳 --industry 钢铁",
    "check 京津冀 --industry 钢铁",
    "lookup 两江新区",
    "check 保丁市 --industry 钢铁",
    "check --lon 106.9 --lat 47.9 --industry 钢铁",
]


@pytest.fixture(scope="module")
def outputs(rm, tmp_path_factory):
    """Return what all commands print in each language, and the report that one writes: {language: {command: text}}."""
    folder = tmp_path_factory.mktemp("words")
    (folder / "sites.csv").write_text(SITES, encoding="utf-8")
    found: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
    load = Regionmap.load
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "1000")
        patch.setattr(Regionmap, "load", lambda catalogue=None: rm if catalogue is None else load(catalogue))
        for language, said in found.items():
            patch.setenv("REGIONMAP_LANG", language)
            for command in COMMANDS:
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                    cli._run(command.split())
                said[command] = printed.getvalue()
                assert said[command].strip(), command
            said["report"] = (
                (folder / "r.html").read_text("utf-8").partition("<body>")[2].partition('<pre class="json">')[0]
            )
    return found


def plain(page: str) -> str:
    return QUOTED.sub("", html.unescape(re.sub("<[^>]+>", "\n", page)))


def test_chinese_answers_have_chinese_signs(outputs):
    told = {
        command: [text[max(0, one.start() - 12) : one.end() + 12] for one in LATIN_SIGNS.finditer(text)]
        for command, printed in outputs["zh"].items()
        if (text := plain(printed)) is not None
    }
    assert {command: found[:3] for command, found in told.items() if found} == {}


def test_no_answer_shows_an_id_of_the_program_for_a_word(outputs):
    told = {
        (language, command): sorted({one[0] for one in IDS.finditer(plain(printed))})
        for language in ("zh",)
        for command, printed in outputs[language].items()
    }
    assert {key: found for key, found in told.items() if found} == {}
    assert "swapped: " not in outputs["en"]["screen sites.csv -o out.csv"]


def test_english_reasons_call_units_by_their_english_names(rm):
    named = {one.name for one in rm.gazetteer.units()}
    for place, industry in (("莱芜市", "钢铁"), ("河北省", "化工"), ("两江新区", "化工")):
        answer = rm.check(place, industry=industry, on="2024-06-01")
        found = [one for group in (answer.findings, answer.depends_on_site, answer.fell_away) for one in group]
        reasons = [one.because.place.en for one in found] + [one.provision.summary.en for one in found]
        chinese = {words for reason in reasons for words in CHINESE.findall(reason)}
        assert chinese & named == set()
        assert any("not in" in one for one in reasons)
        head = [one.text.en for one in answer.caveats if one.kind == "place_reading"]
        assert not {words for one in head for words in CHINESE.findall(one)} & named


def test_every_place_that_a_rule_prints_has_the_english_name_of_its_unit(rm):
    named = {one.name for one in rm.gazetteer.units()}
    places = [place for one in rm.catalogue.provisions for place in one.where.places]
    assert len(places) > 100
    assert {printed_name(one.printed, one.codes).en for one in places if len(one.codes) == 1} & named == set()
    assert printed_name("河北省唐山市", ["130200"]).en == "Tangshan"
    assert printed_name("新疆维吾尔自治区（全区）", ["650000"]).en == "all of Xinjiang"
    assert printed_name("苏州工业园区", ["320505"]).en == "「苏州工业园区」"  # no name is made up


def test_chinese_words_in_a_page_in_english_are_marked(outputs, monkeypatch):
    class Unmarked(HTMLParser):
        """Collects Chinese that stands in no element of that language."""

        def __init__(self) -> None:
            super().__init__()
            self.languages: list[str] = []
            self.found: list[str] = []

        def handle_starttag(self, tag, attrs):
            if tag not in {"br", "path", "circle", "meta"}:
                self.languages.append(dict(attrs).get("lang") or (self.languages[-1] if self.languages else ""))

        def handle_endtag(self, tag):
            if self.languages and tag not in {"br", "path", "circle", "meta"}:
                self.languages.pop()

        def handle_data(self, data):
            if re.search(f"[{HAN}]", data) and not (self.languages and self.languages[-1].startswith("zh")):
                self.found.append(data)

    monkeypatch.setenv("REGIONMAP_LANG", "en")
    answer = regionmap.load().check("莱芜市", industry="钢铁", on="2024-06-01")
    report = re.sub("<svg.*?</svg>", "", outputs["en"]["report"], flags=re.DOTALL)
    for page in (report, answer._repr_html_()):
        reader = Unmarked()
        reader.feed(page)
        assert reader.found == []
        assert 'lang="zh-Hans"' in page
