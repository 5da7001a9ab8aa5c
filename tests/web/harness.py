"""What tests of pages share: the app without a browser, and a stand-in for the map."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

import folium
import pandas as pd
from streamlit.testing.v1 import AppTest
from streamlit_folium import _get_feature_group_string, _get_map_string

from regionmap.output.maps import Area, Layer
from regionmap.resources import app_file

_MARK = re.compile('<span lang="zh-Hans">([^<]*)</span>')
_DAY = re.compile(r'<span class="rm-day">([^<]*)</span>')
BAODING = (115.46, 38.87)


class Drawn:
    """Stands for the map: keeps what was drawn, and answers with a click."""

    def __init__(self) -> None:
        self.groups: list[Any] = []
        self.click: tuple[float, float] | None = None

    def __call__(
        self, base: Any, groups: Any, *, key: str, height: int, on_click: Any = None
    ) -> tuple[float, float] | None:
        self.groups = list(groups)
        return self.click

    def styles(self) -> list[str]:
        """The style of every area that was drawn last."""
        return [area.style for area in self.areas()]

    def codes(self) -> list[str]:
        """The code of every area that was drawn last, or the key of its shape of the past."""
        return [area.code for area in self.areas()]

    def areas(self) -> list[Area]:
        """Every area that was drawn last."""
        return list(self.layer.areas)

    @property
    def layer(self) -> Layer:
        """What was drawn last."""
        layer: Layer = self.groups[-1]._children["areas"].drawn
        return layer


def script_size(made: folium.Map, groups: Iterable[folium.FeatureGroup]) -> int:
    """Return the bytes of script that the browser gets for a map and its groups."""
    made.get_root().render()
    total = len(_get_map_string(made).encode())
    for number, group in enumerate(groups):
        total += len(_get_feature_group_string(group, map=made, idx=number).encode())
    return total


def open_app(**address: str) -> AppTest:
    """Run the app as a visitor of this address."""
    return _run(AppTest.from_file(str(app_file()), default_timeout=60), address)


def open_page(name: str, **address: str) -> AppTest:
    """Run one page of the app, by the name of its folder, without the sidebar."""

    def script(name: str) -> None:
        import importlib

        from regionmap.web import state
        from regionmap.web.parts import frame

        frame.begin()
        importlib.import_module(f"regionmap.web.{name}.page").page()
        state.write()

    return _run(AppTest.from_function(script, kwargs={"name": name}, default_timeout=60), address)


def _run(test: AppTest, address: dict[str, str]) -> AppTest:
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception, test.exception
    return test


def table(test: AppTest, number: int = 0) -> pd.DataFrame:
    """The table of rows that stands at this place on the page, counted from 0."""
    data = json.loads(_tables(test)[number].json)
    return pd.DataFrame(data["rows"], columns=data["header"])


def has_table(test: AppTest) -> bool:
    """Whether a table of rows stands on the page."""
    return bool(_tables(test))


def _tables(test: AppTest) -> list[Any]:
    return [one.proto for one in test.get("bidi_component") if one.proto.component_name == "regionmap.row_table"]


def html(test: AppTest) -> str:
    """All HTML of the page, entities written as the characters that they stand for, words not marked as Chinese.

    Nor are days marked, which are not to be broken over two lines.
    """
    return unescape(_MARK.sub(r"\1", _DAY.sub(r"\1", raw_html(test))))


def raw_html(test: AppTest) -> str:
    """All HTML of the page as it is sent."""
    return "\n".join(one.proto.body for one in test.get("html"))


def open_line(test: AppTest, name: str) -> AppTest:
    """Open a line of the site check, by the end of its key: what it holds is made then."""
    test.session_state[f"fold-site-{name}"] = True
    return test.run()
