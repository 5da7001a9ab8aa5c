"""What is begun before the program is loaded: only files of texts, and what is wrong is told who asks."""

from __future__ import annotations

import hashlib
import time

import pytest

from regionmap.errors import InputError
from regionmap.screening.begun import begun
from regionmap.screening.files import opening
from regionmap.screening.files.opening import open_table

ROWS = "名称,经度,纬度,行业\n甲,115.47,38.87,钢铁\n"


def test_a_file_of_texts_is_hashed_and_opened(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(ROWS, "utf-8")
    with begun(path, tmp_path / "b.csv", None, []) as found:
        assert found.digest.result() == hashlib.sha256(ROWS.encode()).hexdigest()
        assert found.table.result().names == ("名称", "经度", "纬度", "行业")


@pytest.mark.parametrize("name", ["a.parquet", "missing.csv", "folder.csv", "x" * 5000 + ".csv"])
def test_nothing_is_begun_with_other_files_or_none(tmp_path, name):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (tmp_path / "folder.csv").mkdir()
    with begun(tmp_path / name, tmp_path / "b.csv", None, []) as found:
        assert found is None


def test_what_is_wrong_with_the_file_is_raised_for_who_asks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"")
    with begun(path, tmp_path / "b.csv", None, []) as found, pytest.raises(InputError, match="is empty"):
        found.table.result()


def test_no_thread_is_left_when_the_run_ends_by_an_error(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text(ROWS * 20_000, "utf-8")
    ends = []

    def open_slowly(*given, **named):
        time.sleep(0.2)
        try:
            return open_table(*given, **named)
        finally:
            ends.append(True)

    monkeypatch.setattr(opening, "open_table", open_slowly)
    with pytest.raises(ZeroDivisionError), begun(path, tmp_path / "b.csv", None, []) as found:
        raise ZeroDivisionError
    assert ends == [True]  # the block was left after it
    assert found.table.result().rows == 39_999
