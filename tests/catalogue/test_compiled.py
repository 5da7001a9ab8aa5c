"""The compiled catalogue: the same as the one read from the files, and passed over as soon as it is not sound."""

from __future__ import annotations

import gc
import hashlib
import pickle
from dataclasses import fields
from pathlib import Path

import pytest

from regionmap import cache_dir, loading
from regionmap.catalogue import compiled
from regionmap.catalogue.catalogue import Catalogue
from regionmap.places.names.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def loaded() -> Catalogue:
    return loading.load_folders(Gazetteer.load(), None, keep=False)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Files that a catalogue could have been made from."""
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(f"id: {name}\n", encoding="utf-8")
    return sorted(tmp_path.glob("*.yaml"))


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the installation's compiled catalogue would lie; nothing is there, and no cache folder is used."""
    path = tmp_path / "bundle" / "catalogue.bin"
    monkeypatch.setattr(compiled, "COMPILED_CATALOGUE", path)
    monkeypatch.setenv(cache_dir.SETTING, "off")
    return path


class Loader:
    """Counts how often the files are read."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.calls = catalogue, 0

    def __call__(self) -> Catalogue:
        self.calls += 1
        return self.catalogue


def test_it_equals_the_loaded_one_in_every_value(loaded, shipped, files):
    compiled.compile_to(shipped, files, loaded)
    found = compiled.cached(files, Loader(loaded))
    assert found is not loaded
    assert found == loaded
    for name in {one.name for one in fields(Catalogue)} - {"gbt"}:  # what is equal may still differ: 1, 1.0 and True
        assert repr(getattr(found, name)) == repr(getattr(loaded, name))
    assert list(found.gbt.items()) == list(loaded.gbt.items())
    assert found.gbt.moved == loaded.gbt.moved
    assert list(found.sources) == list(loaded.sources)
    assert found.provisions == loaded.provisions


def test_the_shipped_one_is_used_and_needs_no_cache_folder(loaded, shipped, files):
    compiled.compile_to(shipped, files, loaded)
    assert shipped.stat().st_mode & 0o444 == 0o444  # whoever may use the installation may read it
    load = Loader(loaded)
    compiled.cached(files, load)
    assert load.calls == 0
    assert gc.isenabled()


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: b"",
        lambda whole: whole[:10],
        lambda whole: whole[:100],
        lambda whole: whole[:-1],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-500] + bytes([whole[-500] ^ 1]) + whole[-499:],
        lambda whole: whole + b"more",
        lambda whole: b"x" + whole[1:],
        lambda whole: b"not a catalogue",
    ],
)
def test_a_damaged_one_is_passed_over(harm, loaded, shipped, files):
    compiled.compile_to(shipped, files, loaded)
    shipped.write_bytes(harm(shipped.read_bytes()))
    load = Loader(loaded)
    assert compiled.cached(files, load) is loaded
    assert load.calls == 1


@pytest.mark.parametrize("rest", [pickle.dumps({"no": "catalogue"}), b"no pickle", b"cregionmap.gone\nCatalogue\n."])
def test_a_sound_file_with_something_else_in_it_is_passed_over(rest, loaded, shipped, files):
    compiled.compile_to(shipped, files, loaded)
    head = shipped.read_bytes()[: len(compiled._MAGIC) + 32]
    shipped.write_bytes(head + hashlib.sha256(rest).digest() + rest)
    assert compiled.cached(files, Loader(loaded)) is loaded


def test_any_change_of_the_files_is_noticed(loaded, shipped, files, tmp_path):
    compiled.compile_to(shipped, files, loaded)
    load = Loader(loaded)
    before = files[0].read_bytes()
    files[0].write_bytes(before.replace(b"one", b"two"))  # as long as before
    compiled.cached(files, load)
    assert load.calls == 1
    files[0].write_bytes(before)
    compiled.cached(files, load)
    assert load.calls == 1
    compiled.cached(files[:1], load)
    assert load.calls == 2
    moved = files[0].rename(tmp_path / "three.yaml")
    compiled.cached([moved, files[1]], load)
    assert load.calls == 3


def test_it_does_not_matter_where_the_files_lie(loaded, shipped, files, tmp_path):
    compiled.compile_to(shipped, files, loaded)
    elsewhere = [tmp_path / "elsewhere" / one.name for one in files]
    for one, other in zip(files, elsewhere, strict=True):
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(one.read_bytes())
    load = Loader(loaded)
    compiled.cached(elsewhere, load)
    assert load.calls == 0


def test_another_version_of_the_program_makes_its_own(loaded, shipped, files, monkeypatch):
    compiled.compile_to(shipped, files, loaded)
    monkeypatch.setattr(compiled, "__version__", "0.0.0")
    load = Loader(loaded)
    compiled.cached(files, load)
    assert load.calls == 1


def test_where_none_is_shipped_the_first_call_keeps_one_for_the_next(loaded, shipped, files, tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    monkeypatch.setenv(cache_dir.SETTING, str(folder))
    load = Loader(loaded)
    assert compiled.cached(files, load) is loaded
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert compiled.cached(files, load) == loaded
    assert load.calls == 1
    monkeypatch.setattr(cache_dir, "is_ours", lambda path: False)
    compiled.cached(files, load)
    assert load.calls == 2


def test_a_cache_folder_that_cannot_be_written_stops_nothing(loaded, shipped, files, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv(cache_dir.SETTING, str(tmp_path / "file"))
    assert compiled.cached(files, Loader(loaded)) is loaded


def test_the_cache_folder_does_not_grow_without_end(loaded, shipped, files, tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    monkeypatch.setenv(cache_dir.SETTING, str(folder))
    empty = Catalogue({}, {}, {}, {}, {}, {}, {}, loaded.gbt, "")
    for number in range(12):
        files[0].write_text(f"id: {number}\n", encoding="utf-8")
        compiled.cached(files, Loader(empty))
    assert len(list(folder.iterdir())) == 8


def test_the_bundled_files_are_compiled_as_the_wheel_does_it(loaded, tmp_path, monkeypatch):
    path = tmp_path / "bundle" / "catalogue.bin"
    loading.compile_bundled(path)
    monkeypatch.setattr(compiled, "COMPILED_CATALOGUE", path)
    monkeypatch.setenv(cache_dir.SETTING, "off")
    monkeypatch.setattr(loading, "_from_files", lambda *_: pytest.fail("the files were read"))
    assert loading.load_folders(Gazetteer.load(), None) == loaded
