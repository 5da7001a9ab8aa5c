#!/usr/bin/env bash
# To python-calamine a cell that says #N/A or #DIV/0! is an empty cell, through pandas as well.
#
# python-calamine 0.9.1, openpyxl 3.1.5, pandas 3.1.1; Python 3.11.
# A column of codes filled by a look-up holds #N/A where nothing was found. calamine gives '' for it, for #DIV/0! and
# for a cell that was never filled; pandas.read_excel(engine="calamine") the same with keep_default_na=False, which is
# meant to tell text from gaps. openpyxl gives '#N/A' and '#DIV/0!' as they stand in the file, and None for the gap.
# Why it matters: "the register leaves it open" and "the register's own formula broke" are different things to tell
# the person whose site is judged. Whoever reads with calamine for its speed has to ask openpyxl about empty cells.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet python-calamine==0.9.1 openpyxl==3.1.5 pandas==3.1.1
"$work/venv/bin/python" - "$work" <<'PY'
import sys

import openpyxl
import pandas
from python_calamine import CalamineWorkbook

path = f"{sys.argv[1]}/register.xlsx"
book = openpyxl.Workbook()
for row in (["编码", "产能", "备注"], ["#N/A", "#DIV/0!", None], ["3110", 120, "在建"]):
    book.active.append(row)
assert [cell.data_type for cell in book.active[2]][:2] == ["e", "e"]  # errors, not text
book.save(path)

theirs = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
by_openpyxl = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.rows]
by_pandas = pandas.read_excel(path, engine="calamine", header=None, dtype=object, keep_default_na=False).to_numpy().tolist()
print(theirs, by_openpyxl, by_pandas, sep="\n")
assert theirs[1] == ["", "", ""]
assert by_pandas[1] == ["", "", ""]
assert by_openpyxl[1] == ["#N/A", "#DIV/0!", None]
PY
