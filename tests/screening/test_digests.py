"""The digest of a file that is read: of the bytes that were read, or of the file anew where these do not tell."""

from __future__ import annotations

import contextlib
import hashlib

import pytest

from regionmap.errors import InputError
from regionmap.screening import digests
from regionmap.screening.files.opening import open_table

ROWS = "name,place\n" + "".join(f"site {number},保定市\n" for number in range(60_000))


def read(path):
    table = open_table(path)
    for _ in table.chunks(50_000):
        pass
    return table.digest


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_regular_file_is_not_read_a_second_time(tmp_path, monkeypatch, encoding):
    path = tmp_path / "in.csv"
    path.write_text(ROWS, encoding=encoding)
    digest = read(path)
    with monkeypatch.context() as patched:
        patched.setattr(digests, "digest_of", lambda path: pytest.fail(f"{path} is read again"))
        found = digest()
    assert found == sha256(path)


@pytest.mark.parametrize("body", ["x\n", 'x,"y\n', "x,y,z,\n"], ids=["short", "open quote", "long"])
def test_a_file_that_the_quick_reader_leaves_is_hashed_anew(tmp_path, body):
    path = tmp_path / "in.csv"
    path.write_text(ROWS + body + "site,保定市\n", encoding="utf-8")
    table = open_table(path)
    with contextlib.suppress(InputError):  # of the quote
        for _ in table.chunks(50_000):
            pass
    assert table.digest() == sha256(path)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_file_in_another_encoding_is_hashed_anew(tmp_path, encoding):
    path = tmp_path / "in.csv"
    path.write_text(ROWS, encoding=encoding)
    assert read(path)() == sha256(path)


def test_a_file_that_was_touched_is_hashed_anew(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(ROWS, encoding="utf-8")
    before = sha256(path)
    digest = read(path)
    path.write_text(ROWS.replace("site", "Site"), encoding="utf-8")
    assert digest() == sha256(path) != before
