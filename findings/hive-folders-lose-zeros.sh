#!/usr/bin/env bash
# Partition folders named by industry code come back as numbers, without the leading zero, from pyarrow and pandas.
#
# pyarrow 26.0.1, pandas 3.1.1, duckdb 1.5.5; Python 3.11.
# A text column with 0310, 0610 and 3110 is written as folders industry=0310 and so on. pyarrow.dataset with
# partitioning="hive" reads 310, 610, 3110 as int32, though the table that it wrote had text; pandas.read_parquet gives
# a categorical of these numbers. DuckDB keeps '0310' as text; but where no folder has a zero in front (3110 and 6110)
# it reads numbers too, so that the type of the column depends on which industries are there.
# Why it matters: codes of mining and farming (01 to 09 of GB/T 4754) are the ones with a zero: after a join with the
# classification they match nothing, and the first two digits of 310 are steel (31) instead of livestock (03).
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet pyarrow==26.0.1 pandas==3.1.1 duckdb==1.5.5
"$work/venv/bin/python" - "$work/sites" <<'PY'
import os
import sys

import duckdb
import pandas
import pyarrow
import pyarrow.dataset
import pyarrow.parquet

folder = sys.argv[1]
codes = ["0310", "0610", "3110"]
table = pyarrow.table({"industry": codes, "site": [1, 2, 3]})
pyarrow.parquet.write_to_dataset(table, folder, partition_cols=["industry"])
assert sorted(os.listdir(folder)) == [f"industry={code}" for code in codes]

by_arrow = pyarrow.dataset.dataset(folder, partitioning="hive").to_table()
by_pandas = pandas.read_parquet(folder).industry
query = "SELECT industry FROM read_parquet('{}', hive_partitioning = true)"
by_duckdb = duckdb.sql(query.format(f"{folder}/*/*.parquet")).fetchall()
print(by_arrow.column("industry").to_pylist(), by_pandas.tolist(), by_duckdb)
assert by_arrow.schema.field("industry").type == pyarrow.int32()
assert by_arrow.column("industry").to_pylist() == by_pandas.tolist() == [310, 610, 3110]
assert sorted(by_duckdb) == [(code,) for code in codes]
assert duckdb.sql(query.format(f"{folder}/industry=3110/*.parquet")).fetchall() == [(3110,)]
PY
