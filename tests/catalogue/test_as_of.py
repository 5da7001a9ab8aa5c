"""Up to which day the bundled documents were collected, and the first day of any of them."""

from __future__ import annotations

import datetime as dt
import pickle
import shutil

import pytest

from regionmap import loading
from regionmap.catalogue.compiled import cached
from regionmap.errors import CatalogueError
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.resources import data_dir
from tests.catalogue.overlays import GOOD, SOURCE, load

GAZETTEER = Gazetteer.load()


def test_the_catalogue_says_as_of_which_day_it_is(rm):
    assert rm.catalogue.as_of == dt.date(2026, 11, 27)
    assert all((one.issued or "") <= "2026-11-27" for one in rm.sources())


def test_the_first_day_is_that_of_the_oldest_document(rm):
    first = min(rm.sources(), key=lambda one: one.in_force_from)
    assert rm.catalogue.first_day == first.in_force_from
    assert first.in_force_from <= dt.date(1995, 8, 8)


def test_a_folder_of_ones_own_leaves_the_day_as_it_is(tmp_path, rm):
    assert load(tmp_path, {SOURCE: GOOD}).as_of == rm.catalogue.as_of


def test_a_kept_catalogue_says_it_as_well(rm, tmp_path, monkeypatch):
    monkeypatch.setenv("REGIONMAP_CACHE", str(tmp_path / "kept"))
    files = [tmp_path / "one.yaml"]
    files[0].write_text("a: b", encoding="utf-8")
    cached(files, lambda: rm.catalogue)
    kept = cached(files, lambda: pytest.fail("not kept"))
    assert (kept.as_of, kept.first_day) == (rm.catalogue.as_of, rm.catalogue.first_day)
    assert pickle.loads(pickle.dumps(rm.catalogue)).as_of == rm.catalogue.as_of  # noqa: S301


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, ["data/catalogue.yaml:1", "missing", "as_of"]),
        ("as_of: [", ["data/catalogue.yaml", "not YAML"]),
        ("as_of: soon\n", ["data/catalogue.yaml:1: as_of", "YYYY-MM-DD"]),
        ("as_off: 2026-11-27\n", ["'as_of' is missing", "'as_off' is not known"]),
        ("as_of: 2024-01-01\n", ["is later than as_of 2024-01-01 of data/catalogue.yaml", "move that on"]),
    ],
)
def test_a_bundled_catalogue_without_a_day_is_told(tmp_path, monkeypatch, text, words):
    folder = tmp_path / "data"
    shutil.copytree(data_dir(), folder)
    (folder / "catalogue.yaml").unlink()
    if text is not None:
        (folder / "catalogue.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loading, "data_dir", lambda: folder)
    with pytest.raises(CatalogueError) as caught:
        loading.load_folders(GAZETTEER, None, keep=False)
    assert all(word in str(caught.value) for word in words), caught.value.problems
