"""A file is whole or not there; what stood there before stays until then."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from regionmap import cache_dir
from regionmap.errors import InputError
from regionmap.whole_file import whole_file


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_the_file_appears_at_the_end_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with whole_file(path) as temporary:
        assert temporary.suffix == ".csv"
        assert not temporary.exists()
        temporary.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert names(tmp_path) == ["out.csv"]


def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with whole_file(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_a_failure_leaves_the_older_file_and_no_part_of_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    path.write_text("old")

    def fail() -> None:
        with whole_file(path) as temporary:
            temporary.write_text("half")
            temporary.with_name(f"{temporary.name}-journal").write_text("of a library")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_text() == "old"
    assert names(tmp_path) == ["out.gpkg"]


def test_a_block_that_writes_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "out.csv"):
        pass
    assert names(tmp_path) == []


def test_it_may_grow_in_another_folder(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    with whole_file(tmp_path / "out.csv", folder=tmp_path / "parts") as temporary:
        assert temporary.parent == tmp_path / "parts"
        temporary.write_text("new")
    assert names(tmp_path) == ["out.csv", "parts"]
    assert names(tmp_path / "parts") == []


def test_two_at_once_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with whole_file(path) as one, whole_file(path) as other:
        one.write_text("one")
        other.write_text("other")
    assert path.read_text() == "one"  # the last one to end


@pytest.mark.skipif(os.name == "nt", reason="rights of files, pipes and links are those of POSIX")
class TestOnPosix:
    def test_rights_are_the_usual_ones(self, tmp_path: Path) -> None:
        mask = os.umask(0o022)
        try:
            with whole_file(tmp_path / "out.csv") as temporary:
                temporary.write_text("new")
        finally:
            os.umask(mask)
        assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o644

    def test_private_is_private_from_the_first_byte_on(self, tmp_path: Path) -> None:
        with whole_file(tmp_path / "kept.bin", private=True) as temporary:
            assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
            temporary.write_bytes(b"new")
        assert stat.S_IMODE((tmp_path / "kept.bin").stat().st_mode) == 0o600

    def test_a_pipe_is_refused_and_stays(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe.csv"
        os.mkfifo(pipe)
        with pytest.raises(InputError, match="no plain file"), whole_file(pipe):
            pass
        assert pipe.is_fifo()

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real.csv").write_text("old")
        (tmp_path / "link.csv").symlink_to("real.csv")
        with whole_file(tmp_path / "link.csv") as temporary:
            temporary.write_text("new")
        assert (tmp_path / "link.csv").is_symlink()
        assert (tmp_path / "real.csv").read_text() == "new"


def test_the_cache_keeps_the_newest_of_a_kind(tmp_path: Path) -> None:
    folder = tmp_path / "not yet there"
    for number in range(4):
        path = folder / f"grid-{number}.npz"
        cache_dir.keep(path, lambda temporary: temporary.write_text("x"), like="grid-*.npz", most=2)
        os.utime(path, (number, number))
    (folder / "catalogue-1.bin").write_text("another kind")
    cache_dir.keep(folder / "grid-0.npz", lambda temporary: temporary.write_text("y"), like="grid-*.npz", most=2)
    assert names(folder) == ["catalogue-1.bin", "grid-0.npz", "grid-3.npz"]


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache_dir.keep(tmp_path / "file" / "grid-1.npz", lambda _: None, like="grid-*.npz", most=2)
    assert names(tmp_path) == ["file"]
