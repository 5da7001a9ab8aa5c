"""Take the pictures of the documentation anew: ``make pictures``.

The app is started on a free port of this machine and shown by Debian's Chromium, in both languages, at the size of a
small desktop. Look at what changed before it is committed.
"""

from __future__ import annotations

import importlib
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

if TYPE_CHECKING:
    from playwright.sync_api import Page

IMAGES = ROOT / "docs" / "images"
SUFFIX = {"zh": "", "en": "-en"}
LONG_MS = 240_000


def take_map(page: Page, address: str, language: str) -> None:
    """The map of steel on 2019-06-01."""
    page.goto(f"{address}/?lang={language}&date=2019-06-01&industry=steel")
    drawn = page.frame_locator("iframe[title='streamlit_folium.st_folium']").locator("path.rmarea")
    drawn.nth(300).wait_for(state="attached", timeout=LONG_MS)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2_000)  # the table beside the map is drawn on a canvas, which tells nobody when it is done
    page.screenshot(path=IMAGES / f"map{SUFFIX[language]}.png")


def take_batch(page: Page, address: str, language: str) -> None:
    """The batch page with the results of its example."""
    page.goto(f"{address}/batch?lang={language}&date=2024-06-01")
    page.locator(".st-key-batch-example button").click(timeout=LONG_MS)
    page.locator(".st-key-batch-run button:enabled").click(timeout=LONG_MS)
    page.locator(".st-key-batch-delete").wait_for(state="attached", timeout=LONG_MS)
    head = page.get_by_text(re.compile(r"^(Results?|结果)[:：]")).first
    head.evaluate("one => one.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(2_000)
    page.screenshot(path=IMAGES / f"batch{SUFFIX[language]}.png")


def main() -> int:
    """Take all of them."""
    from playwright.sync_api import sync_playwright

    web = importlib.import_module("tests.web.conftest")  # by its name: what tests import is not checked with the tools
    with (
        tempfile.TemporaryDirectory() as folder,
        web.running(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=web.CHROMIUM_ARGUMENTS)
        for language in SUFFIX:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            take_map(page, address, language)
            take_batch(page, address, language)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
