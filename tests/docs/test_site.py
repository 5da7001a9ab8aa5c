"""The documentation builds without a warning, its links lead somewhere, and a browser asks nobody else for anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import chromium
from tools import build_docs

pytest.importorskip("sphinx", reason="the extra docs is not installed")
pytest.importorskip("myst_nb", reason="the extra docs is not installed")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both languages, built as ``make docs`` does."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, str(ROOT / "tools" / "build_docs.py"), "--out", str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


def text(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_hold_what_the_program_knows(site: Path, language: str):
    commands = text(site / language / "reference" / "commands.html")
    assert "regionmap check [OPTIONS] [PLACE]" in commands
    assert {"en": "print one line", "zh": "只输出一行"}[language] in commands
    coverage = text(site / language / "coverage.html")
    assert coverage.count("<path class='none'") + coverage.count("<path class='loaded'") == 34
    assert "工信部节〔2018〕136号" in coverage
    assert "Load the bundled catalogue" in text(site / language / "reference" / "python.html")
    notebook = text(site / language / "notebooks" / "investor.html")
    assert {"en": "Prohibited</span> · Jingxiu", "zh": "禁止</span> · 河北省保定市竞秀区"}[language] in notebook


def test_the_changelog_and_the_glossary_come_from_their_files(site: Path):
    assert "Unreleased" in text(site / "zh" / "changelog.html")
    assert "membership signature" in text(site / "en" / "contributing.html")


def test_a_link_that_leads_nowhere_and_a_load_from_outside_are_found(tmp_path: Path):
    (tmp_path / "here.html").write_text('<h1 id="top">x</h1><a href="here.html#top">ok</a>', "utf-8")
    (tmp_path / "page.html").write_text(
        '<a href="here.html#gone">a</a><a href="gone.html">b</a><a href="http://nodot/">c</a>'
        '<a href="here.html#top">d</a>'
        '<script src="https://cdn.example.org/x.js"></script><a href="https://example.org/">e</a>',
        "utf-8",
    )
    assert [line.split(": ", 1)[1] for line in build_docs.broken(tmp_path)] == [
        "loads https://cdn.example.org/x.js",
        "here.html#gone: no such place in it",
        "gone.html: no such file",
        "http://nodot/: no address",
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed at the end of this file: tests in other files start event loops of their own."""
    with chromium() as made:
        yield made


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of a desktop or a telephone that counts requests which leave the machine."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page, left = context.new_page(), []
    page.on(
        "request", lambda one: left.append(one.url) if not one.url.startswith(("file:", "data:", "blob:")) else None
    )
    yield page
    context.close()
    assert left == []


@pytest.mark.parametrize("page", [(390, "dark")], indirect=True)
def test_no_page_asks_for_anything_outside_or_is_wider_than_a_telephone(site: Path, page: Page):
    for path in sorted(site.glob("*/**/*.html")):
        if "_static" not in path.parts:
            page.goto(path.as_uri())
            wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
            assert wide[0] <= wide[1], path


@pytest.mark.parametrize("page", [(1366, "light")], indirect=True)
@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("zh", "产能置换", "用语"),
        ("zh", "置换", "用语"),
        ("en", "capacity replacement", "Vocabulary"),
        ("en", "太湖流域", "Coverage"),
    ],
)
def test_the_search_finds(site: Path, page: Page, language: str, words: str, found: str):
    page.goto(f"{(site / language / 'search.html').as_uri()}?q={words}")
    from playwright.sync_api import expect

    expect(page.locator("#search-results")).to_contain_text(found)  # results come one by one


@pytest.mark.parametrize("page", [(1366, "light")], indirect=True)
def test_the_search_does_not_find_what_is_not_there(site: Path, page: Page):
    page.goto(f"{(site / 'zh' / 'search.html').as_uri()}?q=置能产换")
    page.wait_for_selector("#search-results h2, #search-results p")
    page.wait_for_timeout(500)
    assert page.locator("#search-results li").count() == 0


@pytest.mark.parametrize("page", [(1366, "light"), (390, "light")], indirect=True)
def test_the_same_page_in_the_other_language(site: Path, page: Page):
    page.goto((site / "en" / "howto" / "investor.html").as_uri())
    if page.viewport_size and page.viewport_size["width"] < 900:
        page.locator("button.primary-toggle").click()
    page.locator("a.regionmap-language:visible").first.click()
    assert page.url == (site / "zh" / "howto" / "investor.html").as_uri()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
