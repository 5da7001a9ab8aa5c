"""The notebooks in the docs run from a clean kernel, and are kept without outputs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
MOST_OUTPUT = 3_000_000
"""Characters of the largest output: a map holds Leaflet and its shapes."""


def test_they_are_there():
    assert {one.stem for one in NOTEBOOKS} == {"analyst", "investor"}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_a_clean_kernel(path, tmp_path, monkeypatch):
    book = nbformat.read(path, as_version=4)
    code = [one for one in book.cells if one.cell_type == "code"]
    assert all(not one.outputs and one.execution_count is None for one in code), "clear the outputs"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    nbclient.NotebookClient(book, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for one in code for output in one.outputs]
    assert not [output for output in outputs if output.output_type in ("error", "stream")]
    shown = [output.data.get("text/html", "") for output in outputs if "data" in output]
    assert max(map(len, shown)) < MOST_OUTPUT
    assert any("leaflet" in one for one in shown)
