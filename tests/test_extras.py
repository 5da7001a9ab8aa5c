"""Without the packages of an extra, what needs them says in one line which extra brings them."""

from __future__ import annotations

import sys

import pytest

import regionmap
from regionmap import errors

DAY = "2019-06-01"


@pytest.fixture
def without(monkeypatch):
    """Hide packages, as if they were not installed."""

    def hide(*names):
        real = errors.find_spec  # type: ignore[attr-defined]
        monkeypatch.setattr(errors, "find_spec", lambda name: None if name in names else real(name))
        for name in names:
            monkeypatch.setitem(sys.modules, name, None)

    return hide


def ask(rm, what, tmp_path):
    from regionmap.output.report.files import write_report
    from regionmap.web.launch import run

    return {
        "map": lambda: rm.map("钢铁", on=DAY),
        "layer": lambda: rm.layer("key-regions", on=DAY),
        "boundaries": lambda: rm.overview("钢铁", on=DAY).to_geodataframe(),
        "app": lambda: run(8501),
        "html": lambda: write_report(rm.check("保定", industry="钢铁", on=DAY), rm, tmp_path / "r.html", "zh"),
        "docx": lambda: write_report(rm.check("保定", industry="钢铁", on=DAY), rm, tmp_path / "r.docx", "zh"),
    }[what]()


@pytest.mark.parametrize(
    ("what", "package", "extra"),
    [
        ("map", "folium", "notebook"),
        ("map", "xstatic", "notebook"),
        ("layer", "geopandas", "gis"),
        ("boundaries", "geopandas", "gis"),
        ("app", "streamlit", "app"),
        ("html", "jinja2", "report"),
        ("docx", "docx", "report"),
        ("docx", "PIL", "report"),
    ],
)
def test_the_extra_is_named(rm, without, tmp_path, what, package, extra):
    without(package)
    with pytest.raises(regionmap.MissingExtraError, match=rf"pip install 'regionmap\[{extra}\]'") as caught:
        ask(rm, what, tmp_path)
    assert len(str(caught.value).splitlines()) == 1
