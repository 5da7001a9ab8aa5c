"""A visit in Chromium: the first map, a click, another date, and a second visit with the same profile.

Nothing here knows how a page is built: the map is drawn when Leaflet has drawn areas (paths or a canvas), the rules are
there when the number of the document that bans new steel capacity at the place is on the page, and another date is
there when the map's colours have changed.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from web_server import HOST, QUIET_S, Bytes, Wire

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page, Playwright

# On 23 July 2018 a document came out that bans new steel capacity in 80 cities, 保定 among them. Both days lie in one
# month, so that the calendar needs no leafing.
FIRST, OTHER = "2018-07-31", "2018-07-02"
OTHER_IN_CALENDAR = re.compile(r"July 2, 2018")
BAODING = (115.46, 38.87)
RULE = "〔2018〕136号"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
]
PATIENCE_MS = 120_000

# What is drawn, in short: how many areas have which fill, and what a canvas looks like. Empty while there is no area.
_DRAWN = """
() => {
  const fills = {};
  const reach = [document];
  for (const frame of document.querySelectorAll('iframe')) {
    try { if (frame.contentDocument) { reach.push(frame.contentDocument); } } catch (error) { /* another origin */ }
  }
  for (const one of reach) {
    for (const path of one.querySelectorAll('path.leaflet-interactive')) {
      if ((path.getAttribute('d') || '').length < 12) { continue; }
      const fill = path.getAttribute('fill') + ' ' + path.getAttribute('fill-opacity');
      fills[fill] = (fills[fill] || 0) + 1;
    }
    for (const canvas of one.querySelectorAll('canvas.leaflet-zoom-animated')) {
      const blank = one.createElement('canvas');
      [blank.width, blank.height] = [canvas.width, canvas.height];
      const picture = canvas.toDataURL();
      if (picture !== blank.toDataURL()) { fills[picture] = 1; }
    }
  }
  return Object.keys(fills).length ? JSON.stringify(Object.entries(fills).sort()) : '';
}
"""
_FIRST_MAP = f"() => ({_DRAWN})() && performance.now()"
_OTHER_MAP = f"(before) => {{ const now = ({_DRAWN})(); return now !== '' && now !== before; }}"
_RULES = "(words) => document.body.innerText.includes(words)"
_RUNNING = "() => document.querySelectorAll(\"[data-test-script-state='running']\").length > 0"
_FAILED = "() => document.querySelectorAll(\"[data-testid='stException']\").length > 0"
_SPOT = """
([lon, lat]) => {
  const point = map.latLngToContainerPoint([lat, lon]), box = map.getContainer().getBoundingClientRect();
  return [point.x + box.x, point.y + box.y];
}
"""
_HAS_MAP = "() => typeof map === 'object' && typeof map.latLngToContainerPoint === 'function'"


def chromium() -> str:
    return shutil.which("chromium") or "/usr/bin/chromium"


def visit(playwright: Playwright, wire: Wire) -> dict[str, float]:
    """Return what a first and a second visit of a new profile take: bytes and seconds by name."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        with _browser(playwright, Path(profile)) as page:
            before = wire.count()
            found["first map s"] = _first_map(page, wire)
            drawn = wire.count().since(before)
            found |= {"first map bytes": drawn.all, "first map websocket": drawn.websocket}
            _settle(page, wire)
            found["first page bytes"] = wire.count().since(before).all
            found["click s"], bytes_of_click = _click(page, wire)
            found["click bytes"] = bytes_of_click.all
            found["date s"], bytes_of_date = _other_date(page, wire)
            found["date bytes"] = bytes_of_date.all
        with _browser(playwright, Path(profile)) as page:
            before = wire.count()
            found["second map s"] = _first_map(page, wire)
            found["second map bytes"] = wire.count().since(before).all
            _settle(page, wire)
            found["second page bytes"] = wire.count().since(before).all
    return found


@contextmanager
def _browser(playwright: Playwright, profile: Path) -> Iterator[Page]:
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=chromium(),
        args=ARGUMENTS,
        viewport={"width": 1280, "height": 900},
        locale="en-US",  # the names of days in the calendar are the browser's
    )
    try:
        context.set_default_timeout(PATIENCE_MS)
        yield context.pages[0] if context.pages else context.new_page()
    finally:
        context.close()


def _first_map(page: Page, wire: Wire) -> float:
    page.goto(f"http://{HOST}:{wire.port}/?date={FIRST}", wait_until="commit")
    return float(page.wait_for_function(_FIRST_MAP, polling="raf").json_value()) / 1000


def _click(page: Page, wire: Wire) -> tuple[float, Bytes]:
    if page.evaluate(_RULES, RULE):
        raise SystemExit(f"{RULE} is on the page before the click: the benchmark cannot tell when the rules appear")
    frame = _map_frame(page)
    holder = frame.frame_element()
    holder.scroll_into_view_if_needed()
    box, spot = holder.bounding_box(), frame.evaluate(_SPOT, list(BAODING))
    if box is None:
        raise SystemExit("the map cannot be seen")
    before, start = wire.count(), time.perf_counter()
    page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    page.wait_for_function(_RULES, arg=RULE, polling="raf")
    return time.perf_counter() - start, _after(page, wire, before)


def _other_date(page: Page, wire: Wire) -> tuple[float, Bytes]:
    page.mouse.move(1, 1)  # off the map: an area under the mouse is drawn in another way
    page.get_by_test_id("stDateInput").first.get_by_role("spinbutton").first.click()
    day = page.get_by_role("gridcell").get_by_role("button", name=OTHER_IN_CALENDAR)
    day.wait_for()
    _settle(page, wire)
    drawn, before, start = page.evaluate(_DRAWN), wire.count(), time.perf_counter()
    day.click()
    page.wait_for_function(_OTHER_MAP, arg=drawn, polling="raf")
    return time.perf_counter() - start, _after(page, wire, before)


def _after(page: Page, wire: Wire, before: Bytes) -> Bytes:
    _settle(page, wire)
    return wire.count().since(before)


def _settle(page: Page, wire: Wire) -> None:
    """Wait until the script has run and nothing has come over the wire for a second."""
    for _ in range(int(PATIENCE_MS / 50)):
        if wire.quiet_for() > QUIET_S and not page.evaluate(_RUNNING):
            break
        page.wait_for_timeout(50)
    if page.evaluate(_FAILED):
        raise SystemExit(f"the page shows an error:\n{page.get_by_test_id('stException').first.inner_text()[:2000]}")


def _map_frame(page: Page) -> Frame:
    for frame in page.frames:
        with contextlib.suppress(Exception):  # a frame that is being replaced cannot be asked
            found: Any = frame.evaluate(_HAS_MAP)
            if found and frame != page.main_frame:
                return frame
    raise SystemExit("no frame holds a Leaflet map")
