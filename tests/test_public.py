"""What is public: listed, told with arguments and results, and with one example that runs."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re

import pytest

import regionmap

MODULES = ["regionmap", "regionmap.errors", "regionmap.api", "regionmap.loaded", "regionmap.notebook.regionmap"]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 2
    assert found.failed == 0


def test_every_public_name_is_there():
    for name in regionmap.__all__:
        assert getattr(regionmap, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        regionmap.nothing  # noqa: B018


def public_methods():
    own = [one for one in dir(regionmap.Regionmap) if not one.startswith("_")]
    return [name for name in own if callable(getattr(regionmap.Regionmap, name)) and name != "load"]


@pytest.mark.parametrize("name", public_methods())
def test_every_method_tells_its_arguments_and_has_an_example(name):
    method = getattr(regionmap.Regionmap, name)
    doc = inspect.getdoc(method)
    assert ">>>" in doc
    arguments = [one for one in inspect.signature(method).parameters if one != "self"]
    assert "Returns:" in doc
    for one in arguments:
        assert f"{one}:" in doc, one
    units = {"lon": "degrees", "lat": "degrees", "radius_m": "metres"}
    for one in set(arguments) & set(units):
        (line,) = re.findall(rf"^ +{one}: (.*)$", doc, re.MULTILINE)
        assert units[one] in line
    if set(arguments) & {"place", "industry", "region", "name", "text", "origin"}:
        assert "InputError" in doc.partition("Raises:")[2]


@pytest.mark.parametrize("name", regionmap.__all__)
def test_every_public_name_says_what_it_is_and_shows_it(name):
    public = getattr(regionmap, name)
    if isinstance(public, str):
        assert re.fullmatch(r"\d+\.\d+.*", public)
        return
    doc = inspect.getdoc(public)
    assert len(doc.splitlines()[0]) > 20
    assert ">>>" in doc
