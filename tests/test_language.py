"""The Chinese of every sentence, and answers to a seeded sample of questions: signs, blanks, words, numbers."""

from __future__ import annotations

import contextlib
import io
import random
import re
import shlex
from collections.abc import Iterator

import pytest
import yaml

import regionmap.cli.commands as cli
from regionmap.api import Regionmap
from regionmap.i18n import LOCALE_DIR, as_printed, enumerated, t, tn
from regionmap.model import Text
from regionmap.places.changes import all_changes
from regionmap.resources import data_dir
from regionmap.rules.matching.explanation import units_text
from regionmap.rules.verdict.citations import citation
from regionmap.words import ACTIONS

HAN = "\u3400-\u9fff"
OPENING, CLOSING = "（「《“", "）」》”，。；：？！、"
LATIN = re.compile(f"[{HAN}{CLOSING}] ?[,;:?!()]|[,;:?!()] ?[{HAN}{OPENING}]")
BLANK = re.compile(f"[{HAN}] [{HAN}]|[{HAN}] +[，。；：？！、（）]|[，。；：？！、（）] [{HAN}]")
"""A blank alone: several set columns apart."""
FULL_WIDTH = re.compile("[，。；：？！、（）“”《》]")
ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z']+ ){2,}[A-Za-z][a-z']+\b")
"""Three words of English one after another: a sentence or a heading, no name of a process or of a format."""
CODE = re.compile("`[^`]*`")
QUOTED = re.compile("「[^」]*」|《[^》]*》|“[^”]*”|（[一二三四五六七八九十]+）")
"""Words of documents, and the numbers of their items."""
ONE_WORD = {
    "载入": "收录",
    "规则库": "目录",
    "证据": "依据",
    "行政区划单位": "行政单位",
    "地方法规": "地方性法规",
    "条须知": "条注意事项",
    "去向中": "承接地中",
    "投资者的任何行为": "投资者的任何建设性质",
    "坐标基准": "坐标系",
}
"""What was said for a concept beside its word, and the word: see docs/zh/vocabulary.md."""


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    """The Chinese of every sentence, by its English: what stands in `code` and signs of quotes left out."""
    read_po = pytest.importorskip("babel.messages.pofile").read_po
    with (LOCALE_DIR / "zh" / "LC_MESSAGES" / "regionmap.po").open("rb") as file:
        catalog = read_po(file, locale="zh")
    found = {
        one.id if isinstance(one.id, str) else one.id[0]: one.string if isinstance(one.string, str) else one.string[0]
        for one in catalog
        if one.id
    }
    return {english: CODE.sub("`", words) for english, words in found.items()}


def test_no_latin_sign_stands_beside_chinese_in_a_sentence(chinese):
    assert [words for words in chinese.values() if LATIN.search(words)] == []


def test_no_blank_stands_between_chinese_in_a_sentence(chinese):
    assert [words for words in chinese.values() if BLANK.search(words)] == []


def test_one_word_stands_for_one_concept(chinese):
    wrong = {words: right for words in chinese.values() for other, right in ONE_WORD.items() if other in words}
    assert wrong == {}


