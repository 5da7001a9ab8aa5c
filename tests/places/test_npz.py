"""Arrays of an archive are mapped as they were written, and a damaged one is not taken."""

from __future__ import annotations

import numpy as np
import pytest

from regionmap.places.index import npz

ARRAYS = {
    "ends": np.arange(12.0).reshape(3, 4),
    "odd": np.arange(3, dtype=np.int8),  # what comes after it lies askew
    "level": np.arange(1_000, dtype=np.int32),
    "columns": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "none": np.empty((0, 4)),
    "number": np.array(7),
}


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "kept.npz"
    np.savez(found, **ARRAYS)
    return found


def test_arrays_are_those_that_were_written(path):
    found = npz.read(path)
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        assert found[name].flags.aligned
        np.testing.assert_array_equal(found[name], array)


def test_no_flipped_bit_of_an_array_is_taken(path):
    content = bytearray(path.read_bytes())
    at = content.index(ARRAYS["level"].tobytes()) + 400
    content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(npz.FAULTS):
        npz.read(path)


@pytest.mark.parametrize("bits", [1, 0x80, 0xFF])
def test_no_flipped_byte_of_the_list_of_arrays_is_taken_for_another_array(path, bits):
    content = path.read_bytes()
    for at in range(content.index(b"PK\x01\x02"), len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ bits]) + content[at + 1 :])
        try:
            found = npz.read(path)
        except npz.FAULTS:
            continue
        assert list(found) == list(ARRAYS)
        for name, array in ARRAYS.items():
            np.testing.assert_array_equal(found[name], array)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_not_taken(path, share):
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(npz.FAULTS):
        npz.read(path)


def test_a_missing_file_and_packed_arrays_are_not_taken(path, tmp_path):
    with pytest.raises(npz.FAULTS):
        npz.read(tmp_path / "another.npz")
    np.savez_compressed(path, **ARRAYS)
    with pytest.raises(npz.FAULTS):
        npz.read(path)
