#!/usr/bin/env bash
# Dask says that twelve Parquet files are twelve partitions, and writes three: asking for one column joins files.
#
# dask 2026.8.0, pandas 3.1.1 (2.3.3 too), pyarrow 26.0.1; Python 3.11.
# A frame read from twelve files has npartitions 12, also after frame[["adcode"]]. But when it is computed, the reader
# puts files together in proportion to the columns that are left: one column of five makes three parts of twelve rows
# each, and to_parquet writes part.0 to part.2. partitions[11] is the twelfth file all the same. With all columns,
# twelve files are written.
# Why it matters: input in one file a province, output in parts that a run takes up again by number: the numbers no
# longer belong to the files, and a test with all columns does not show it.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet "dask[dataframe]==2026.8.0" pandas==3.1.1 pyarrow==26.0.1
"$work/venv/bin/python" - "$work" <<'PY'
import os
import sys

import dask.dataframe
import pandas

folder = sys.argv[1]
os.mkdir(f"{folder}/in")
for part in range(12):
    rows = {"adcode": [f"{part:06d}"] * 3, "industry": ["3110"] * 3, "site": ["炼铁"] * 3, "x": [1.0] * 3, "y": [2.0] * 3}
    pandas.DataFrame(rows).to_parquet(f"{folder}/in/part_{part:02d}.parquet")

frame = dask.dataframe.read_parquet(f"{folder}/in")
codes = frame[["adcode"]]
assert frame.npartitions == codes.npartitions == 12
assert codes.partitions[11].compute().adcode.tolist() == ["000011"] * 3

written = {}
for name, one in {"all columns": frame, "one column": codes}.items():
    one.to_parquet(f"{folder}/{name}")
    written[name] = len([file for file in os.listdir(f"{folder}/{name}") if file.endswith(".parquet")])
print(written, codes.map_partitions(len).compute().tolist())
assert written == {"all columns": 12, "one column": 3}, written
assert codes.map_partitions(len).compute().tolist() == [12, 12, 12]
PY