def own_words(value: object, key: str = "") -> Iterator[str]:
    """Yield the Chinese of our own in a file of data: summaries, caveats and notes, not quotes and titles."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield from own_words(held, key if name in {"zh", "en"} else str(name))
            if name == "zh" and isinstance(held, str) and key not in {"title", "quote", "printed"}:
                yield held
    elif isinstance(value, list):
        for one in value:
            yield from own_words(one, key)


def test_one_word_stands_for_one_concept_in_the_words_of_data():
    files = sorted(data_dir().rglob("*.yaml"))
    assert len(files) > 150
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    told = [words for path in files for words in own_words(yaml.load(path.read_text("utf-8"), loader))]  # noqa: S506
    assert len(told) > 4000
    assert [words for words in told if any(other in words for other in ONE_WORD)] == []


def test_what_is_loaded_is_called_so_in_every_sentence_that_speaks_of_it(chinese):
    speaking = re.compile(
        r"\b(is|are|not|was|were|none|nothing|no list) loaded\b|\bloaded (document|list|rule)|Nothing loaded"
    )
    told = {english: words for english, words in chinese.items() if speaking.search(english)}
    assert len(told) > 30
    assert {english for english, words in told.items() if not re.search("收录|没有在用|没有内容", words)} == set()


@pytest.mark.parametrize(("count", "words"), [(0, "0 rules"), (1, "1 rule"), (2, "2 rules"), (1200, "1,200 rules")])
def test_a_count_has_the_form_of_its_number(count, words):
    found = tn("{count} rule", "{count} rules", count)
    assert found.en == words
    assert found.zh == f"{count:,} 条规则"


def test_names_make_a_list_that_a_sentence_can_be_about(rm):
    units = rm.gazetteer.units()[1:16]
    assert units_text(units[:1]).en == "Dongcheng District"
    assert units_text(units[:2]).en == "Dongcheng District and Xicheng District"
    assert units_text(units[:3]).en == "Dongcheng District, Xicheng District and Chaoyang District"
    assert units_text(units[:4], 3).en.endswith("Chaoyang District and 1 more")
    assert units_text(units[:4], 3).zh.endswith("朝阳区等，另有 1 个")
    assert enumerated([]) == Text("", "")


def test_the_verb_has_the_number_of_its_places(rm):
    one = rm.check("保定市", industry="钢铁", on="2019-06-01").deciding[0].because.place.en
    two = rm.check("莱芜市", industry="钢铁", on="2024-06-01")
    several = [reason.because.place.en for reason in (*two.findings, *two.fell_away)]
    assert one.startswith("Baoding belongs to “Beijing-Tianjin-Hebei and surroundings” (")
    assert any(words.startswith("Laiwu District and Gangcheng District belong to ") for words in several)
    assert any(words.startswith("Laiwu District and Gangcheng District are not in ") for words in several)
    assert not any(re.match("Laiwu District and Gangcheng District (is|lies|belongs)", words) for words in several)


def test_no_blank_stands_between_two_fields_that_chinese_fills():
    distance = "{distance} to {place}, where other rules hold"
    far, near = (
        t(distance, place=Text("文安县", "Wen'an County"), distance=Text(zh, "")).zh for zh in ("37 米", "不到 1 米")
    )
    assert far == "距文安县 37 米，那里适用的规则不同"
    assert near == "距文安县不到 1 米，那里适用的规则不同"


def test_a_field_that_comes_twice_is_closed_up_at_both_places(rm):
    (head,) = [one.text.zh for one in rm.check("两江新区", industry="化工").caveats if one.kind == "place_reading"]
    assert "在江北区、北碚区、渝北区：" in head
    assert "以下按江北区、北碚区、渝北区回答" in head


def test_chinese_that_has_no_english_is_marked(rm):
    assert as_printed("炼铁") == Text("炼铁", "「炼铁」")
    answer = rm.check("寿县", industry="3110", on="2020-01-01")
    told = [one.text.en for one in answer.caveats if one.kind == "code_fit"]
    assert told
    assert all("3110 「炼铁」 counts as “" in words for words in told)


def test_a_park_has_the_english_name_that_its_list_gives(rm):
    (head,) = [one.text.en for one in rm.check("苏州工业园区", industry="化工").caveats if one.kind == "place_reading"]
    assert "Suzhou Industrial Park lies in Suzhou: " in head
    (head,) = [
        one.text.en for one in rm.check("江阴临港化工园区", industry="化工").caveats if one.kind == "place_reading"
    ]
    assert "「江阴临港化工园区」 lies in Jiangyin City: " in head


def questions(rm: Regionmap, seed: int) -> Iterator[str]:
    """Yield commands: places of all levels, points, industries by name and code, dates before, within and after."""
    chosen = random.Random(seed)  # noqa: S311
    units = [one for one in rm.gazetteer.units() if one.code[:2] < "70"]
    industries = [shlex.quote(one.name.zh) for one in rm.industries()] + ["3110", "2511", "C", "30"]
    regions = [one.id for one in rm.regions()]
    days = ["2005-01-01", "2014-05-01", "2019-06-01", "2024-06-01", "2026-06-01", "2031-01-01"]
    for full in ("", "", " --full", " --full"):
        unit = chosen.choice(units)
        yield f"check {unit.code} --industry {chosen.choice(industries)} --date {chosen.choice(days)}{full}"
    for _ in range(2):
        unit = chosen.choice(units)
        point = f"--lon {unit.lon} --lat {unit.lat}"
        yield f"check {point} --industry {chosen.choice(industries)} --date {chosen.choice(days)}"
    for full in ("", " --full"):
        yield f"lookup {chosen.choice(units).code} --date {chosen.choice(days)}{full}"
        place = chosen.choice([one for one in units if one.level != "county"])
        yield f"transfer --from {place.code} --industry {chosen.choice(industries)} --date {chosen.choice(days)}{full}"
        first, last = sorted(chosen.sample(days, 2))
        yield f"history {chosen.choice(regions)} --from {first} --to {last}{full}"
        yield f"rules --industry {chosen.choice(industries)} --date {chosen.choice(days)}"
        yield f"regions {chosen.choice(regions)}{full}"
    yield from ("regions", "validate", "validate broken", "screen sites.csv -o out.csv")


SITES = """place,lon,lat,industry,date
保定市,,,钢铁,2019-06-01
,38.87,115.46,钢铁,2019-06-01
,116.2,38.9,C3110,2031-01
加格达奇区,,,水泥,1990-01-01
,0,0,钢铁,
朝阳,,,铁钢,
保定市,115.46x,38.87,水泥,yesterday
"""


@pytest.fixture(scope="module", params=[1, 2])
def sample(request, rm, tmp_path_factory) -> dict[str, dict[str, str]]:
    """What a seeded sample of commands prints: {language: {command: text}}, without what documents are called."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / "sites.csv").write_text(SITES, encoding="utf-8")
    (folder / "broken" / "sources").mkdir(parents=True)
    (folder / "broken" / "sources" / "x.yaml").write_text(
        "id: y\nlevel: town\nissued: 2019\nwhat: [1]\n", encoding="utf-8"
    )
    found: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
    load = Regionmap.load
    cited = named_documents(rm)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "1000")
        patch.setattr(Regionmap, "load", lambda catalogue=None: rm if catalogue is None else load(catalogue))
        for language, said in found.items():
            patch.setenv("REGIONMAP_LANG", language)
            for command in questions(rm, request.param):
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                    cli._run(shlex.split(command))
                assert printed.getvalue().strip(), command
                said[command] = cited.sub("X", printed.getvalue())
    return found


