"""No text of a catalogue, name of a file, cell or value of an address becomes markup, script or a path.

The payloads are harmless: an underlined element without meaning, words that would set a name nobody reads, and links
and pictures of Markdown at a place that does not exist.
"""

from __future__ import annotations

import ast
import io
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

import regionmap
from regionmap.output.formats import write_layer
from regionmap.output.layers.build import make_layer
from regionmap.output.report.files import write_report
from regionmap.web import state
from regionmap.web.batch import source as batch_source
from regionmap.web.unknown import ASKED
from tests.web.conftest import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MARK = "rm7"
AWAY = "//r.test"
MARKDOWN = f"![]({AWAY})[l]({AWAY})"
PAYLOAD = f"""{MARK}"'><u data-rm="1">x</u></script></style>`${{window.rm=1}}`'+(window.rm=1)+'{{{{7*7}}}}{MARKDOWN}"""
SHORT = f"{MARK}<u data-rm=1>{MARKDOWN}"
"""As long as what the pages repeat of a value of their address."""
HOSTILE = re.compile(r"<u data-rm|<\\?/script><u", re.IGNORECASE)
PAGES = ("", "site", "transfer", "rules", "history", "documents", "about")


def both() -> dict[str, str]:
    return {"zh": PAYLOAD, "en": PAYLOAD}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of policy files in which every free text is hostile."""
    where = {"places": [{"printed": SHORT, "codes": ["130600"]}]}
    rule = {
        "item": "一", "effect": "prohibit", "industries": ["steel"], "actions": ["new"], "quote": SHORT,
        "summary": both(), "evidence": "reported",
    }  # fmt: skip
    source = {
        "id": "test-2020-1", "title": both(), "number": SHORT, "issuers": [both()], "kind": "notice",
        "level": "national", "rank": "ministry", "issued": "2018-01-01", "in_force_from": "2018-01-01",
        "in_force_until": None, "horizon": None, "evidence": "reported", "read": "part", "date_note": both(),
        "note": both(), "items": [{"item": "一", "heading": PAYLOAD}],
        "provisions": [
            {"id": "a", **rule, "where": where, "caveats": [both()]},
            {"id": "b", **rule, "where": where | {"undefined": both()}},
            {"id": "c", **rule, "where": where, "ask": both()},
            {"id": "d", **rule, "where": {"regions": ["test-region"]}, "industries": ["test-industry", "steel"]},
        ],
    }  # fmt: skip
    region = {
        "id": "test-region", "name": both(), "kind": "key-region",
        "definitions": [{
            "source": "test-2020-1", "item": "一", "in_force_from": "2018-01-01", "in_force_until": None, "open": True,
            "quote": SHORT, "evidence": "reported", "note": both(),
            "members": [{"printed": SHORT, "codes": ["130600"], "note": both()}],
        }],
    }  # fmt: skip
    industry = {"id": "test-industry", "name": both(), "kind": "industry", "note": both(),
                "codes": [{"code": "3110", "fit": "part"}]}  # fmt: skip
    made = tmp_path_factory.mktemp("hostile") / "own"
    dated = {"number": SHORT, "date_from": None, "date_printed": "2018", "date_until": None, "evidence": "reported",
             "note": both()}  # fmt: skip
    row = {"printed": SHORT, "codes": ["130600"], "note": both()}
    pilot = {
        "id": "test-programme", "name": both(), "industries": ["steel"], "note": both(),
        "batches": [{"id": "first", "name": both(), "standing": "approved", "printed_count": None, **dated,
                     "places": [row | {"area": "unit"}]}],
    }  # fmt: skip
    destination = {
        "id": "test-list",
        "name": both(),
        "kind": "named",
        "complete": False,
        **dated,
        "rows": [row | {"area": "unit", "industries": ["textile"], "words": SHORT, "evidence": "reported"}],
    }
    park = {
        "id": "test-parks", "name": both(), "kind": "development-zones", "standing": "recognised", "grade": SHORT,
        "printed_count": None, "complete": False, **dated, "parks": [row | {"aliases": [PAYLOAD]}],
    }  # fmt: skip
    words = {"words": [f"{MARK} words"], "choices": ["steel", "cement"], "ask": both()}
    files = {
        "sources/test-2020-1": source, "regions/test-region": region, "industries": {"industries": [industry]},
        "pilots/test-programme": pilot, "destinations/test-list": destination, "parks/test-parks": park,
        "industry-names": {"names": [words]},
    }  # fmt: skip
    for name, data in files.items():
        path = made / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(data, ensure_ascii=False, indent=1)  # YAML, too, but for days
        path.write_text(re.sub(r'("in_force_from": )"(.*?)"', r"\1\2", text), "utf-8")
    return made


@pytest.fixture(scope="module")
def hostile(folder):
    return regionmap.load(folder)


@pytest.fixture(scope="module")
def verdict(hostile):
    found = hostile.check("130600", industry="steel", on="2019-06-01")
    assert {"test-2020-1/a", "test-2020-1/d"} <= {one.provision.id for one in found.findings}
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report(hostile, verdict, language, tmp_path):
    path = tmp_path / "report.html"
    write_report(verdict, hostile, path, language)
    words = path.read_text("utf-8")
    assert MARK in words
    assert not HOSTILE.search(words)
    write_report(verdict, hostile, tmp_path / "report.docx", language)
    with zipfile.ZipFile(tmp_path / "report.docx") as archive:
        body = archive.read("word/document.xml").decode()
    assert MARK in body
    assert not HOSTILE.search(body)
    ElementTree.fromstring(body)  # noqa: S314 - our own


def test_cards_and_tables_of_notebooks(hostile, verdict):
    for one in (verdict, hostile.lookup("130600", on="2019-06-01")):
        words = one._repr_html_()
        assert MARK in words
        assert not HOSTILE.search(words)


@pytest.mark.parametrize("ending", [".kml", ".gpkg", ".geojson", ".csv", ".xlsx"])
def test_files_of_a_layer(hostile, ending, tmp_path):
    path = tmp_path / f"layer{ending}"
    write_layer(lambda: make_layer(hostile, "restricted-capacity", None, "steel"), path)
    if ending == ".kml":
        tree = ElementTree.parse(path)  # noqa: S314 - our own
        words = ElementTree.tostring(tree.getroot(), "unicode")
        assert MARK in words
        assert "u" not in {one.tag.rpartition("}")[2] for one in tree.iter()}
    if ending == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own


@pytest.mark.parametrize(
    "name", ["../../../out.csv", "/etc/out.csv", "..\\..\\out.csv", "a\0b.csv", ".csv", f"{SHORT}.csv", "a.c;sv"]
)
def test_a_name_of_a_file_is_no_path(name, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    content = b"lon,lat\n115.46,38.87\n"
    with batch_source.on_disk(batch_source.Source("1", name, len(content), io.BytesIO(content))) as path:
        assert path.parent.parent == tmp_path
        assert path.parent.name.startswith("regionmap-batch-")
        assert re.fullmatch(r"regionmap-upload(\.[a-z0-9]+)?", path.name)
    assert list(tmp_path.iterdir()) == []


def test_no_text_reaches_a_shell_or_is_run():
    """There is no way: nothing in the package starts a shell or runs text as code."""
    root = Path(regionmap.__file__).parent
    found = []
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            shell = any(one.arg == "shell" for one in node.keywords)
            if shell or name in {"eval", "exec", "os.system", "os.popen", "yaml.load", "yaml.unsafe_load"}:
                found.append(f"{path.relative_to(root)}:{node.lineno} {name}")
    assert found == []


@pytest.mark.enable_socket
def test_pages_in_a_browser(folder, browser: Browser, tmp_path, monkeypatch):
    monkeypatch.setenv("REGIONMAP_CATALOGUE", str(folder))
    (tmp_path / "app").mkdir()
    sites = tmp_path / f"{MARK}<u data-rm=2>.csv"
    sites.write_text(f'lon,lat,行业,"{SHORT}"\n115.46,38.87,steel,"{SHORT}"\n1,2,"{SHORT}","{SHORT}"\n', "utf-8")
    shown: set[str] = set()
    errors: list[str] = []
    with running(tmp_path / "app") as address:
        # No request is looked at on its way, as other tests of the browser do it: the scripts of the pages are kept
        # from one to the next so, which is most of the time.
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        context.on("weberror", lambda one: errors.append(str(one.error)))
        for name in PAGES:
            tabs = []
            for said in (
                {
                    "place": "130600",
                    "industry": "test-industry",
                    "region": "test-region",
                    "text": MARK,
                    "origin": "130600",
                    "show": "pilots",
                    "programme": "test-programme",
                },
                {**dict.fromkeys(state.DEFAULTS, SHORT), SHORT: SHORT, ASKED: SHORT},
            ):
                tabs.append(context.new_page())
                asked = urlencode({"lang": "en", "date": "2019-06-01"} | said)
                tabs[-1].goto(f"{address}/{name}?{asked}", wait_until="commit")
            for tab in tabs:
                shown |= {name for frame in _settled(tab).frames if _harmless(frame)}
                tab.close()
        page = context.new_page()
        page.goto(f"{address}/batch?lang=en&date=2019-06-01", wait_until="commit")
        page.locator("input[type=file]").set_input_files(sites)
        page.get_by_text("Check all rows").click()
        page.get_by_text("Download the whole result").wait_for()
        shown |= {"batch" for frame in _settled(page).frames if _harmless(frame)}
        context.close()
    assert errors == []
    assert shown >= {"site", "rules", "history", "documents", "batch"}  # they do show the texts, as texts


def _settled(page: Page) -> Page:
    page.locator(".rm-title").first.wait_for()
    page.wait_for_function("() => !document.querySelector(\"[data-test-script-state='running']\")")
    page.wait_for_timeout(300)
    return page


def _harmless(frame) -> bool:
    """Whether a frame shows the mark; it holds no element of ours, and no word of ours was run."""
    count, away, ran, text = frame.evaluate(
        """away => [
            document.querySelectorAll('u[data-rm]').length,
            document.querySelectorAll(`img[src*="${away}"], a[href*="${away}"]`).length,
            window.rm, document.body.innerText
        ]""",
        AWAY,
    )
    assert count == 0, f"a text has become an element in {frame.url}"
    assert away == 0, f"a text has become a link or a picture in {frame.url}"
    assert ran is None, f"a text was run in {frame.url}"
    return MARK in text
