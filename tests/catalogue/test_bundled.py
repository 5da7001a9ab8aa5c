"""The bundled catalogue: whole, quoted, described by the published schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from regionmap.catalogue.publish import FILES, schema_text
from regionmap.catalogue.yamlio import parse_yaml, read_yaml
from regionmap.errors import InputError
from regionmap.resources import data_dir
from regionmap.rules.reading.subject import resolve_subject

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", FILES)
def test_the_published_schema_is_the_one_that_checks(name):
    assert (ROOT / "schema" / name).read_text(encoding="utf-8") == schema_text(FILES[name])


def test_every_bundled_file_holds_against_the_published_schema():
    pairs = [
        ("source", "sources/*.yaml"),
        ("region", "regions/*.yaml"),
        ("pilot", "pilots/*.yaml"),
        ("destination", "destinations/*.yaml"),
        ("park", "parks/*.yaml"),
        ("industries", "industries.yaml"),
        ("destination", "destinations/*.yaml"),
        ("readings", "readings.yaml"),
        ("catalogue", "catalogue.yaml"),
    ]
    for kind, pattern in pairs:
        schema = json.loads((ROOT / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
        for path in data_dir().glob(pattern):
            jsonschema.validate(json.loads(json.dumps(read_yaml(path).data, default=str)), schema)


def test_every_provision_is_cited_whole(rm):
    for one in rm.catalogue.provisions:
        assert one.quote
        assert len(one.quote) <= 80
        assert one.summary.zh
        assert one.summary.en
        assert one.line > 1
        assert one.in_force_from
        assert rm.source(one.source).number


def test_the_documents_read_whole_have_a_provision_for_every_item(rm):
    for source in rm.sources():
        if source.provisions:
            assert {item.item for item in source.items} == {one.item for one in source.provisions}


def test_every_industry_name_and_alias_finds_its_industry(rm):
    for industry in rm.industries():
        for word in (industry.id, industry.name.zh, industry.name.en, *industry.aliases):
            assert resolve_subject(rm.catalogue, word).id == industry.id


@pytest.mark.parametrize("text", ["", "   ", "x" * 101, "没有这个行业", "12345", "3199"])
def test_an_unknown_industry_is_refused_in_one_line(rm, text):
    with pytest.raises(InputError) as caught:
        rm.subject(text)
    assert "\n" not in str(caught.value)


def test_every_code_of_the_standard_is_an_industry(rm):
    classes: dict[str, list[str]] = {}
    for code in rm.catalogue.gbt:
        if len(code) == 4:
            classes.setdefault(code[:3], []).append(code)
    for code in rm.catalogue.gbt:
        subject = rm.subject(code)
        below = classes.get(code, [])
        read = below[0] if len(below) == 1 else code  # a group of one class is that class: 311 is 3110
        assert subject.codes == (read,)
        assert subject.code_name == rm.catalogue.gbt[read].name


def test_a_line_is_known_for_every_value():
    document = parse_yaml("a: 1\nb:\n  - c: 2\n    d: 3\n")
    assert document.data == {"a": 1, "b": [{"c": 2, "d": 3}]}
    assert document.line(("b", 0, "d")) == 4
    assert document.line(("b", 0, "missing")) == 3
