"""What is written is read as the same facts; both languages cite the same; files in any order mean the same."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from dataclasses import fields

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner

from regionmap.api import Regionmap, load_folders
from regionmap.catalogue import loader
from regionmap.catalogue.files import ParsedFiles
from regionmap.cli import commands
from regionmap.output.formats import write_layer
from regionmap.output.json.answers import lookup_json, verdict_json
from regionmap.output.layers.build import make_layer
from tests.catalogue.overlays import GAZETTEER, bundled
from tests.invariants.made import BUNDLED

LAYERS = {
    "restricted-capacity": "steel", "key-regions": None, "key-basins": None, "pilots": None,
    "transfer-destinations": "textile",
}  # fmt: skip


def facts(frame: pd.DataFrame) -> list[dict[str, str]]:
    """The cells of a layer as text, but for its shapes."""
    rows = frame.drop(columns=[one for one in ("geometry", "lon", "lat") if one in frame.columns])
    return [
        {name: _plain(value) for name, value in row.items() if name not in {"fid", "OGC_FID"}}
        for row in rows.to_dict("records")
    ]


_FLAGS = {"True": "true", "False": "false", "1": "true", "0": "false", "1.0": "true", "0.0": "false"}


def _plain(value: object) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, dt.date | pd.Timestamp):
        return value.isoformat()[:10]
    words = str(value)
    return re.sub(r"^(\d{4}-\d\d-\d\d)[T ]00:00:00.*$", r"\1", words)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".parquet", ".csv"])
def test_a_layer_read_again_holds_the_same_facts(layer, ending, tmp_path):
    made = make_layer(BUNDLED, layer, dt.date(2019, 6, 1), LAYERS[layer])
    assert len(made)
    path = tmp_path / f"layer{ending}"
    write_layer(lambda: made, path)
    if ending == ".csv":
        read = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    elif ending == ".parquet":
        read = gpd.read_parquet(path)
    else:
        read = gpd.read_file(path, layer=layer if ending == ".gpkg" else 0)
    got, meant = facts(read), facts(made)
    for one in [*got, *meant]:
        for name, value in one.items():
            one[name] = _FLAGS.get(value, value) if (
                name in {"part", "open"}
            ) else value.lstrip("'")  # fmt: skip
    assert len(got) == len(meant)
    for one, other in zip(_ordered(got), _ordered(meant), strict=True):
        assert one.items() >= other.items(), set(other.items()) - set(one.items())


def _ordered(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(rows, key=lambda one: (one["id"], sorted(one.items())))


def canonical(node: object) -> object:
    """An answer with the members of its lists in an order of their own: a list of facts is a set of them."""
    if isinstance(node, dict):
        return {name: canonical(value) for name, value in node.items()}
    if isinstance(node, list):
        return sorted((canonical(one) for one in node), key=lambda one: json.dumps(one, sort_keys=True))
    return node


def cited(words: str) -> set[str]:
    """The numbers of documents that stand in a text."""
    plain = re.sub(r"\s+", "", words)
    return {one.number for one in BUNDLED.sources() if "〔" in one.number and one.number in plain}


@pytest.mark.parametrize(
    "command",
    [
        ["check", "保定", "--industry", "钢铁", "--date", "2019-06-01", "--full"],
        ["check", "130600", "--industry", "3110", "--date", "2024-03-01"],
        ["check", "渭南", "--industry", "焦化", "--date", "2021-03-01", "--full"],
        ["lookup", "韩城", "--date", "2019-06-01"],
        ["transfer", "--from", "保定", "--industry", "steel", "--date", "2019-06-01"],
        ["rules", "--text", "错峰", "--date", "2019-06-01"],
        ["regions", "fenwei-plain", "--date", "2019-06-01"],
        ["sources", "miit-2018-136"],
    ],
)
def test_both_languages_cite_the_same_documents(command, monkeypatch):
    monkeypatch.setattr(Regionmap, "load", classmethod(lambda cls, catalogue=None: BUNDLED))
    monkeypatch.setenv("COLUMNS", "2000")  # no line is cut: Chinese is shorter
    said = {}
    for language in ("zh", "en"):
        done = CliRunner().invoke(commands.app, [*command, "--lang", language])
        assert done.exit_code == 0, done.output
        said[language] = done.output
    assert said["zh"] != said["en"]
    assert cited(said["zh"]) == cited(said["en"]) != set()


def test_every_sentence_of_an_answer_is_there_in_both_languages():
    def texts(node: object):
        if isinstance(node, dict):
            if node.keys() == {"zh", "en"}:
                yield node
            else:
                for value in node.values():
                    yield from texts(value)
        elif isinstance(node, list):
            for value in node:
                yield from texts(value)

    seen = 0
    for code, industry in (("130600", "steel"), ("610500", "coking"), ("370116", "cement"), ("330000", "papermaking")):
        whole = verdict_json(BUNDLED.check(code, industry=industry, on="2019-06-01"), BUNDLED)
        for text in texts(whole):
            seen += 1
            assert text["zh"].strip()
            assert text["en"].strip()
            assert cited(text["zh"]) == cited(text["en"]), text
    assert seen > 100


def test_the_order_of_the_files_does_not_matter(monkeypatch):
    mixed = random.Random(1)  # noqa: S311

    def parse(folder, found, problems):
        for field in fields(ParsedFiles):
            known = getattr(bundled(), field.name)
            if isinstance(known, list):
                getattr(found, field.name).extend(mixed.sample(known, len(known)))

    monkeypatch.setattr(loader, "parse_folder", parse)
    other = Regionmap(load_folders(GAZETTEER, None, keep=False), GAZETTEER)
    for code, industry, on in (
        ("130600", "steel", "2019-06-01"), ("610581", "coking", "2024-03-01"), ("430400", "textile", "2022-06-01"),
        ("330000", "papermaking", "2015-01-01"), ("370116", "高耗水行业", "2021-01-01"),
    ):  # fmt: skip
        answers = [verdict_json(one.check(code, industry=industry, on=on), one) for one in (BUNDLED, other)]
        assert answers[0] == answers[1]
    looked = [lookup_json(one.lookup("130600", on="2024-03-01"), one) for one in (BUNDLED, other)]
    assert canonical(looked[0]) == canonical(looked[1])
