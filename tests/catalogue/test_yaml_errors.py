"""A file that is no YAML: line and column of what is to be mended, and what to do, in both languages."""

from __future__ import annotations

import re

import pytest

from regionmap.catalogue.yaml_errors import _PARSER_SAYS
from regionmap.catalogue.yamlio import YamlError, parse_yaml
from regionmap.errors import CatalogueError
from tests.catalogue.overlays import SOURCE, load

BROKEN = {
    "id: x\nlist: [1, 2\nnext: 3\n": (3, 5, "a bracket that opens before is not closed", "括号没有闭合"),
    "id: x\ntitle: a: b\n": (2, 9, "put the text that holds it in quotes", "引号"),
    "id: x\nabc\nother: 1\n": (2, 1, "no colon follows", "后面没有冒号"),
    "id: x\nmap:\n  a: 1\n\tb: 2\n": (4, 1, "indent with blanks", "空格"),
    "id: x\ntext: @home\n": (2, 7, "no value begins with this character", "引号"),
    'id: x\ntext: "abc\n': (2, 7, "has no closing quote", "引号"),
    'id: x\ntext: "C:\\path"\n': (2, 10, "a backslash in double quotes", "反斜杠"),
    "id: x\n---\nid: y\n": (2, 1, "a second document begins here", "第二个文档"),
    "id: x\ntext: *name\n": (2, 7, "aliases (*name) are not read", "别名"),
    "id: x\nlist:\n  - a\n b: 1\n": (4, 2, "does not go on from what stands before", "接不上"),
    "id: x\ntext: a\x07b\n": (2, 8, "a control character stands here", "控制字符"),
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_yaml_is_told_with_line_column_and_what_to_do(text):
    line, column, english, chinese = BROKEN[text]
    with pytest.raises(YamlError) as caught:
        parse_yaml(text)
    told = caught.value.message
    assert caught.value.line == line
    assert told.en.startswith(f"not YAML at column {column}: ")
    assert told.zh.startswith(f"不是 YAML（第 {column} 列）：")
    assert english in told.en
    assert chinese in told.zh
    assert not re.search("[a-z]{4,} [a-z]{2,}", told.zh), "the Chinese is Chinese"


def test_every_sentence_is_reached_by_a_text():
    told = set()
    for text in BROKEN:
        with pytest.raises(YamlError) as caught:
            parse_yaml(text)
        told.add(re.sub(r"column \d+", "column {column}", caught.value.message.en))
    assert {sentence for _, sentence in _PARSER_SAYS} - told == set()


def test_a_folder_names_the_file_and_the_line(tmp_path):
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, {SOURCE: "id: test-2020-1\ntitle: a: b\n"})
    (english,), (chinese,) = caught.value.problems, caught.value.lines("zh")
    assert f"{SOURCE}:2: not YAML at column 9: " in english
    assert f"{SOURCE}:2" in chinese
    assert "不是 YAML（第 9 列）：" in chinese
