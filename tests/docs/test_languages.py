"""The Chinese pages say what the English ones say: the same sections, tables, commands, links, code words and numbers.

Prose cannot be compared by a program. What a change of one page nearly always touches can be, and is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, CHINESE = ROOT / "docs", ROOT / "docs" / "zh"
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)#\s]*)[^)\s]*\)")
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])")
ELSEWHERE = {"contributing.md": "CONTRIBUTING.md", "boundaries.md": "geo/README.md", "security.md": "SECURITY.md"}
"""Pages that are a file outside docs/ in English, and a page of their own in Chinese."""
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
ENGLISH_ONLY = {"changelog.md"}


def english(page: str) -> Path:
    return ROOT / ELSEWHERE[page] if page in ELSEWHERE else ENGLISH / page


def names(folder: Path, ending: str) -> set[str]:
    found = {one.relative_to(folder).as_posix() for one in folder.rglob(f"*{ending}")}
    return {one for one in found if not one.startswith(("_", "zh/"))}


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text("utf-8"))


def sections(path: Path) -> list[str]:
    """The text below each heading, the heading's level in front."""
    parts = re.split(r"^(#+) .*$", prose(path), flags=re.MULTILINE)
    return [f"{level}\n{text}" for level, text in zip(parts[1::2], parts[2::2], strict=True)]


def rows(section: str) -> list[int]:
    """How many cells each row of the tables of a section has."""
    return [len(re.split(r"(?<!\\)\|", line)) - 2 for line in section.splitlines() if line.startswith("|")]


def commands(path: Path) -> list[str]:
    """The lines of the blocks of code, without what is printed, remarks, and what chooses a language."""
    lines = []
    for block in FENCE.findall(path.read_text("utf-8")):
        head, *body = block.splitlines()[:-1]
        if head == "```{toctree}":
            body = [line for line in body if not line.startswith(":caption:")]
        elif head == "```console":
            body = [re.sub(r" --lang en\b|_en\b| (?:en|zh)(?= )", "", line) for line in body if line.startswith("$ ")]
        lines += [head, *(line.split("#")[0].split(" only for")[0].split("仅用于")[0].rstrip() for line in body)]
    return lines


def numbers(section: str) -> Counter[str]:
    bare = re.sub(r"^\s*\d+\. ", "", CODE.sub("", LINK.sub("", section)), flags=re.MULTILINE)
    return Counter(NUMBER.findall(re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", bare)))


def one_form(section: str) -> str:
    """Dates and millions in one form: 1 June 2019 as 2019 年 6 月 1 日, 2.5 million as 250 万."""
    section = re.sub(r"([\d.]+) million", lambda match: str(round(float(match[1]) * 1_000_000)), section)
    section = re.sub(r"([\d.]+) 万", lambda match: str(round(float(match[1]) * 10_000)), section)
    section = re.sub(r"(\d{4}) 年 (\d+) 月 (\d+) 日", r"\1-\2-\3", section)
    section = re.sub(r"(\d{4}) 年 (\d+) 月", r"\1-\2", section)
    for at, month in enumerate(MONTHS, 1):
        section = re.sub(rf"(\d+) {month} (\d{{4}})", rf"\2-{at}-\1", section)
        section = re.sub(rf"\b{month} (\d{{4}})", rf"\1-{at}", section)
    return section


PAGES = sorted(names(CHINESE, ".md") - ENGLISH_ONLY)


def test_every_page_is_there_in_both_languages():
    assert names(ENGLISH, ".md") == names(CHINESE, ".md")
    assert names(ENGLISH, ".ipynb") == names(CHINESE, ".ipynb")


@pytest.mark.parametrize("page", PAGES)
def test_sections_and_tables_correspond(page: str):
    ours, theirs = sections(english(page)), sections(CHINESE / page)
    assert [one.split("\n")[0] for one in ours] == [one.split("\n")[0] for one in theirs]
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
        assert rows(one) == rows(other), f"tables of section {number}"


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_links_correspond(page: str):
    assert commands(english(page)) == commands(CHINESE / page)
    ours, theirs = (LINK.findall(prose(path)) for path in (english(page), CHINESE / page))
    assert sorted(Path(one).name.replace("-en.png", ".png") for one in ours) == sorted(Path(one).name for one in theirs)


@pytest.mark.parametrize("page", PAGES)
def test_code_words_and_numbers_correspond(page: str):
    """Section by section, so that a missing one is named with its place."""
    for number, (one, other) in enumerate(zip(sections(english(page)), sections(CHINESE / page), strict=True), 1):
        where = f"section {number} of {page}"
        assert Counter(CODE.findall(one)) == Counter(CODE.findall(other)), where
        assert numbers(one_form(one)) == numbers(one_form(other)), where


@pytest.mark.parametrize("name", sorted(names(ENGLISH, ".ipynb")))
def test_notebooks_run_the_same_code(name: str):
    books = [json.loads((folder / name).read_text("utf-8"))["cells"] for folder in (ENGLISH, CHINESE)]
    assert [one["cell_type"] for one in books[0]] == [one["cell_type"] for one in books[1]]
    code = [[cell["source"] for cell in book if cell["cell_type"] == "code"] for book in books]
    assert code[0] == code[1]