def named_documents(rm: Regionmap) -> re.Pattern[str]:
    """Return what documents, their items and lists are called: as they are printed, in either language."""
    sources = rm.catalogue.sources | rm.catalogue.lists
    names = {citation(one, sources[one.source].number).strip() for one in rm.catalogue.provisions}
    names |= {f"{sources[one.source].number} {one.item}" for region in rm.regions() for one in region.definitions}
    names |= {one.number for one in sources.values()} | {one.title.zh for one in sources.values()}
    names |= {one.number or "" for each in rm.catalogue.programmes.values() for one in each.batches}
    names |= {one.number or "" for each in rm.catalogue.parks.values() for one in each.parks}
    names |= {change.number for change in all_changes()}
    names |= {one.item for one in rm.catalogue.provisions if "（" in one.item}
    ordered = sorted((one for one in names if one), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)))


def shown(text: str, sign: re.Pattern[str]) -> list[str]:
    """Return the neighbourhood of every hit, without quotes, prefixes of lines and addresses."""
    hits = []
    for line in text.splitlines():
        said = re.sub(r"^ *([!?·] |regionmap: |[\w./-]+:\d+: ([\w.-]+: )?)?", "", line)
        plain = CODE.sub("`", QUOTED.sub("Q", said))
        hits += [plain[max(0, one.start() - 25) : one.end() + 15] for one in sign.finditer(plain)]
    return hits


def test_chinese_answers_have_chinese_signs_and_no_blanks_between_characters(sample):
    told = {command: [*shown(text, LATIN)[:3], *shown(text, BLANK)[:3]] for command, text in sample["zh"].items()}
    assert {command: found for command, found in told.items() if found} == {}


def test_chinese_answers_hold_no_english_sentence(sample):
    values = "validate broken"  # it lists the values that a field of a policy file may have
    told = {command: shown(text, ENGLISH)[:3] for command, text in sample["zh"].items() if command != values}
    assert {command: found for command, found in told.items() if found} == {}


def test_english_answers_have_no_full_width_signs(sample):
    told = {command: shown(text, FULL_WIDTH)[:3] for command, text in sample["en"].items()}
    assert {command: found for command, found in told.items() if found} == {}


def test_english_answers_count_one_thing_in_the_singular(sample):
    many = re.compile(
        r"(?<![\d,.])1 (more )?(rules|questions|caveats|documents|units|provisions|problems|lists|rows)\b"
    )
    assert {command: found for command, text in sample["en"].items() if (found := many.findall(text))} == {}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_label_in_an_english_sentence_is_a_name_in_quotes(rm, seed):
    labels = {one.name.en for one in (*rm.industries(), *rm.regions())} | {one.en for one in ACTIONS.values()}
    ordered = sorted(labels, key=len, reverse=True)
    bare = re.compile(rf"(?<=[a-z,] )({'|'.join(map(re.escape, ordered))})(?![\w-])")
    chosen = random.Random(seed)  # noqa: S311
    units = [one.code for one in rm.gazetteer.units() if one.code[:2] < "70"]
    industries = [*(one.id for one in rm.industries()), "3110", "2511", "C"]
    found = {}
    for _ in range(25):
        day = chosen.choice(["2012-01-01", "2019-06-01", "2022-06-01", "2026-06-01"])
        answer = rm.check(chosen.choice(units), industry=chosen.choice(industries), on=day)
        told = [one.text.en for one in answer.caveats]
        for one in (*answer.findings, *answer.not_in_force, *answer.fell_away):
            because = one.because
            told += [because.place.en, because.industry.en, because.action.en, because.date.en]
        for words in told:
            plain = re.sub("“[^”]*”|「[^」]*」|It is a target or a duty: .*|The rule speaks to: .*", "Q", words)
            found |= dict.fromkeys(bare.findall(plain), words)
    assert found == {}
